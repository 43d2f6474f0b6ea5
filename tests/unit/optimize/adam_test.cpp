#include "catch.hpp"
#include "functions.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// Component i of Adam's angles after all of `gradients`, from the sums that define its moments.
double adam_by_sums(double start, const std::vector<Call>& calls, std::size_t steps, std::size_t i) {
  double theta = start;
  for (std::size_t t = 1; t <= steps; ++t) {
    double mean = 0.0;
    double square = 0.0;
    for (std::size_t u = 1; u <= t; ++u) {
      const double age = static_cast<double>(t - u);
      const double g = calls[u - 1].gradient[i];
      mean += 0.2 * std::pow(0.8, age) * g;
      square += 0.1 * std::pow(0.9, age) * g * g;
    }
    const double time = static_cast<double>(t);
    theta -= 0.03 * (mean / (1 - std::pow(0.8, time))) / (std::sqrt(square / (1 - std::pow(0.9, time))) + 1e-3);
  }
  return theta;
}

}  // namespace

TEST_CASE("the first step of Adam is the learning rate against the sign of the gradient") {
  const std::vector<double> start{1.0, -2.0, 0.7};
  std::vector<Call> calls;
  const auto result = optimizer({.name = "adam", .iterations = 1, .learning_rate = 0.25})
                          ->minimize(start, record(quadratic, calls))
                          .value();
  for (std::size_t i = 0; i < start.size(); ++i) {
    const double sign = calls[0].gradient[i] > 0 ? 1.0 : -1.0;
    CHECK(result.theta[i] == Approx(start[i] - 0.25 * sign).epsilon(1e-7));
  }
}

TEST_CASE("Adam's angles are those of its defining sums") {
  const std::vector<double> start = random_angles(4, 11);
  std::vector<Call> calls;
  const OptimizerSettings settings{
      .name = "adam", .iterations = 25, .learning_rate = 0.03, .beta1 = 0.8, .beta2 = 0.9, .epsilon = 1e-3};
  const auto result = optimizer(settings)->minimize(start, record(ProductCircuitCost(4, 0.2, 1.0, 5), calls)).value();
  REQUIRE(calls.size() == 26);
  for (const std::size_t steps : {1UL, 2UL, 10UL, 25UL})
    for (std::size_t i = 0; i < 4; ++i)
      CHECK(calls[steps].theta[i] == Approx(adam_by_sums(start[i], calls, steps, i)).epsilon(1e-13));
  CHECK(calls.back().theta == result.theta);
}

TEST_CASE("Adam returns the value at its last angles and asks for no gradient there") {
  std::vector<Call> calls;
  const auto result =
      optimizer({.name = "adam", .iterations = 7})->minimize({0.0, 0.0}, record(quadratic, calls)).value();
  REQUIRE(calls.size() == 8);
  CHECK(calls[6].gradient.size() == 2);
  CHECK(calls[7].gradient.empty());
  CHECK(result.value == quadratic(result.theta, {}).value());
  CHECK(result.iterations == 7);
  CHECK(result.evaluations == 8);
  CHECK(result.stop_reason == StopReason::iterations);
}

TEST_CASE("Adam stops at a gradient tolerance only if one is given") {
  const std::vector<double> minimum{0.3, 0.4};
  const auto never = optimizer({.name = "adam", .iterations = 5})->minimize(minimum, quadratic).value();
  CHECK(never.iterations == 5);
  const auto at_once =
      optimizer({.name = "adam", .iterations = 5, .gradient_tolerance = 1e-9})->minimize(minimum, quadratic).value();
  CHECK(at_once.stop_reason == StopReason::gradient_tolerance);
  CHECK(at_once.iterations == 0);
  CHECK(at_once.evaluations == 1);
  CHECK(at_once.theta == minimum);
}
