#include "bornite/backend/independent_shots.hpp"

#include <numeric>
#include <stdexcept>
#include <utility>

namespace bornite {
namespace {

/// The shots of a part by the number of their string, in random order.
std::vector<std::uint32_t> shuffled_shots(const ShotRow& row, RandomStream random) {
  std::vector<std::uint32_t> order;
  order.reserve(row.shots());
  for (std::size_t s = 0; s < row.size(); ++s)
    order.insert(order.end(), row.counts()[s], static_cast<std::uint32_t>(s));
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

class Words {
 public:
  Words(std::size_t bits, std::uint64_t shots)
      : bits_(bits), stride_(words_for_bits(bits)), words_(stride_ * static_cast<std::size_t>(shots)) {}

  void write(const PartialShots& part, const std::vector<std::uint32_t>& order) {
    for (std::size_t j = 0; j < part.bits.size(); ++j) {
      const std::size_t bit = part.bits[j];
      if (bit >= bits_) throw std::out_of_range("There is no such bit to put a part's outcome into.");
      for (std::size_t shot = 0; shot < order.size(); ++shot)
        words_[shot * stride_ + bit / 64] |= std::uint64_t{part.row.strings()[order[shot]][j]} << (bit % 64);
    }
  }
  BitstringList strings() && { return {bits_, std::move(words_)}; }

 private:
  std::size_t bits_;
  std::size_t stride_;
  std::vector<std::uint64_t> words_;
};

}  // namespace

ShotRow join_independent(const std::vector<PartialShots>& parts, std::size_t bits, std::uint64_t shots,
                         const StreamKey& stream) {
  Words words(bits, shots);
  StreamKey key = stream;
  key.purpose = StreamPurpose::parts;
  for (const PartialShots& part : parts) {
    if (part.row.shots() != shots) throw std::invalid_argument("Parts of one measurement have the same shots.");
    words.write(part, shuffled_shots(part.row, RandomStream(key)));
    ++key.block;
  }
  return ShotRow::create(std::move(words).strings(), std::vector<std::uint64_t>(shots, 1), shots).value();
}

}  // namespace bornite
