#include "bornite/inference/mmd.hpp"

#include <numeric>

#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "support.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// The estimators as their definitions read: loops over single shots, no merging, no packing.
struct NaiveEstimates {
  double unbiased;
  double biased;
};

NaiveEstimates naive_estimates(const BitstringList& shots, const Prior& prior, const Kernel& kernel) {
  const auto m = static_cast<double>(shots.size());
  double pairs = 0, cross = 0;
  for (std::size_t i = 0; i < shots.size(); ++i) {
    for (std::size_t j = 0; j < shots.size(); ++j) {
      std::size_t distance = 0;
      for (std::size_t b = 0; b < shots.bits(); ++b) distance += shots[i][b] != shots[j][b] ? 1 : 0;
      if (i != j) pairs += naive_kernel(kernel, distance);
    }
    cross += kernel.mean_under(prior, shots[i]);
  }
  const double rest = -2 * cross / m + kernel.energy_under(prior);
  return {pairs / (m * (m - 1)) + rest, (pairs + m) / (m * m) + rest};
}

}  // namespace

TEST_CASE("estimates over distinct strings equal the double loop over shots, for short strings and for 156 bits") {
  RandomStream random = stream(20);
  // 6 and 8 bits take the transform, the others the pairs; 64, 65, 130 and 200 bits take 1 to 4 words; beyond 255 bits
  // and with 5 components the kernel is looked up in memory.
  for (const std::size_t bits : {6U, 8U, 17U, 40U, 64U, 65U, 130U, 156U, 200U, 255U, 256U, 700U, 2100U})
    for (const std::size_t components : {1U, 2U, 5U}) {
      const Prior prior = some_prior(random, bits, components);
      const Kernel kernel = some_kernel(bits, components);
      const BitstringList shots = draw_near_centres(random, bits, 83);
      const ShotRow row = merged(shots);
      REQUIRE(row.size() > 1);
      REQUIRE(row.size() <= row.shots());
      const NaiveEstimates expected = naive_estimates(shots, prior, kernel);
      REQUIRE(std::abs(mmd_squared_unbiased(row, prior, kernel).value() - expected.unbiased) < 1e-13);
      REQUIRE(std::abs(mmd_squared_biased(row, prior, kernel).value() - expected.biased) < 1e-13);
    }
}

TEST_CASE("estimates from many strings with counts equal the double loop over distinct strings") {
  RandomStream random = stream(24);
  for (const std::size_t bits : {40U, 100U, 156U}) {
    BitstringList strings(bits);
    std::vector<std::uint64_t> counts;
    for (int i = 0; i < 1301; ++i) {  // more than two blocks of rows and one of columns, no whole number of vectors
      Bitstring string(bits);
      for (std::size_t b = 0; b < bits; ++b) string.set(b, random.uniform() < 0.5);
      strings.push_back(string);
      counts.push_back(1 + random() % 3);
    }
    const std::uint64_t shots = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    const ShotRow row = ShotRow::create(strings, counts, shots).value();
    const Kernel kernel = some_kernel(bits, 1);
    const Prior prior = Prior::uniform(bits);
    std::vector<double> table(bits + 1);
    for (std::size_t d = 0; d <= bits; ++d) table[d] = naive_kernel(kernel, d);
    long double energy = 0;
    for (std::size_t u = 0; u < row.size(); ++u)
      for (std::size_t v = 0; v < row.size(); ++v)
        energy += static_cast<long double>(row.counts()[u] * row.counts()[v]) *
                  static_cast<long double>(table[hamming_distance(row.strings()[u], row.strings()[v])]);
    const auto m = static_cast<double>(shots);
    const double expected = static_cast<double>(energy) / (m * m) - kernel.energy_under(prior);
    REQUIRE(std::abs(mmd_squared_biased(row, prior, kernel).value() - expected) < 1e-14);
  }
}

TEST_CASE("the U-statistic averages to MMD^2 and the V-statistic exceeds it by its known bias") {
  RandomStream random = stream(21);
  const std::size_t bits = 6, shots = 8, repeats = 2000;
  for (std::size_t kind : {0U, 1U}) {
    const std::vector<double> q = random_distribution(random, bits);
    const Prior prior = some_prior(random, bits, kind);
    const Kernel kernel = some_kernel(bits, 1 + kind);
    Average unbiased, biased;
    for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
      const ShotRow row = merged(draw(random, q, shots));
      unbiased.add(mmd_squared_unbiased(row, prior, kernel).value());
      biased.add(mmd_squared_biased(row, prior, kernel).value());
    }
    const double exact = dense_mmd_squared(q, prior, kernel);
    const double energy = vector_of(q).dot(dense_kernel(kernel, bits) * vector_of(q));
    const double bias = (1 - energy) / static_cast<double>(shots);
    REQUIRE(std::abs(unbiased.mean() - exact) < 4 * unbiased.standard_error());
    REQUIRE(std::abs(biased.mean() - exact - bias) < 4 * biased.standard_error());
    REQUIRE(bias > 8 * biased.standard_error());  // the two estimators can be told apart
  }
}

TEST_CASE("the V-statistic of a sample is MMD^2 of its empirical distribution") {
  RandomStream random = stream(22);
  const std::vector<double> q = random_distribution(random, 5);
  const Prior prior = random_prior(random, 5);
  const Kernel kernel = some_kernel(5, 2);
  const ShotRow row = merged(draw(random, q, 40));
  std::vector<double> empirical(32, 0.0);
  for (std::size_t i = 0; i < row.size(); ++i)
    empirical[row.strings()[i].index()] = static_cast<double>(row.counts()[i]) / 40;
  REQUIRE(mmd_squared_biased(row, prior, kernel).value() ==
          Approx(dense_mmd_squared(empirical, prior, kernel)).epsilon(1e-12));
}

TEST_CASE("estimates do not depend on the number of threads") {
  RandomStream random = stream(23);
  BitstringList shots(70);
  for (int shot = 0; shot < 700; ++shot) {
    Bitstring string(70);
    for (std::size_t i = 0; i < 70; ++i) string.set(i, random.uniform() < 0.5);
    shots.push_back(string);
  }
  const ShotRow row = merged(shots);
  const auto estimate = [&](std::size_t threads) {
    const ThreadLimit limit(threads);
    return mmd_squared_unbiased(row, Prior::uniform(70), some_kernel(70, 1)).value();
  };
  REQUIRE(estimate(1) == estimate(2));
}

TEST_CASE("MMD^2 cannot be estimated from too few shots or against a prior of another length") {
  BitstringList one(3);
  one.push_back(Bitstring(3));
  const Kernel kernel = some_kernel(3, 1);
  const ShotRow none = merged(BitstringList(3));
  REQUIRE_THAT(mmd_squared_unbiased(merged(one), Prior::uniform(3), kernel).error().message,
               Catch::Contains("1 shots"));
  REQUIRE_THAT(mmd_squared_unbiased(none, Prior::uniform(3), kernel).error().message, Catch::Contains("0 shots"));
  REQUIRE_THAT(mmd_squared_biased(none, Prior::uniform(3), kernel).error().message, Catch::Contains("0 shots"));
  REQUIRE(mmd_squared_biased(merged(one), Prior::uniform(3), kernel).has_value());
  REQUIRE_THROWS_AS(mmd_squared_biased(merged(one), Prior::uniform(4), kernel), std::invalid_argument);
}
