#include "binomial.hpp"

#include <array>
#include <cmath>

namespace bornite::statevector {
namespace {

/// Means below this are drawn by inversion, which takes a step per success.
constexpr double least_rejection_mean = 10.0;

std::uint64_t by_inversion(RandomStream& stream, std::uint64_t trials, double p) {
  constexpr std::uint64_t out_of_reach = 200;  // of a mean below 10; reached only when rounding has left a remainder
  const double n = static_cast<double>(trials);
  const double odds = p / (1.0 - p);
  for (;;) {
    double u = stream.uniform();
    double weight = std::exp(n * std::log1p(-p));
    for (std::uint64_t k = 0; k <= trials && k < out_of_reach; ++k) {
      if (u < weight) return k;
      u -= weight;
      weight *= odds * (n - static_cast<double>(k)) / static_cast<double>(k + 1);
    }
  }
}

/// log(k!) less Stirling's formula.
double stirling_remainder(double k) {
  static constexpr std::array<double, 10> small{
      0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
      0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287};
  if (k <= 9.0) return small[static_cast<std::size_t>(k)];
  const double x = k + 1.0;
  return (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / (x * x)) / (x * x)) / x;
}

/// Names as in the paper.
class TransformedRejection {
 public:
  TransformedRejection(double trials, double probability)
      : n(trials),
        p(probability),
        spq(std::sqrt(n * p * (1.0 - p))),
        b(1.15 + 2.53 * spq),
        m(std::floor((n + 1) * p)) {}

  double operator()(RandomStream& stream) const {
    const double a = -0.0873 + 0.0248 * b + 0.01 * p;
    const double c = n * p + 0.5;
    const double v_r = 0.92 - 4.2 / b;
    const double alpha = (2.83 + 5.1 / b) * spq;
    for (;;) {
      const double v = stream.uniform();
      const double u = stream.uniform() - 0.5;
      const double us = 0.5 - std::abs(u);
      const double k = std::floor((2.0 * a / us + b) * u + c);
      if (us >= 0.07 && v <= v_r) return k;
      if (!(k >= 0.0 && k <= n)) continue;
      if (std::log(v * alpha / (a / (us * us) + b)) <= log_ratio(k)) return k;
    }
  }

 private:
  /// log(f(k) / f(m)), f being the density.
  [[nodiscard]] double log_ratio(double k) const {
    const double r = p / (1.0 - p);
    return (m + 0.5) * std::log((m + 1.0) / (r * (n - m + 1.0))) + (n + 1.0) * std::log((n - m + 1.0) / (n - k + 1.0)) +
           (k + 0.5) * std::log(r * (n - k + 1.0) / (k + 1.0)) + stirling_remainder(m) + stirling_remainder(n - m) -
           stirling_remainder(k) - stirling_remainder(n - k);
  }

  double n, p, spq, b, m;
};

}  // namespace

std::uint64_t draw_binomial(RandomStream& stream, std::uint64_t trials, double p) {
  if (trials == 0 || p <= 0.0) return 0;
  if (p >= 1.0) return trials;
  if (p > 0.5) return trials - draw_binomial(stream, trials, 1.0 - p);
  const double n = static_cast<double>(trials);
  if (n * p < least_rejection_mean) return by_inversion(stream, trials, p);
  return static_cast<std::uint64_t>(TransformedRejection(n, p)(stream));
}

}  // namespace bornite::statevector
