#include "cycles.hpp"

#include <tuple>

namespace bornite::statevector {
namespace {

constexpr std::size_t most_unit = std::tuple_size_v<decltype(Permutation::Cycles::order)>;
constexpr std::size_t line_words = std::tuple_size_v<Permutation::Order>;

/// A map whose blocks are taken in units of so many.
struct Units {
  const Permutation& map;
  std::size_t size;
  std::size_t lanes;

  [[nodiscard]] std::size_t amplitudes() const { return size * lanes; }
  /// Where the first amplitude of a block comes from.
  [[nodiscard]] std::size_t origin(std::size_t block) const { return map.source[block] ^ map.offset; }

  /// Whether each new unit comes from one old one, and all in the same way.
  [[nodiscard]] bool move_as_one() const {
    if (map.step >= size || map.source.size() < size) return false;
    for (std::size_t block = 0; block != map.source.size(); ++block) {
      const std::size_t from = origin(block);
      if (from % amplitudes() != origin(block % size) % amplitudes()) return false;
      if (from / amplitudes() != origin(block - block % size) / amplitudes()) return false;
    }
    return true;
  }

  [[nodiscard]] std::vector<Permutation::Cycles::Step> steps() const {
    const std::size_t count = map.source.size() / size;
    std::vector<std::size_t> become(count);
    for (std::size_t unit = 0; unit != count; ++unit) become[origin(unit * size) / amplitudes()] = unit;
    std::vector<Permutation::Cycles::Step> result;
    std::vector<bool> moved(count);
    for (std::size_t first = 0; first != count; ++first) {
      if (moved[first]) continue;
      if (!result.empty()) result.back().next = static_cast<std::uint32_t>(first * size);
      for (std::size_t unit = first; !moved[unit]; unit = become[unit]) {
        moved[unit] = true;
        const auto to = static_cast<std::uint32_t>(become[unit] * size);
        result.push_back({to, to});
      }
    }
    return result;
  }

  /// Of the i-th block of any unit.
  [[nodiscard]] Permutation::Order order(std::size_t i) const {
    const std::size_t words = line_words / lanes;
    Permutation::Order result;
    for (std::size_t w = 0; w != line_words; ++w) {
      const auto from_first =
          static_cast<std::size_t>(map.order[0][w]);  // with a line's words more for the other block
      const std::size_t other = from_first / line_words * map.step * line_words;
      result[w] = static_cast<std::int32_t>(origin(i) % amplitudes() * words ^ from_first % line_words ^ other);
    }
    return result;
  }
};

}  // namespace

Permutation::Cycles make_cycles(const Permutation& map, std::size_t lane_qubits) {
  Permutation::Cycles result{};
  if (!map.outside.empty()) return result;
  for (std::size_t size = most_unit; size != 0; --size) {
    const Units units{map, size, std::size_t{1} << lane_qubits};
    if (!units.move_as_one()) continue;
    result.unit = size;
    result.steps = units.steps();
    for (std::size_t i = 0; i != size; ++i) result.order[i] = units.order(i);
    return result;
  }
  return result;
}

}  // namespace bornite::statevector
