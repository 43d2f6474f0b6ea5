#include "sampler.hpp"

#include "binomial.hpp"

#include "bornite/util/buffer.hpp"
#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <vector>

namespace bornite::statevector {
namespace {

/// Outcomes whose probabilities are summed in the first pass.
constexpr std::size_t group_outcomes = 64;
/// Outcomes whose counts are drawn from one stream.
constexpr std::size_t block_outcomes = 4096;
constexpr std::size_t block_groups = block_outcomes / group_outcomes;
/// With more shots than this in a block, one binomial number per outcome is cheaper than one uniform per shot.
constexpr std::uint64_t most_single_shots = 2 * block_outcomes;
/// With more shots than this in a group, walking along its outcomes is cheaper than a search for each shot.
constexpr std::size_t most_searches = 8;
/// Blocks that one thread does in one go.
constexpr std::size_t blocks_per_task = 16;

static_assert(block_outcomes <= std::size_t{1} << (tile_bits + 3), "a block is one piece of memory");

/// Counts that are not zero, by ascending outcome.
struct Counts {
  std::vector<std::uint64_t> outcomes;
  std::vector<std::uint64_t> counts;

  /// Makes room for what so many shots in one task can hit.
  void reserve(std::uint64_t shots) {
    const std::size_t most = std::min<std::uint64_t>(shots, block_outcomes * blocks_per_task);
    outcomes.reserve(most);
    counts.reserve(most);
  }
  void add(std::uint64_t outcome, std::uint64_t count) {
    outcomes.push_back(outcome);
    counts.push_back(count);
  }
};

/// Splits `shots` over weights: one binomial number each, given what is left. Calls take(i, count) for counts > 0.
template <typename Take>
void split_multinomial(RandomStream& stream, std::span<const double> weights, std::uint64_t shots, const Take& take) {
  std::vector<double> rest(weights.size() + 1, 0.0);  // sums from the end, so that the last probability is exactly 1
  for (std::size_t i = weights.size(); i-- != 0;) rest[i] = rest[i + 1] + weights[i];
  for (std::size_t i = 0; i != weights.size() && shots != 0; ++i) {
    if (weights[i] <= 0.0) continue;
    const std::uint64_t count = draw_binomial(stream, shots, weights[i] / rest[i]);
    if (count != 0) take(i, count);
    shots -= count;
  }
}

/// Draws blocks of a state one after the other.
class BlockSampler {
 public:
  BlockSampler(const StateView& state, std::span<const double> group_sums, std::uint64_t seed_key, Counts& out)
      : state_(state), group_sums_(group_sums), seed_(seed_key), out_(out) {}

  /// `sum` is that of the block's groups.
  void draw(std::size_t block, double sum, std::uint64_t shots, StreamKey key) {
    key.seed = seed_;
    key.block = static_cast<std::uint32_t>(block);
    RandomStream stream(key);
    const std::size_t first = block * block_outcomes;
    if (shots > most_single_shots) {
      const std::span<const double> weights = read(first, std::min(block_outcomes, state_.layout.amplitudes()));
      split_multinomial(stream, weights, shots, [&](std::size_t i, std::uint64_t n) { out_.add(first + i, n); });
    } else {
      draw_positions(stream, shots, sum);
      find_hits(first);
      for (const Hit& hit : hits_) draw_group(hit);
    }
  }

 private:
  /// A group of outcomes that begins at `first`, at a running sum of `below`, with positions next to end in it.
  struct Hit {
    std::size_t first;
    double below;
    std::size_t next;
    std::size_t end;
  };

  [[nodiscard]] std::size_t group_size() const { return std::min(group_outcomes, state_.layout.amplitudes()); }
  [[nodiscard]] std::span<const double> groups(std::size_t first) const {
    return group_sums_.subspan(first / group_outcomes, std::min(block_groups, group_sums_.size()));
  }

  std::span<const double> read(std::size_t first, std::size_t size) {
    state_.kernels.square(state_.psi + state_.layout.position(first), 1.0, weights_.data(), state_.layout.blocks(size));
    return std::span(weights_).first(size);
  }

  /// Ascending uniform numbers up to the block's sum, made from exponential spacings.
  void draw_positions(RandomStream& stream, std::uint64_t shots, double sum) {
    const std::size_t spacings = shots + 1;
    positions_.resize(round_up(spacings));
    stream.fill_uniform(std::span(positions_).first(spacings));
    for (double& x : positions_) x = 1.0 - x;
    std::fill(positions_.begin() + static_cast<std::ptrdiff_t>(spacings), positions_.end(), 1.0);
    state_.kernels.minus_log(positions_.data(), positions_.size());
    std::inclusive_scan(positions_.begin(), positions_.begin() + static_cast<std::ptrdiff_t>(spacings),
                        positions_.begin());
    const double scale = sum / positions_[shots];
    positions_.resize(shots);
    for (double& x : positions_) x *= scale;
  }

  /// Finds the groups that are hit, and asks the memory for them: with few shots most of the time would be spent
  /// waiting for it.
  void find_hits(std::size_t first) {
    const std::span<const double> sums = groups(first);
    state_.kernels.running_sums(sums.data(), sums.size(), 0.0, running_groups_.data());
    const std::size_t last = last_possible(sums);
    hits_.clear();
    for (std::size_t next = 0; next != positions_.size();) {
      const std::size_t g = find(running_groups_, sums, last, positions_[next]);
      std::size_t end = next + 1;
      while (end != positions_.size() && (g == last || positions_[end] < running_groups_[g])) ++end;
      hits_.push_back({first + g * group_size(), g == 0 ? 0.0 : running_groups_[g - 1], next, end});
      prefetch(hits_.back().first);
      next = end;
    }
  }

  void prefetch(std::size_t first) const {
    const auto* bytes = reinterpret_cast<const char*>(state_.psi + state_.layout.position(first));
    const std::size_t size = state_.layout.blocks(group_size()) * sizeof(Block);
    for (std::size_t line = 0; line < size; line += line_bytes) __builtin_prefetch(bytes + line);
  }

  void draw_group(const Hit& hit) {
    const std::span<const double> weights = read(hit.first, group_size());
    state_.kernels.running_sums(weights.data(), weights.size(), hit.below, running_.data());
    const std::size_t last = last_possible(weights);
    const bool walk = hit.end - hit.next > most_searches;
    std::size_t i = 0;
    for (std::size_t next = hit.next; next != hit.end; ++next) {
      if (walk) {
        while (i != last && (running_[i] <= positions_[next] || weights[i] <= 0.0)) ++i;
      } else {
        i = find(running_, weights, last, positions_[next]);
      }
      add(hit.first + i);
    }
  }

  /// The latest entry that can occur, for what rounding leaves over.
  static std::size_t last_possible(std::span<const double> weights) {
    std::size_t last = weights.size() - 1;
    while (last != 0 && weights[last] <= 0.0) --last;
    return last;
  }

  /// The entry whose part of the running sums a position lies in; never one that cannot occur.
  [[nodiscard]] std::size_t find(std::span<const double> running, std::span<const double> weights, std::size_t last,
                                 double position) const {
    std::size_t i = std::min(last, state_.kernels.count_up_to(running.data(), weights.size(), position));
    while (i != last && weights[i] <= 0.0) ++i;
    return i;
  }

  void add(std::uint64_t outcome) {
    if (!out_.outcomes.empty() && out_.outcomes.back() == outcome)
      ++out_.counts.back();
    else
      out_.add(outcome, 1);
  }

  const StateView& state_;
  std::span<const double> group_sums_;
  std::uint64_t seed_;
  Counts& out_;
  std::vector<double> positions_;
  std::vector<Hit> hits_;
  alignas(line_bytes) std::array<double, block_outcomes> weights_;
  alignas(line_bytes) std::array<double, group_outcomes> running_;
  alignas(line_bytes) std::array<double, block_groups> running_groups_;
};

/// The sum of every group, and zeros up to a whole line.
class GroupSums {
 public:
  explicit GroupSums(const StateView& state) {
    const std::size_t amplitudes = state.layout.amplitudes();
    const std::size_t group = std::min(group_outcomes, amplitudes);
    size_ = std::max(amplitudes / group, line_doubles);
    sums_.reserve(size_);
    std::fill(sums_.data() + amplitudes / group, sums_.data() + size_, 0.0);
    parallel_blocks(amplitudes, block_outcomes * blocks_per_task, [&](std::size_t begin, std::size_t end) {
      for (std::size_t x = begin; x < end; x += block_outcomes) {
        const std::size_t size = std::min(block_outcomes, end - x);
        state.kernels.sum_squares(state.psi + state.layout.position(x), state.layout.blocks(group),
                                  sums_.data() + x / group, size / group);
      }
    });
  }

  [[nodiscard]] std::span<const double> all() const { return {sums_.data(), size_}; }

 private:
  Buffer<double> sums_;
  std::size_t size_;
};

std::vector<double> sum_blocks(std::span<const double> group_sums) {
  std::vector<double> sums;
  for (std::size_t g = 0; g < group_sums.size(); g += block_groups) {
    const auto block = group_sums.subspan(g, std::min(block_groups, group_sums.size() - g));
    sums.push_back(std::accumulate(block.begin(), block.end(), 0.0));
  }
  return sums;
}

Result<ShotRow> make_row(const std::vector<Counts>& parts, std::size_t qubits, std::uint64_t shots) {
  std::size_t size = 0;
  for (const Counts& part : parts) size += part.counts.size();
  std::vector<std::uint64_t> words;
  std::vector<std::uint64_t> counts;
  words.reserve(size);
  counts.reserve(size);
  for (const Counts& part : parts) {
    words.insert(words.end(), part.outcomes.begin(), part.outcomes.end());
    counts.insert(counts.end(), part.counts.begin(), part.counts.end());
  }
  return ShotRow::create(BitstringList(qubits, std::move(words)), std::move(counts), shots);
}

}  // namespace

Result<ShotRow> draw_shots(const StateView& state, std::uint64_t shots, const StreamKey& key) {
  RandomStream stream(key);
  // A seed of its own for the streams of the blocks: the caller may use key.block, too, to split a row.
  const std::uint64_t block_seed = stream();

  const GroupSums group_sums(state);
  const std::vector<double> sums = sum_blocks(group_sums.all());
  std::vector<std::uint64_t> block_shots(sums.size(), 0);
  split_multinomial(stream, sums, shots, [&](std::size_t block, std::uint64_t count) { block_shots[block] = count; });

  std::vector<Counts> found((sums.size() + blocks_per_task - 1) / blocks_per_task);
  parallel_blocks(sums.size(), blocks_per_task, [&](std::size_t begin, std::size_t end) {
    Counts& counts = found[begin / blocks_per_task];
    counts.reserve(std::accumulate(block_shots.begin() + begin, block_shots.begin() + end, std::uint64_t{0}));
    BlockSampler sampler(state, group_sums.all(), block_seed, counts);
    for (std::size_t block = begin; block != end; ++block)
      if (block_shots[block] != 0) sampler.draw(block, sums[block], block_shots[block], key);
  });
  return make_row(found, state.qubits, shots);
}

}  // namespace bornite::statevector
