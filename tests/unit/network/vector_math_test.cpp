// The stated error bounds, against the C library in long double.

#include "vector_math.hpp"

#include "lanes.hpp"
#include "random_problem.hpp"

#include "catch.hpp"

#include <cmath>
#include <limits>
#include <vector>

using namespace bornite;
using namespace bornite::test;

namespace {

/// Arguments of every size up to a bound, both signs, and special ones; a multiple of lane_count.
std::vector<double> arguments(double largest) {
  RandomStream random = test_stream(7000);
  std::vector<double> x{0.0, -0.0, largest, -largest, 0.41421356237309503, 1e-300, -1e-300, 0.34657359027997264};
  while (x.size() < 40000) {
    const double size = below(random, 2) == 0 ? largest : std::exp2(-60 * random.uniform()) * largest;
    x.push_back(size * (2 * random.uniform() - 1));
  }
  return x;
}

/// The worst of error(value, argument) over all arguments.
double worst(void (*function)(double*, std::size_t), const std::vector<double>& x,
             long double (*error)(double value, long double argument)) {
  std::vector<double> values = x;
  function(values.data(), values.size());
  long double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) worst = std::max(worst, std::abs(error(values[i], x[i])));
  return static_cast<double>(worst);
}

}  // namespace

TEST_CASE("exponentials of whole arrays have a relative error below 1e-15") {
  CHECK(worst(exponentials, arguments(708), [](double y, long double x) { return y / std::exp(x) - 1; }) < 1e-15);
  std::vector<double> far{1e4, -1e4, 709, -709, 708, -708, 0, 1};
  exponentials(far.data(), far.size());
  CHECK((far[0] == far[4] && far[2] == far[4] && far[1] == far[5] && far[3] == far[5]));
}

TEST_CASE("softplus is exact to 1e-15 of the greater of 1 and its value") {
  const auto error = [](double y, long double x) {
    const long double exact = std::max(x, 0.0L) + std::log1p(std::exp(-std::abs(x)));
    return (y - exact) / std::max(1.0L, exact);
  };
  for (const double largest : {1.0, 40.0, 1e4}) CHECK(worst(softplus, arguments(largest), error) < 1e-15);
}

TEST_CASE("the logistic function has a relative error below 2e-15") {
  const auto error = [](double y, long double x) { return y * (1 + std::exp(-x)) - 1; };
  for (const double largest : {1.0, 40.0, 700.0}) CHECK(worst(logistic, arguments(largest), error) < 2e-15);
}

TEST_CASE("the hyperbolic tangent is odd and exact to 1e-15") {
  const auto error = [](double y, long double x) { return y - std::tanh(x); };
  for (const double largest : {1.0, 40.0, 1e4}) CHECK(worst(hyperbolic_tangents, arguments(largest), error) < 1e-15);
  std::vector<double> x = arguments(20), negative = x;
  for (double& value : negative) value = -value;
  hyperbolic_tangents(x.data(), x.size());
  hyperbolic_tangents(negative.data(), negative.size());
  for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(x[i] == -negative[i]);
}
