#include "bornite/optimize/optimizer.hpp"

#include "bornite/util/parallel.hpp"

#include <limits>
#include <stdexcept>

#include "catch.hpp"
#include "functions.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::string name_of(std::string_view name) { return std::string(name); }

void check_refused(const OptimizerSettings& settings, const std::string& key, const std::string& value) {
  const auto result = make_optimizer(settings);
  REQUIRE(result.has_error());
  CHECK(result.error().kind == ErrorKind::configuration);
  CHECK_THAT(result.error().message, Catch::Contains("optimizer." + key + " is " + value));
  CHECK_FALSE(result.error().hint.empty());
}

}  // namespace

TEST_CASE("every optimizer reaches the minimum of a convex quadratic") {
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    const auto chosen = optimizer({.name = name_of(name), .iterations = 3000});
    const auto result = chosen->minimize({1.0, -1.0, 2.0, 0.0}, quadratic).value();
    CHECK(chosen->name() == name);
    for (std::size_t i = 0; i < 4; ++i)
      CHECK(result.theta[i] == Approx(0.3 + static_cast<double>(i) / 10).margin(name == "spsa" ? 1e-3 : 1e-6));
    CHECK(result.value == quadratic(result.theta, {}).value());
  }
}

TEST_CASE("gradients are asked for by the methods that say so and by no others") {
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    const auto chosen = optimizer({.name = name_of(name), .iterations = 20});
    std::vector<Call> calls;
    (void)chosen->minimize({1.0, -1.0, 2.0}, record(rosenbrock, calls)).value();
    std::size_t with_gradient = 0;
    for (const Call& call : calls) with_gradient += !call.gradient.empty();
    CHECK((with_gradient > 0) == chosen->needs_gradient());
    CHECK((chosen->needs_gradient() || with_gradient == 0));
  }
}

TEST_CASE("a run replayed from its recorded values asks for the same angles bit for bit") {
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    const auto chosen = optimizer({.name = name_of(name), .iterations = 120, .stream = {.seed = 5}});
    std::vector<Call> calls;
    const std::vector<double> start = random_angles(8, 2);
    const auto result = chosen->minimize(start, record(ProductCircuitCost(8, 0.3, 0.1, 1), calls)).value();
    std::size_t next = 0;
    const auto replay = [&](std::span<const double> theta, std::span<double> gradient) -> Result<double> {
      const Call& call = calls.at(next++);
      REQUIRE(std::ranges::equal(theta, call.theta));
      REQUIRE(gradient.size() == call.gradient.size());
      std::ranges::copy(call.gradient, gradient.begin());
      return call.value;
    };
    const auto again = chosen->minimize(start, replay).value();
    CHECK(next == calls.size());
    CHECK(again.theta == result.theta);
    CHECK(again.value == result.value);
    CHECK(again.evaluations == result.evaluations);
  }
}

TEST_CASE("restarts in parallel give what they give one after the other") {
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    const auto chosen = optimizer({.name = name_of(name), .iterations = 60});
    const ProductCircuitCost cost(6, 0.3, 0.1, 9);
    std::vector<std::vector<double>> serial(12);
    std::vector<std::vector<double>> parallel(12);
    for (std::size_t r = 0; r < 12; ++r) serial[r] = chosen->minimize(random_angles(6, r), cost).value().theta;
    parallel_for(12, [&](std::size_t r) { parallel[r] = chosen->minimize(random_angles(6, r), cost).value().theta; });
    CHECK(parallel == serial);
  }
}

TEST_CASE("no optimizer evaluates more often than it says") {
  for (const std::string_view name : optimizer_names())
    for (const std::size_t iterations : {1UL, 2UL, 3UL, 17UL, 40UL}) {
      INFO(name << ' ' << iterations);
      const auto chosen = optimizer({.name = name_of(name), .iterations = iterations, .gradient_tolerance = 0.0});
      std::vector<Call> calls;
      const auto result = chosen->minimize({-1.2, 1.0, 0.3}, record(rosenbrock, calls)).value();
      CHECK(result.evaluations == calls.size());
      CHECK(calls.size() == chosen->max_evaluations());
      CHECK(result.iterations == iterations);
      CHECK(result.stop_reason == StopReason::iterations);
    }
}

TEST_CASE("an error of the objective ends the run and is returned as it is") {
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    std::size_t calls = 0;
    const auto interrupted = [&](std::span<const double> x, std::span<double> gradient) -> Result<double> {
      if (++calls == 9) return Error{ErrorKind::cancelled, "Stopped by the user.", "Resume it.", true};
      return rosenbrock(x, gradient);
    };
    const auto result = optimizer({.name = name_of(name), .iterations = 50})->minimize({-1.2, 1.0}, interrupted);
    REQUIRE(result.has_error());
    CHECK(calls == 9);
    CHECK(result.error().kind == ErrorKind::cancelled);
    CHECK(result.error().message == "Stopped by the user.");
    CHECK(result.error().hint == "Resume it.");
    CHECK(result.error().retryable);
  }
}

TEST_CASE("a value that is not finite is an error that names the evaluation") {
  for (const std::string_view name : optimizer_names())
    for (const double wrong : {not_a_number, infinity, -infinity}) {
      INFO(name << ' ' << wrong);
      std::size_t calls = 0;
      const auto breaks = [&](std::span<const double> x, std::span<double> gradient) -> Result<double> {
        const auto value = rosenbrock(x, gradient);
        return ++calls == 4 ? wrong : *value;
      };
      const auto result = optimizer({.name = name_of(name), .iterations = 50})->minimize({-1.2, 1.0}, breaks);
      REQUIRE(result.has_error());
      CHECK(calls == 4);
      CHECK(result.error().kind == ErrorKind::numeric);
      CHECK_THAT(result.error().message, Catch::Contains("evaluation 4"));
    }
}

TEST_CASE("a gradient that is not finite is an error that names the component") {
  const auto breaks = [](std::span<const double> x, std::span<double> gradient) -> Result<double> {
    const auto value = rosenbrock(x, gradient);
    if (!gradient.empty()) gradient[1] = infinity;
    return value;
  };
  for (const std::string_view name : {"adam", "lbfgs", "tnewton", "slsqp"}) {
    INFO(name);
    const auto result = optimizer({.name = name_of(name)})->minimize({-1.2, 1.0}, breaks);
    REQUIRE(result.has_error());
    CHECK(result.error().kind == ErrorKind::numeric);
    CHECK_THAT(result.error().message, Catch::Contains("component 1 became inf at evaluation 1"));
  }
}

TEST_CASE("an exception of the objective passes through") {
  const auto throws = [](std::span<const double>, std::span<double>) -> Result<double> {
    throw std::logic_error("a broken precondition");
  };
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    CHECK_THROWS_AS((void)optimizer({.name = name_of(name)})->minimize({1.0, 2.0}, throws), std::logic_error);
  }
}

TEST_CASE("a start that is empty or not finite is refused before any evaluation") {
  const auto untouched = [](std::span<const double>, std::span<double>) -> Result<double> {
    throw std::logic_error("evaluated");
  };
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    const auto chosen = optimizer({.name = name_of(name)});
    const auto empty = chosen->minimize({}, untouched);
    REQUIRE(empty.has_error());
    CHECK(empty.error().kind == ErrorKind::input);
    const auto wrong = chosen->minimize({0.0, 1.0, not_a_number}, untouched);
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().kind == ErrorKind::input);
    CHECK_THAT(wrong.error().message, Catch::Contains("angle 2 is nan"));
  }
}

TEST_CASE("one parameter is enough for every optimizer but bobyqa, which says so") {
  for (const std::string_view name : optimizer_names()) {
    INFO(name);
    const auto result = optimizer({.name = name_of(name), .iterations = 500})->minimize({1.0}, quadratic);
    if (name == "bobyqa") {
      REQUIRE(result.has_error());
      CHECK(result.error().kind == ErrorKind::unsupported);
      CHECK_THAT(result.error().message, Catch::Contains("bobyqa needs at least 2 parameters"));
    } else {
      CHECK(result.value().theta[0] == Approx(0.3).margin(0.01));
    }
  }
}

TEST_CASE("an unknown optimizer is refused with the names of all") {
  const auto result = make_optimizer({.name = "newton"});
  REQUIRE(result.has_error());
  CHECK(result.error().kind == ErrorKind::configuration);
  CHECK_THAT(result.error().message, Catch::Contains("\"newton\""));
  for (const std::string_view name : optimizer_names()) CHECK_THAT(result.error().hint, Catch::Contains(name_of(name)));
}

TEST_CASE("the optimizers that the documentation names are all there") {
  const std::vector<std::string_view> expected{"adam",   "spsa",   "lbfgs",      "tnewton", "slsqp",
                                               "cobyla", "bobyqa", "neldermead", "sbplx"};
  CHECK(optimizer_names() == expected);
}

TEST_CASE("settings out of range are refused by name and value") {
  check_refused({.iterations = 0}, "iterations", "0");
  check_refused({.iterations = 1'000'000'001}, "iterations", "1000000001");
  check_refused({.learning_rate = 0.0}, "learning_rate", "0");
  check_refused({.learning_rate = -0.1}, "learning_rate", "-0.1");
  check_refused({.learning_rate = not_a_number}, "learning_rate", "nan");
  check_refused({.learning_rate = infinity}, "learning_rate", "inf");
  check_refused({.beta1 = 1.0}, "beta1", "1");
  check_refused({.beta2 = -0.5}, "beta2", "-0.5");
  check_refused({.beta2 = not_a_number}, "beta2", "nan");
  check_refused({.epsilon = 0.0}, "epsilon", "0");
  check_refused({.gradient_tolerance = -1.0}, "gradient_tolerance", "-1");
  check_refused({.gradient_tolerance = infinity}, "gradient_tolerance", "inf");
  check_refused({.memory = 0}, "memory", "0");
  check_refused({.memory = 1001}, "memory", "1001");
  check_refused({.initial_step = 0.0}, "initial_step", "0");
  check_refused({.spsa = {.a = 0.0}}, "spsa.a", "0");
  check_refused({.spsa = {.c = -0.1}}, "spsa.c", "-0.1");
  check_refused({.spsa = {.stability = -1.0}}, "spsa.stability", "-1");
  check_refused({.spsa = {.alpha = 0.0}}, "spsa.alpha", "0");
  check_refused({.spsa = {.gamma = 1.5}}, "spsa.gamma", "1.5");
}

TEST_CASE("every stop reason has a name") {
  CHECK(to_string(StopReason::iterations) == "iterations");
  CHECK(to_string(StopReason::gradient_tolerance) == "gradient_tolerance");
  CHECK(to_string(StopReason::no_progress) == "no_progress");
}
