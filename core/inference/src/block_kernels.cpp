#include "block_kernels.hpp"

#include "bornite/util/simd.hpp"
#include "lanes.hpp"
#include "lanes_log.hpp"

namespace bornite {

BORNITE_MULTIVERSION
std::array<double, 1> mle_block(const ObjectiveBlock& block) {
  LaneSum expected_cost;
  for_lanes(
      block.size, [&]<typename T>(std::type_identity<T>, std::size_t i) __attribute__((always_inline)) {
        T q, cost;
        load(q, block.q + i), load(cost, block.costs + i);
        expected_cost.add(q * cost);
        if (block.effective_cost) store(block.effective_cost + i, cost);
      });
  return {expected_cost.total()};
}

BORNITE_MULTIVERSION
std::array<double, 2> elbo_block(const ObjectiveBlock& block, const double* low, double high, double beta) {
  LaneSum expected_cost, kl;
  for_lanes(
      block.size, [&]<typename T>(std::type_identity<T>, std::size_t i) __attribute__((always_inline)) {
        T q, cost, log_p;
        load(q, block.q + i), load(cost, block.costs + i), load(log_p, low + i);
        T log_ratio = q;
        raise_to_normal(log_ratio);
        replace_by_log(log_ratio);
        log_ratio = log_ratio - (log_p + high);
        expected_cost.add(q * cost);
        kl.add(q * log_ratio);
        if (block.effective_cost) store(block.effective_cost + i, cost + beta * log_ratio);
      });
  return {expected_cost.total(), kl.total()};
}

BORNITE_MULTIVERSION
std::array<double, 2> selbo_block(const ObjectiveBlock& block, const double* kd, const double* low, double high,
                                  double lambda) {
  LaneSum expected_cost, mmd2;
  for_lanes(
      block.size, [&]<typename T>(std::type_identity<T>, std::size_t i) __attribute__((always_inline)) {
        T q, cost, p, k;
        load(q, block.q + i), load(cost, block.costs + i), load(p, low + i), load(k, kd + i);
        expected_cost.add(q * cost);
        mmd2.add((q - p * high) * k);
        if (block.effective_cost) store(block.effective_cost + i, cost + 2 * lambda * k);
      });
  return {expected_cost.total(), mmd2.total()};
}

BORNITE_MULTIVERSION
void subtract_prior(const double* q, const double* low, double high, double* difference, std::size_t size) {
  for_lanes(
      size, [&]<typename T>(std::type_identity<T>, std::size_t i) __attribute__((always_inline)) {
        T a, p;
        load(a, q + i), load(p, low + i);
        store(difference + i, T(a - p * high));
      });
}

BORNITE_MULTIVERSION
double dot_block(const double* a, const double* b, std::size_t size) {
  LaneSum sum;
  for_lanes(
      size, [&]<typename T>(std::type_identity<T>, std::size_t i) __attribute__((always_inline)) {
        T x, y;
        load(x, a + i), load(y, b + i);
        sum.add(x * y);
      });
  return sum.total();
}

}  // namespace bornite
