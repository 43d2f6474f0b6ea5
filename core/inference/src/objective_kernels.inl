// Loops over blocks of strings, vector after vector.

#include <array>
#include <cstddef>

namespace bornite {
namespace {

BORNITE_KERNEL std::array<double, 1> mle(const ObjectiveBlock& block) {
  VectorSum expected_cost;
  for_vectors(block.size, [&]<typename P>(P, std::size_t i) BORNITE_MERGED {
    typename P::T q, cost;
    load(q, block.q + i), load(cost, block.costs + i);
    expected_cost.template add<P::chain>(q * cost);
    if (block.effective_cost) store(block.effective_cost + i, cost);
  });
  return {expected_cost.total()};
}

BORNITE_KERNEL std::array<double, 2> elbo(const ObjectiveBlock& block, const double* low, double high, double beta) {
  VectorSum expected_cost, kl;
  for_vectors(block.size, [&]<typename P>(P, std::size_t i) BORNITE_MERGED {
    typename P::T q, cost, log_p;
    load(q, block.q + i), load(cost, block.costs + i), load(log_p, low + i);
    typename P::T log_ratio = q;
    raise_to_normal(log_ratio);
    replace_by_log(log_ratio);
    log_ratio = log_ratio - (log_p + high);
    expected_cost.template add<P::chain>(q * cost);
    kl.template add<P::chain>(q * log_ratio);
    const typename P::T effective_cost = cost + beta * log_ratio;
    if (block.effective_cost) store(block.effective_cost + i, effective_cost);
  });
  return {expected_cost.total(), kl.total()};
}

/// One row of a tile; with and without costs or an effective cost, which the loop must not ask each time.
template <bool with_costs, bool with_effective_cost>
BORNITE_INLINE void discrepancy_row(const DiscrepancyTile& tile, std::size_t row, double lambda,
                                    std::array<double, 2>& sums) {
  VectorSum expected_cost, mmd2;
  const double high = tile.high[row * tile.high_stride];
  const double* const mapped = tile.mapped + row * tile.mapped_stride;
  const std::size_t begin = row * tile.stride;
  for_vectors(tile.columns, [&]<typename P>(P, std::size_t i) BORNITE_MERGED {
    typename P::T k, q, p, cost{};
    load(k, mapped + i), load(q, tile.q + begin + i), load(p, tile.low + i);
    mmd2.template add<P::chain>((q - p * high) * k);
    if constexpr (with_costs) {
      load(cost, tile.costs + begin + i);
      expected_cost.template add<P::chain>(q * cost);
    }
    const typename P::T effective_cost = cost + 2 * lambda * k;
    if constexpr (with_effective_cost) store(tile.effective_cost + begin + i, effective_cost);
  });
  sums[0] += expected_cost.total();
  sums[1] += mmd2.total();
}

/// Rows are too short and too far apart for the processor to foresee them. Beyond the last row it asks in vain.
constexpr std::size_t rows_ahead = 2, doubles_per_line = 8;

template <bool with_costs, bool with_effective_cost>
BORNITE_INLINE void prefetch_row(const DiscrepancyTile& tile, std::size_t row) {
  if (row >= tile.rows) return;
  const std::size_t begin = row * tile.stride;
  for (std::size_t i = 0; i < tile.columns; i += doubles_per_line) {
    __builtin_prefetch(tile.q + begin + i);
    if constexpr (with_costs) __builtin_prefetch(tile.costs + begin + i);
    if constexpr (with_effective_cost) __builtin_prefetch(tile.effective_cost + begin + i, 1);
  }
}

template <bool with_costs, bool with_effective_cost>
BORNITE_INLINE std::array<double, 2> discrepancy_rows(const DiscrepancyTile& tile, double lambda) {
  std::array<double, 2> sums{};
  for (std::size_t row = 0; row != tile.rows; ++row) {
    prefetch_row<with_costs, with_effective_cost>(tile, row + rows_ahead);
    discrepancy_row<with_costs, with_effective_cost>(tile, row, lambda, sums);
  }
  return sums;
}

BORNITE_KERNEL std::array<double, 2> discrepancy(const DiscrepancyTile& tile, double lambda) {
  if (!tile.costs) return discrepancy_rows<false, false>(tile, lambda);
  if (!tile.effective_cost) return discrepancy_rows<true, false>(tile, lambda);
  return discrepancy_rows<true, true>(tile, lambda);
}

}  // namespace
}  // namespace bornite
