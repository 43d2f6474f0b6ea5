#include <set>

#include "catch.hpp"
#include "functions.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

OptimizerSettings fixed_gains(std::size_t iterations) {
  return {.name = "spsa",
          .iterations = iterations,
          .spsa = {.a = 0.16, .c = 0.1, .stability = 10.0},
          .stream = {.seed = 3, .purpose = StreamPurpose::spsa, .restart = 2}};
}

}  // namespace

TEST_CASE("SPSA perturbs every angle by plus or minus c_k and steps along the perturbation") {
  std::vector<Call> calls;
  const auto result = optimizer(fixed_gains(30))->minimize(random_angles(6, 1), record(quadratic, calls)).value();
  REQUIRE(calls.size() == 61);
  std::size_t positive = 0;
  for (std::size_t k = 1; k <= 30; ++k) {
    const Call& above = calls[2 * k - 2];
    const Call& below = calls[2 * k - 1];
    const double c = 0.1 / std::pow(static_cast<double>(k), 0.101);
    const double a = 0.16 / std::pow(static_cast<double>(k) + 10.0, 0.602);
    for (std::size_t i = 0; i < 6; ++i) {
      const double perturbation = (above.theta[i] - below.theta[i]) / 2;
      CHECK(std::abs(perturbation) == Approx(c).epsilon(1e-12));
      positive += perturbation > 0;
      const double gradient = (above.value - below.value) / (2 * perturbation);
      const double after = k == 30 ? result.theta[i] : (calls[2 * k].theta[i] + calls[2 * k + 1].theta[i]) / 2;
      CHECK(after == Approx((above.theta[i] + below.theta[i]) / 2 - a * gradient).epsilon(1e-10));
    }
  }
  CHECK(positive > 60);  // of 180 fair signs: five standard deviations
  CHECK(positive < 120);
}

TEST_CASE("SPSA draws new perturbations for every step, seed and restart") {
  const auto signs = [](OptimizerSettings settings) {
    settings.spsa.a = 1e-9;
    std::vector<Call> calls;
    (void)optimizer(settings)->minimize(std::vector<double>(40, 0.0), record(quadratic, calls)).value();
    std::vector<std::vector<bool>> steps;
    for (std::size_t k = 0; k + 1 < calls.size(); k += 2) {
      steps.emplace_back();
      for (const double angle : calls[k].theta) steps.back().push_back(angle > 0);
    }
    return steps;
  };
  OptimizerSettings settings = fixed_gains(2);
  const auto first = signs(settings);
  CHECK(first == signs(settings));
  CHECK(first[0] != first[1]);
  settings.stream.seed = 4;
  CHECK(first[0] != signs(settings)[0]);
  settings.stream.seed = 3;
  settings.stream.restart = 1;
  CHECK(first[0] != signs(settings)[0]);
}

TEST_CASE("without a gain the first steps of SPSA are about as large as the learning rate") {
  std::vector<Call> calls;
  const OptimizerSettings settings{.name = "spsa", .iterations = 400, .learning_rate = 0.02};
  const auto chosen = optimizer(settings);
  (void)chosen->minimize(random_angles(12, 3), record(ProductCircuitCost(12, 0.0, 100.0, 4), calls)).value();
  REQUIRE(calls.size() == chosen->max_evaluations());
  const std::size_t first = calls.size() - 1 - 2 * 400;
  const auto centre = [&](std::size_t k, std::size_t i) {
    return (calls[first + 2 * k].theta[i] + calls[first + 2 * k + 1].theta[i]) / 2;
  };
  double mean = 0.0;
  for (std::size_t k = 0; k < 20; ++k) mean += std::abs(centre(k + 1, 0) - centre(k, 0)) / 20;
  CHECK(mean > 0.01);
  CHECK(mean < 0.04);
}

TEST_CASE("SPSA calibrates its gain along other perturbations than its first steps take") {
  std::vector<Call> calls;
  const OptimizerSettings settings{.name = "spsa", .iterations = 9, .learning_rate = 1e-9};
  (void)optimizer(settings)->minimize(std::vector<double>(40, 0.0), record(quadratic, calls)).value();
  REQUIRE(calls.size() == 2 * 10 + 2 * 9 + 1);
  std::set<std::vector<bool>> perturbations;
  for (std::size_t k = 0; k + 1 < calls.size(); k += 2) {
    std::vector<bool> signs;
    for (const double angle : calls[k].theta) signs.push_back(angle > 0);
    perturbations.insert(signs);
  }
  CHECK(perturbations.size() == 10 + 9);
}

TEST_CASE("SPSA approaches the minimum of a quadratic whose values are noisy") {
  RandomStream noise({.seed = 8, .purpose = StreamPurpose::test});
  const auto noisy = [&](std::span<const double> x, std::span<double> gradient) -> Result<double> {
    return *quadratic(x, gradient) + 0.05 * noise.normal();
  };
  const std::vector<double> start{2.0, -1.0, 1.5, 0.0};
  const auto result = optimizer({.name = "spsa", .iterations = 2000})->minimize(start, noisy).value();
  CHECK(quadratic(start, {}).value() > 6.0);
  CHECK(quadratic(result.theta, {}).value() < 1.01);
}

TEST_CASE("SPSA averages the slopes of several perturbations, which it asks for at once") {
  OptimizerSettings settings = fixed_gains(5);
  settings.spsa.perturbations = 3;
  std::vector<std::vector<std::vector<double>>> batches;
  const auto value = [](std::span<const double> theta, std::span<double> gradient) {
    return quadratic(theta, gradient);
  };
  const auto batch = [&](std::span<const std::vector<double>> thetas) -> Result<std::vector<double>> {
    batches.emplace_back(thetas.begin(), thetas.end());
    std::vector<double> values;
    for (const auto& theta : thetas) values.push_back(*quadratic(theta, {}));
    return values;
  };
  const auto start = random_angles(6, 1);
  const auto result = optimizer(settings)->minimize(start, value, batch).value();
  REQUIRE(batches.size() == 5);
  CHECK(result.evaluations == 5 * 6 + 1);
  CHECK(optimizer(settings)->max_evaluations() == 31);
  CHECK(optimizer(settings)->max_requests() == 6);
  std::set<std::vector<bool>> perturbations;
  std::vector<double> expected = start;
  for (std::size_t k = 1; k <= 5; ++k) {
    const auto& points = batches[k - 1];
    REQUIRE(points.size() == 6);
    const double a = 0.16 / std::pow(static_cast<double>(k) + 10.0, 0.602);
    std::vector<double> gradient(6);
    for (std::size_t j = 0; j < 3; ++j) {
      std::vector<bool> signs;
      for (std::size_t i = 0; i < 6; ++i) {
        const double perturbation = (points[2 * j][i] - points[2 * j + 1][i]) / 2;
        signs.push_back(perturbation > 0);
        gradient[i] += (*quadratic(points[2 * j], {}) - *quadratic(points[2 * j + 1], {})) / (2 * perturbation) / 3;
        CHECK((points[2 * j][i] + points[2 * j + 1][i]) / 2 == Approx(expected[i]).margin(1e-12));
      }
      perturbations.insert(signs);
    }
    for (std::size_t i = 0; i < 6; ++i) expected[i] -= a * gradient[i];
  }
  CHECK(perturbations.size() > 10);  // of 15 among 64
  for (std::size_t i = 0; i < 6; ++i) CHECK(result.theta[i] == Approx(expected[i]).margin(1e-12));
  // One by one they are the same points.
  CHECK(optimizer(settings)->minimize(start, value).value().theta == result.theta);
}

TEST_CASE("SPSA stays where it is on a flat objective") {
  const auto flat = [](std::span<const double>, std::span<double>) -> Result<double> { return 0.5; };
  const auto result = optimizer({.name = "spsa", .iterations = 10})->minimize({0.1, 0.2}, flat).value();
  CHECK(result.theta == std::vector<double>{0.1, 0.2});
}
