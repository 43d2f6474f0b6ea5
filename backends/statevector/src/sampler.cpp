#include "sampler.hpp"

#include "binomial.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace bornite::statevector {
namespace {

/// Outcomes whose counts are drawn from one stream.
constexpr std::size_t block_outcomes = 4096;
/// With more shots than this in a block, one binomial number per outcome is cheaper than one uniform per shot.
constexpr std::uint64_t most_single_shots = 2 * block_outcomes;
/// Blocks that one thread does in one go.
constexpr std::size_t blocks_per_task = 16;

struct Outcome {
  std::uint64_t index;
  std::uint64_t count;
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

/// Merges ascending uniform numbers, made from exponential spacings, with the running sum of the weights.
template <typename Take>
void merge_sorted(RandomStream& stream, std::span<const double> weights, std::uint64_t shots, const Take& take) {
  std::vector<double> position(shots);
  double total = 0.0;
  for (double& x : position) x = total -= std::log1p(-stream.uniform());
  total -= std::log1p(-stream.uniform());
  const double scale = std::accumulate(weights.begin(), weights.end(), 0.0) / total;

  std::size_t next = 0;
  std::size_t last = 0;  // the latest outcome that can occur, for what rounding leaves over
  double sum = 0.0;
  for (std::size_t i = 0; i != weights.size() && next != position.size(); ++i) {
    if (weights[i] <= 0.0) continue;
    sum += weights[i];
    const std::size_t first = next;
    while (next != position.size() && position[next] * scale < sum) ++next;
    if (next != first) take(i, next - first);
    last = i;
  }
  if (next != position.size()) take(last, position.size() - next);
}

/// Outcomes of one block, ascending.
void draw_block(std::span<const double> q, std::size_t block, std::uint64_t shots, StreamKey key,
                std::vector<Outcome>& out) {
  key.block = static_cast<std::uint32_t>(block);
  RandomStream stream(key);
  const std::size_t first = block * block_outcomes;
  const auto weights = q.subspan(first, std::min(block_outcomes, q.size() - first));
  const auto take = [&](std::size_t i, std::uint64_t count) {
    if (!out.empty() && out.back().index == first + i)
      out.back().count += count;
    else
      out.push_back({first + i, count});
  };
  if (shots > most_single_shots)
    split_multinomial(stream, weights, shots, take);
  else
    merge_sorted(stream, weights, shots, take);
}

std::vector<double> block_sums(std::span<const double> q) {
  std::vector<double> sums((q.size() + block_outcomes - 1) / block_outcomes);
  parallel_blocks(q.size(), block_outcomes * blocks_per_task, [&](std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; at += block_outcomes) {
      const auto block = q.subspan(at, std::min(block_outcomes, end - at));
      sums[at / block_outcomes] = std::accumulate(block.begin(), block.end(), 0.0);
    }
  });
  return sums;
}

}  // namespace

Result<ShotRow> draw_shots(std::span<const double> q, std::size_t qubits, std::uint64_t shots, const StreamKey& key) {
  RandomStream stream(key);
  // A seed of its own for the streams of the blocks: the caller may use key.block, too, to split a row.
  StreamKey block_key = key;
  block_key.seed = stream();

  const std::vector<double> sums = block_sums(q);
  std::vector<std::uint64_t> block_shots(sums.size(), 0);
  split_multinomial(stream, sums, shots, [&](std::size_t block, std::uint64_t count) { block_shots[block] = count; });

  std::vector<std::vector<Outcome>> found((sums.size() + blocks_per_task - 1) / blocks_per_task);
  parallel_blocks(sums.size(), blocks_per_task, [&](std::size_t begin, std::size_t end) {
    for (std::size_t block = begin; block != end; ++block)
      if (block_shots[block] != 0) draw_block(q, block, block_shots[block], block_key, found[begin / blocks_per_task]);
  });

  BitstringList strings(qubits);
  std::vector<std::uint64_t> counts;
  for (const std::vector<Outcome>& part : found)
    for (const Outcome& outcome : part) {
      strings.push_back(BitstringView(qubits, &outcome.index));
      counts.push_back(outcome.count);
    }
  return ShotRow::create(std::move(strings), std::move(counts), shots);
}

}  // namespace bornite::statevector
