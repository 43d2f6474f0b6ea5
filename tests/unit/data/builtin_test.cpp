#include "bornite/data/builtin.hpp"

#include "bornite/data/check.hpp"
#include "catch.hpp"
#include "files.hpp"

#include <algorithm>
#include <array>
#include <cmath>

using namespace bornite;
using namespace bornite_test;

namespace {

std::size_t ones(const Dataset& data) {
  return static_cast<std::size_t>(std::count(data.targets.begin(), data.targets.end(), 1.0));
}

void check_digits(const Dataset& data, std::size_t zeros_expected, std::size_t ones_expected) {
  CHECK(data.features == 16);
  CHECK(data.height == 4);
  CHECK(data.width == 4);
  CHECK(data.inputs.size() == 16 * data.rows());
  CHECK(ones(data) == ones_expected);
  CHECK(data.rows() == zeros_expected + ones_expected);
  CHECK(std::all_of(data.targets.begin(), data.targets.end(), [](double y) { return y == 0 || y == 1; }));
  const auto is_pixel = [](double x) { return x >= 0 && x <= 1 && std::abs(255 * x - std::round(255 * x)) < 1e-12; };
  CHECK(std::all_of(data.inputs.begin(), data.inputs.end(), is_pixel));
  CHECK(*std::max_element(data.inputs.begin(), data.inputs.end()) == 1);
}

/// Mean binary cross-entropy of sigmoid(x.w + b) with values {-3, +1}; bit i < 16 is the weight of pixel i, bit 16 the
/// bias.
double logistic_cost(const Dataset& data, unsigned bits) {
  const auto value = [bits](std::size_t i) { return (bits >> i & 1) != 0 ? 1.0 : -3.0; };
  double sum = 0;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    double z = value(16);
    for (std::size_t i = 0; i < 16; ++i) z += value(i) * data.row(row)[i];
    sum += std::log1p(std::exp(data.targets[row] == 1 ? -z : z));
  }
  return sum / static_cast<double>(data.rows());
}

std::size_t nearest_centre(std::span<const double> point) {
  constexpr std::array<std::array<double, 2>, 4> centres{{{-1, -2}, {-2, 1}, {1, 1}, {2, -2}}};
  const auto distance = [&](const auto& centre) { return std::hypot(point[0] - centre[0], point[1] - centre[1]); };
  const auto* const nearest = std::min_element(centres.begin(), centres.end(),
                                               [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
  return static_cast<std::size_t>(nearest - centres.begin());
}

}  // namespace

TEST_CASE("mnist 0 and 1 has MNIST's counts and 4 x 4 pixels between 0 and 1") {
  const DataSplit data = mnist_pair(MnistPair::zero_one).value();
  check_digits(data.train, 5923, 6742);
  check_digits(data.test, 980, 1135);
}

TEST_CASE("mnist 3 and 7 has MNIST's counts and 4 x 4 pixels between 0 and 1") {
  const DataSplit data = mnist_pair(MnistPair::three_seven).value();
  check_digits(data.train, 6131, 6265);
  check_digits(data.test, 1010, 1028);
}

TEST_CASE("the best network known for digits 0 and 1 has the published cost, and flipping any bit raises it") {
  const Dataset data = mnist_pair(MnistPair::zero_one).value().train;
  constexpr unsigned best = 0x13245;  // of all 2^17 strings, found by enumeration
  const double minimum = logistic_cost(data, best);
  CHECK(minimum == Approx(0.326852699).epsilon(1e-8));
  for (unsigned bit = 0; bit < 17; ++bit) CHECK(logistic_cost(data, best ^ 1U << bit) > minimum);
}

TEST_CASE("gaussian2d has the components of its definition") {
  const DataSplit data = gaussian2d().value();
  CHECK(data.train.rows() == 10'000);
  CHECK(data.test.rows() == 2'000);
  CHECK(data.train.features == 2);
  require_success(check_finite(data.train, "gaussian2d", "gaussian2d"));
  constexpr std::array<std::array<double, 2>, 4> centres{{{-1, -2}, {-2, 1}, {1, 1}, {2, -2}}};
  std::array<double, 4> counts{};
  std::array<double, 8> sums{}, squares{};
  // Nearest centres tell the components apart but for about one point in 10^6: half the distance between the centres
  // is at least 1.5, or 4.7 standard deviations.
  for (std::size_t i = 0; i < data.train.rows(); ++i) {
    const std::size_t c = nearest_centre(data.train.row(i));
    CHECK(data.train.targets[i] == (c == 0 ? 0 : 1));
    ++counts[c];
    for (std::size_t k = 0; k < 2; ++k) {
      sums[2 * c + k] += data.train.row(i)[k] - centres[c][k];
      squares[2 * c + k] += std::pow(data.train.row(i)[k] - centres[c][k], 2);
    }
  }
  // Five standard errors, of counts (binomial), means and variances (0.1 sqrt(2/n)).
  CHECK(std::abs(counts[0] - 5000) < 5 * 50);
  for (std::size_t c = 1; c < 4; ++c) CHECK(std::abs(counts[c] - 10000 / 6.0) < 5 * 37.3);
  for (std::size_t i = 0; i < 8; ++i) {
    const double n = counts[i / 2];
    CHECK(std::abs(sums[i] / n) < 5 * std::sqrt(0.1 / n));
    CHECK(std::abs(squares[i] / n - 0.1) < 5 * 0.1 * std::sqrt(2 / n));
  }
}

TEST_CASE("gaussian2d depends on the seed only, and its test points are not its training points") {
  const DataSplit data = gaussian2d(1).value();
  CHECK(gaussian2d(1).value().train.inputs == data.train.inputs);
  CHECK(gaussian2d(2).value().train.inputs != data.train.inputs);
  CHECK(gaussian2d(2).value().test.inputs != data.test.inputs);
  CHECK_FALSE(std::equal(data.test.inputs.begin(), data.test.inputs.end(), data.train.inputs.begin()));
}
