#include "prior_means.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace bornite {
namespace {

constexpr std::size_t byte_values = 256;

/// table[v] = product over the bits [first, last) of the prior of E over t_i of x^[v_i != t_i], times `scale`.
void fill_byte(const Prior& prior, double x, std::size_t first, std::size_t last, double scale, double* table) {
  table[0] = scale;
  for (std::size_t bit = first; bit < last; ++bit) {
    const double one = prior.probability_of_one(bit);
    for (std::size_t v = 0, half = std::size_t{1} << (bit - first); v < half; ++v) {
      table[v + half] = table[v] * (one + (1 - one) * x);
      table[v] *= (1 - one) + one * x;
    }
  }
}

}  // namespace

PriorMeans::PriorMeans(const Kernel& kernel, const Prior& prior)
    : same_for_all_(prior.is_uniform()),
      energy_(kernel.energy_under(prior)),
      bytes_((prior.bits() + 7) / 8),
      components_(kernel.components()) {
  if (same_for_all_) return;
  factors_.resize(components_ * bytes_ * byte_values);
  for (std::size_t c = 0; c < components_; ++c)
    for (std::size_t byte = 0; byte < bytes_; ++byte)
      fill_byte(prior, std::exp(-kernel.gammas()[c]), 8 * byte, std::min(8 * byte + 8, prior.bits()),
                byte == 0 ? kernel.weights()[c] : 1.0, factors_.data() + (c * bytes_ + byte) * byte_values);
}

double PriorMeans::operator()(BitstringView string) const {
  if (same_for_all_) return energy_;
  double sum = 0;
  const double* table = factors_.data();
  for (std::size_t c = 0; c < components_; ++c) {
    double product = 1;
    for (std::size_t byte = 0; byte < bytes_; ++byte, table += byte_values)
      product *= table[string.words()[byte / 8] >> (8 * (byte % 8)) & 0xff];
    sum += product;
  }
  return sum;
}

}  // namespace bornite
