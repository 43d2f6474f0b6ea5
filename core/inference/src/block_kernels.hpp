#pragma once
// The fused inner loops of the exact objectives: one block of strings, several sums at once.

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

/// {E_q[C]}; effective cost C.
[[nodiscard]] std::array<double, 1> mle_block(const ObjectiveBlock& block);

/// {E_q[C], KL(q|p)} with log p[i] = low[i] + high; effective cost C + beta (log q - log p).
[[nodiscard]] std::array<double, 2> elbo_block(const ObjectiveBlock& block, const double* low, double high,
                                               double beta);

/// {E_q[C], sum of (q-p) kd} with p[i] = low[i] * high and kd = K (q-p); effective cost C + 2 lambda kd. kd may be the
/// effective cost's own memory.
[[nodiscard]] std::array<double, 2> selbo_block(const ObjectiveBlock& block, const double* kd, const double* low,
                                                double high, double lambda);

/// difference[i] = q[i] - low[i] * high
void subtract_prior(const double* q, const double* low, double high, double* difference, std::size_t size);

/// sum of a[i] b[i]
[[nodiscard]] double dot_block(const double* a, const double* b, std::size_t size);

}  // namespace bornite
