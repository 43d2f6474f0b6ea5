#include "bornite/inference/shot_distance.hpp"

#include <cmath>
#include <stdexcept>

#include "bornite/util/random.hpp"
#include "catch.hpp"
#include "counted_shots.hpp"

using namespace bornite;

namespace {

std::vector<double> random_distribution(std::size_t size, std::uint64_t seed) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::test});
  std::vector<double> q(size);
  double sum = 0;
  for (double& p : q) sum += p = -std::log(1 - random.uniform());
  for (double& p : q) p /= sum;
  return q;
}

double by_definition(const std::vector<std::uint64_t>& counts, std::uint64_t shots, const std::vector<double>& q) {
  double sum = 0;
  for (std::size_t k = 0; k < q.size(); ++k)
    sum += std::abs(static_cast<double>(counts[k]) / static_cast<double>(shots) - q[k]) / 2;
  return sum;
}

}  // namespace

TEST_CASE("total variation is half the sum of absolute differences") {
  const std::vector<double> q = random_distribution(16, 1);
  std::vector<std::uint64_t> counts(16);
  counts[3] = 5;
  counts[9] = 2;
  counts[15] = 1;
  CHECK(total_variation(counted_shots(4, counts), q) == Approx(by_definition(counts, 8, q)).epsilon(1e-14));
  CHECK(total_variation(counted_shots(1, {1, 3}), std::vector{0.25, 0.75}) == 0);
  CHECK(total_variation(counted_shots(1, {4, 0}), std::vector{0.0, 1.0}) == 1);
  CHECK_THROWS_AS(total_variation(counted_shots(2, {1, 0, 0, 0}), std::vector{0.5, 0.5}), std::invalid_argument);
}

TEST_CASE("the mean total variation of shots from q itself is the sum over all their outcomes") {
  // Every way that 6 shots can fall on 3 outcomes, with its multinomial probability.
  const std::vector<double> q{0.2, 0.5, 0.3, 0};
  double mean = 0;
  for (std::uint64_t a = 0; a <= 6; ++a)
    for (std::uint64_t b = 0; a + b <= 6; ++b) {
      const std::vector<std::uint64_t> counts{a, b, 6 - a - b, 0};
      double p = std::tgamma(7);
      for (std::size_t k = 0; k < 3; ++k) {
        const auto count = static_cast<double>(counts[k]);
        p *= std::pow(q[k], count) / std::tgamma(count + 1);
      }
      mean += p * by_definition(counts, 6, q);
    }
  CHECK(mean_total_variation(q, 6) == Approx(mean).epsilon(1e-12));
  CHECK(mean_total_variation(std::vector{1.0, 0.0}, 10) == 0);
  // Many shots: the normal limit sqrt(q (1 - q) / (2 pi n)) of each outcome.
  const double limit = std::sqrt(0.25 / (2 * std::acos(-1.0) * 1e8)) * 2;
  CHECK(mean_total_variation(std::vector{0.5, 0.5}, 100'000'000) == Approx(limit).epsilon(1e-6));
}

TEST_CASE("MMD^2 of shots and a known distribution is right on average over all samples") {
  const Kernel kernel = Kernel::hamming({0.7, 0.1}).value();
  const std::vector<double> q = random_distribution(4, 2);
  const std::vector<double> p = random_distribution(4, 3);
  double truth = 0;
  for (std::size_t s = 0; s < 4; ++s)
    for (std::size_t t = 0; t < 4; ++t)
      truth += (p[s] - q[s]) * (p[t] - q[t]) * kernel.of_distance(std::size_t(__builtin_popcountll(s ^ t)));
  double mean = 0;  // over all ordered triples of shots from p
  for (std::size_t a = 0; a < 4; ++a)
    for (std::size_t b = 0; b < 4; ++b)
      for (std::size_t c = 0; c < 4; ++c) {
        std::vector<std::uint64_t> counts(4);
        for (const std::size_t s : {a, b, c}) ++counts[s];
        mean += p[a] * p[b] * p[c] * mmd_squared_unbiased(counted_shots(2, counts), q, kernel).value();
      }
  CHECK(mean == Approx(truth).epsilon(1e-12));
  CHECK_FALSE(mmd_squared_unbiased(counted_shots(2, {1, 0, 0, 0}), q, kernel));
}
