#pragma once
// The fused inner loops of the exact objectives, compiled for several instruction sets: several sums in one pass.

#include <array>
#include <cstddef>

namespace bornite {

/// A block of the outcome distribution and its costs. effective_cost may be null: not wanted.
struct ObjectiveBlock {
  const double* q;
  const double* costs;
  double* effective_cost;
  std::size_t size;
};

/// Rows of K (q-p), and what belongs to them elsewhere: q, costs and effective_cost are `stride` apart from row to row.
/// p of an entry is low[column] * high[row * high_stride]. costs and effective_cost, or the latter alone,
/// may be null: not wanted.
struct DiscrepancyTile {
  const double* mapped;
  std::size_t mapped_stride;
  std::size_t rows;
  std::size_t columns;
  const double* q;
  const double* costs;
  double* effective_cost;
  std::size_t stride;
  const double* low;
  const double* high;
  std::size_t high_stride;
};

struct ObjectiveKernels {
  /// {E_q[C]}; effective cost C.
  std::array<double, 1> (*mle)(const ObjectiveBlock& block);
  /// {E_q[C], KL(q|p)} with log p[i] = low[i] + high; effective cost C + beta (log q - log p).
  std::array<double, 2> (*elbo)(const ObjectiveBlock& block, const double* low, double high, double beta);
  /// {E_q[C], (q-p) K (q-p)}; effective cost C + 2 lambda K (q-p).
  std::array<double, 2> (*discrepancy)(const DiscrepancyTile& tile, double lambda);
};

extern const ObjectiveKernels baseline_objective_kernels;
#if defined(__x86_64__)
extern const ObjectiveKernels avx2_objective_kernels;
extern const ObjectiveKernels avx512_objective_kernels;
#endif

/// Those for simd_level().
[[nodiscard]] const ObjectiveKernels& objective_kernels();

}  // namespace bornite
