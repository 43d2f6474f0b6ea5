#include "bornite/backend/sample.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace bornite {
namespace {

ShotTable draw(const Circuit& circuit, std::vector<double> theta, std::uint64_t shots, const StreamKey& stream = {},
               Precision precision = Precision::complex128) {
  StatevectorBackend backend(precision);
  const std::size_t rows = circuit.parameters() == 0 ? 1 : theta.size() / circuit.parameters();
  return sample(backend, {circuit, ParameterRows(rows, circuit.parameters(), std::move(theta)), Shots(shots), stream})
      .value();
}

std::uint64_t total(const ShotRow& row) {
  return std::accumulate(row.counts().begin(), row.counts().end(), std::uint64_t{0});
}

bool same(const ShotRow& a, const ShotRow& b) {
  return std::ranges::equal(a.counts(), b.counts()) && std::ranges::equal(a.strings().words(), b.strings().words());
}

/// Chi-square of binned counts, less its mean, in standard deviations. Bins: outcomes by their remainder.
double chi_square_deviation(const Circuit& circuit, const std::vector<double>& theta, std::uint64_t shots,
                            std::size_t bins, Precision precision = Precision::complex128) {
  StatevectorBackend backend(precision);
  const auto q = backend.probabilities(circuit, theta).value();
  std::vector<double> expected(bins);
  std::vector<double> actual(bins);
  for (std::size_t x = 0; x != q.probabilities().size(); ++x)
    expected[x % bins] += q.probabilities()[x] * static_cast<double>(shots);
  const ShotTable table = draw(circuit, theta, shots, {.seed = 11}, precision);
  for (std::size_t i = 0; i != table[0].size(); ++i)
    actual[table[0].strings()[i].index() % bins] += static_cast<double>(table[0].counts()[i]);
  double chi_square = 0;
  for (std::size_t b = 0; b != bins; ++b) {
    REQUIRE(expected[b] > 5);
    chi_square += (actual[b] - expected[b]) * (actual[b] - expected[b]) / expected[b];
  }
  const double freedom = static_cast<double>(bins - 1);
  return (chi_square - freedom) / std::sqrt(2 * freedom);
}

/// Angles for which no outcome is very rare.
std::vector<double> mild_theta(const Circuit& circuit) {
  std::vector<double> theta = test::random_theta(circuit, 21);
  for (double& t : theta) t = 1.4 + 0.02 * t;
  return theta;
}

}  // namespace

TEST_CASE("shots follow the distribution, few or many of them, within one block of outcomes and over several") {
  for (const std::size_t qubits : {7, 14}) {
    const Circuit circuit = make_ansatz(AnsatzKind::product, qubits, 1);
    for (const std::uint64_t shots : {20'000ULL, 300'000ULL, 1'000'000'000ULL, 1'000'000'000'000'000ULL}) {
      CAPTURE(qubits, shots);
      CHECK(std::abs(chi_square_deviation(circuit, mild_theta(circuit), shots, 128)) < 4);
    }
  }
}

TEST_CASE("shots from floats follow the distribution") {
  for (const std::size_t qubits : {7, 15}) {
    const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 2);
    for (const std::uint64_t shots : {20'000ULL, 300'000ULL, 1'000'000'000ULL}) {
      CAPTURE(qubits, shots);
      CHECK(std::abs(chi_square_deviation(circuit, mild_theta(circuit), shots, 32, Precision::complex64)) < 4);
    }
  }
}

TEST_CASE("single shots are drawn without binning where outcomes outnumber them") {
  const Circuit circuit = make_ansatz(AnsatzKind::product, 16, 1);
  CHECK(std::abs(chi_square_deviation(circuit, mild_theta(circuit), 30'000, 64)) < 4);
}

TEST_CASE("the counts of one outcome are binomial") {
  Circuit circuit(1);
  circuit.ry(0, Angle::of(0));
  constexpr std::size_t rows = 4000;
  // Means of 0.5, 5, 9.9, 10.1 and thousands: both ways of drawing, and where one takes over from the other.
  for (const double p : {0.00005, 0.0005, 0.00099, 0.00101, 0.3, 0.5, 0.9995}) {
    constexpr double n = 10'000;
    const double angle = 2 * std::asin(std::sqrt(p));
    const ShotTable table = draw(circuit, std::vector<double>(rows, angle), 10'000, {.seed = 5});
    double mean = 0;
    double square = 0;
    for (std::size_t r = 0; r != rows; ++r) {
      double count = 0;
      for (std::size_t i = 0; i != table[r].size(); ++i)
        if (table[r].strings()[i].index() == 1) count = static_cast<double>(table[r].counts()[i]);
      mean += count / rows;
      square += (count - n * p) * (count - n * p) / rows;
    }
    const double variance = n * p * (1 - p);
    const double fourth = 3 * variance * variance + variance * (1 - 6 * p * (1 - p));  // central moment
    CAPTURE(p, mean, square);
    CHECK(std::abs(mean - n * p) < 4 * std::sqrt(variance / rows));
    CHECK(std::abs(square - variance) < 4 * std::sqrt((fourth - variance * variance) / rows));
  }
}

TEST_CASE("counts sum to the shots asked for, row by row") {
  const Circuit circuit = make_ansatz(AnsatzKind::linear, 6, 2);
  const ParameterRows rows(3, circuit.parameters(), std::vector<double>(3 * circuit.parameters(), 0.8));
  StatevectorBackend backend;
  const auto table = sample(backend, {circuit, rows, Shots(std::vector<std::uint64_t>{1, 1000, 70'001}), {}}).value();
  REQUIRE(table.rows() == 3);
  CHECK(total(table[0]) == 1);
  CHECK(total(table[1]) == 1000);
  CHECK(total(table[2]) == 70'001);
  CHECK(table[0].bits() == 6);
}

TEST_CASE("impossible outcomes never occur") {
  Circuit circuit(14);  // only strings whose first and last bit are equal, and all others 0
  circuit.ry(0, Angle::constant(1.0)).cx(0, 13);
  for (const std::uint64_t shots : {100U, 100'000U, 2'000'000'000U}) {
    const ShotTable table = draw(circuit, {}, shots);
    REQUIRE(table[0].size() == 2);
    CHECK(table[0].strings()[0].index() == 0);
    CHECK(table[0].strings()[1].index() == (1U | 1U << 13));
  }
}

TEST_CASE("shots depend on the stream, and on nothing else") {
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 15, 2);
  const std::vector<double> theta = test::random_theta(circuit, 2);
  for (const std::uint64_t shots : {5000ULL, 2'000'000ULL}) {
    const ShotTable first = draw(circuit, theta, shots, {.seed = 3});
    CHECK(same(first[0], draw(circuit, theta, shots, {.seed = 3})[0]));
    CHECK_FALSE(same(first[0], draw(circuit, theta, shots, {.seed = 4})[0]));
    CHECK_FALSE(same(first[0], draw(circuit, theta, shots, {.seed = 3, .row = 1})[0]));
    CHECK_FALSE(same(first[0], draw(circuit, theta, shots, {.seed = 3, .block = 1})[0]));
    const ThreadLimit one(1);
    CHECK(same(first[0], draw(circuit, theta, shots, {.seed = 3})[0]));
  }
}

TEST_CASE("blocks of one row are drawn independently even where all outcomes share a stream") {
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 5, 2);
  const std::vector<double> theta = test::random_theta(circuit, 2);
  CHECK_FALSE(same(draw(circuit, theta, 500, {.block = 0})[0], draw(circuit, theta, 500, {.block = 1})[0]));
}

TEST_CASE("a row has the same shots wherever the request is split") {
  const Circuit circuit = make_ansatz(AnsatzKind::ring, 4, 1);
  std::vector<double> theta = test::random_theta(circuit, 6);
  std::vector<double> two = theta;
  two.insert(two.end(), theta.begin(), theta.end());
  const ShotTable both = draw(circuit, two, 1000, {.seed = 1, .row = 5});
  CHECK(same(both[0], draw(circuit, theta, 1000, {.seed = 1, .row = 5})[0]));
  CHECK(same(both[1], draw(circuit, theta, 1000, {.seed = 1, .row = 6})[0]));
  CHECK_FALSE(same(both[0], both[1]));
}

}  // namespace bornite
