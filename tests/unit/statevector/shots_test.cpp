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

TEST_CASE("rows that threads take whole have the shots of rows that come alone") {
  const Circuit circuit = make_ansatz(AnsatzKind::ring, 16, 2);
  constexpr std::uint32_t rows = 7;
  std::vector<double> all;
  for (std::uint32_t row = 0; row != rows; ++row) {
    const std::vector<double> theta = test::random_theta(circuit, row);
    all.insert(all.end(), theta.begin(), theta.end());
  }
  const ShotTable table = draw(circuit, all, 1000, {.seed = 5});
  for (std::uint32_t row = 0; row != rows; ++row) {
    const ThreadLimit one(1);
    CHECK(same(table[row], draw(circuit, test::random_theta(circuit, row), 1000, {.seed = 5, .row = row})[0]));
  }
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

TEST_CASE("a circuit whose qubits fall into parts has the outcomes of the whole, and room for many more qubits") {
  // Three bricks and an idle qubit among them; few enough shots that the parts are measured one by one.
  Circuit circuit(13);
  for (Qubit q = 0; q < 12; q += 4)
    circuit.ry(q, Angle::of(q)).ry(q + 1, Angle::of(q + 1)).cx(q, q + 2).cx(q + 1, q + 2).ry(q + 2, Angle::of(q + 2));
  const std::vector<double> theta = test::random_theta(circuit, 5);
  CHECK(chi_square_deviation(circuit, theta, 1500, 4) < 4);
  const ShotTable table = draw(circuit, theta, 1500, {.seed = 2});
  const std::vector<std::size_t> idle{3, 7, 11, 12};
  CHECK(select_bits(table[0], idle).size() == 1);

  Circuit wide(70);
  for (Qubit q = 0; q < 70; ++q) wide.ry(q, Angle::of(q % 2));
  const ShotTable shots = draw(wide, {0.3, 2.0, 1.0, 0.5}, 4000, {.seed = 1});
  for (const std::size_t r : {0U, 1U})
    for (const std::size_t bit : {0U, 1U, 63U, 64U, 69U}) {
      const double angle = r == 0 ? (bit % 2 == 0 ? 0.3 : 2.0) : (bit % 2 == 0 ? 1.0 : 0.5);
      const double p = std::pow(std::sin(angle / 2), 2);
      double ones = 0;
      for (std::size_t i = 0; i < shots[r].size(); ++i)
        if (shots[r].strings()[i][bit]) ones += static_cast<double>(shots[r].counts()[i]);
      CHECK(std::abs(ones - 4000 * p) < 4.5 * std::sqrt(4000 * p * (1 - p)));
    }
  CHECK(draw(Circuit(70), {}, 9)[0].size() == 1);
}

TEST_CASE("too many connected qubits are refused by their number") {
  StatevectorBackend backend;
  Circuit circuit = make_ansatz(AnsatzKind::ring, 40, 1);
  Circuit wider(60);
  wider.append(circuit);
  const auto refused = sample(
      backend, {wider, ParameterRows(1, wider.parameters(), std::vector<double>(wider.parameters())), Shots(10), {}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unsupported);
  CHECK_THAT(refused.error().message, Catch::Contains("connect 40 of the circuit's 60 qubits"));
  CHECK_THAT(refused.error().message, Catch::Contains("A state of 40 qubits takes 16384 GiB."));
}

}  // namespace bornite
