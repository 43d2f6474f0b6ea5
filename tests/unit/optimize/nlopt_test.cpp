// How far NLopt's methods get. The bounds on evaluations are about twice what they take.

#include "catch.hpp"
#include "functions.hpp"

using namespace bornite;
using namespace bornite::test;

TEST_CASE("lbfgs minimises Rosenbrock's function to a gradient of 1e-10") {
  const auto [parameters, limit] = GENERATE(table<std::size_t, std::size_t>({{2, 130}, {10, 250}, {100, 1300}}));
  std::vector<double> start(parameters);
  for (std::size_t i = 0; i < parameters; ++i) start[i] = i % 2 == 0 ? -1.2 : 1.0;
  const OptimizerSettings settings{.name = "lbfgs", .iterations = limit, .gradient_tolerance = 1e-10};
  const auto result = optimizer(settings)->minimize(start, rosenbrock).value();
  CHECK(result.stop_reason == StopReason::gradient_tolerance);
  CHECK(slope(rosenbrock, result.theta) <= 1e-10);
  CHECK(result.value < 1e-15);
}

TEST_CASE("lbfgs reaches its default gradient tolerance on expected costs of circuits from every start") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    INFO(seed);
    const ProductCircuitCost cost(16, 0.33, 0.02, seed);
    const auto result = optimizer({.name = "lbfgs"})->minimize(random_angles(16, seed), cost).value();
    CHECK(result.stop_reason == StopReason::gradient_tolerance);
    CHECK(slope(cost, result.theta) <= 1e-6);
    CHECK(result.evaluations < 150);
  }
}

TEST_CASE("lbfgs goes on to the end of double precision where the tolerance is below it") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    INFO(seed);
    const ProductCircuitCost cost(16, 0.33, 0.02, seed);
    const OptimizerSettings settings{.name = "lbfgs", .iterations = 2000, .gradient_tolerance = 1e-14};
    const auto result = optimizer(settings)->minimize(random_angles(16, seed), cost).value();
    CHECK(slope(cost, result.theta) < 2e-9);  // rounding: sqrt(2 * curvature * 1e-17)
    CHECK(result.evaluations < 400);
  }
}

TEST_CASE("lbfgs leaves a plateau whose gradients are too small for NLopt itself") {
  const ProductCircuitCost cost(8, 0.0, 1e-9, 3);
  const OptimizerSettings settings{.name = "lbfgs", .iterations = 500, .gradient_tolerance = 1e-15};
  const std::vector<double> start = random_angles(8, 6);
  REQUIRE(slope(cost, start) < 1e-8);
  const auto result = optimizer(settings)->minimize(start, cost).value();
  CHECK(result.stop_reason == StopReason::gradient_tolerance);
  CHECK(result.value < cost(start, {}).value());
}

TEST_CASE("tnewton and slsqp reach their gradient tolerance on expected costs of circuits") {
  const std::string name = GENERATE("tnewton", "slsqp");
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    INFO(name << ' ' << seed);
    const ProductCircuitCost cost(12, 0.33, 0.02, seed);
    const auto result = optimizer({.name = name, .iterations = 1000})->minimize(random_angles(12, seed), cost).value();
    CHECK(result.stop_reason == StopReason::gradient_tolerance);
    CHECK(slope(cost, result.theta) <= 1e-6);
  }
}

TEST_CASE("methods without gradients stop by themselves at a minimum of the expected cost of a circuit") {
  const std::string name = GENERATE("cobyla", "bobyqa", "neldermead", "sbplx");
  const ProductCircuitCost cost(3, 0.3, 0.5, 7);
  const auto result = optimizer({.name = name, .iterations = 5000})->minimize(random_angles(3, 7), cost).value();
  INFO(name << ' ' << result.evaluations);
  CHECK(result.stop_reason == StopReason::no_progress);
  CHECK(slope(cost, result.theta) < 1e-6);
}

TEST_CASE("the result is the best point seen, not the last") {
  for (const std::string_view name : {"lbfgs", "slsqp", "cobyla", "neldermead"}) {
    INFO(name);
    std::vector<Call> calls;
    const auto result = optimizer({.name = std::string(name), .iterations = 23})
                            ->minimize({-1.2, 1.0, -1.2, 1.0}, record(rosenbrock, calls))
                            .value();
    double lowest = calls[0].value;
    for (const Call& call : calls) lowest = std::min(lowest, call.value);
    CHECK(result.value == lowest);
    CHECK(result.value == rosenbrock(result.theta, {}).value());
  }
}

TEST_CASE("a flat objective ends with no progress or a small gradient instead of a failure") {
  const auto flat = [](std::span<const double>, std::span<double> gradient) -> Result<double> {
    std::ranges::fill(gradient, 0.0);
    return 0.25;
  };
  for (const std::string_view name : {"lbfgs", "tnewton", "slsqp", "cobyla", "bobyqa", "neldermead", "sbplx"}) {
    INFO(name);
    const OptimizerSettings settings{.name = std::string(name), .iterations = 3000, .gradient_tolerance = 0.0};
    const auto result = optimizer(settings)->minimize({0.5, 1.5}, flat).value();
    CHECK(result.stop_reason == StopReason::no_progress);
    CHECK(result.value == 0.25);
  }
}

TEST_CASE("a gradient that contradicts the values ends with the best point seen") {
  const ProductCircuitCost cost(5, 0.3, 0.1, 2);
  const auto wrong = [&](std::span<const double> x, std::span<double> gradient) -> Result<double> {
    const auto value = cost(x, gradient);
    for (double& component : gradient) component = -component;
    return value;
  };
  const std::vector<double> start = random_angles(5, 4);
  for (const std::string_view name : {"lbfgs", "tnewton", "slsqp"}) {
    INFO(name);
    const OptimizerSettings settings{.name = std::string(name), .iterations = 2000};
    const auto result = optimizer(settings)->minimize(start, wrong).value();
    CHECK(result.stop_reason != StopReason::gradient_tolerance);
    CHECK(result.value <= cost(start, {}).value());
  }
}

TEST_CASE("the first simplex of methods without gradients is as large as asked") {
  for (const std::string_view name : {"cobyla", "bobyqa", "neldermead", "sbplx"}) {
    INFO(name);
    std::vector<Call> calls;
    const OptimizerSettings settings{.name = std::string(name), .iterations = 2, .initial_step = 0.125};
    (void)optimizer(settings)->minimize({1.0, 2.0}, record(quadratic, calls)).value();
    CHECK(std::abs(calls[1].theta[0] - 1.0) + std::abs(calls[1].theta[1] - 2.0) == Approx(0.125).epsilon(1e-12));
  }
}
