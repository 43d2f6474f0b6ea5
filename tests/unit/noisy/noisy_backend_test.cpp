#include "bornite/noisy/noisy_backend.hpp"

#include "bornite/backend/sample.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "random_circuit.hpp"

namespace bornite {
namespace {

using Catch::Contains;

std::unique_ptr<QuantumBackend> make(const NoisyOptions& options) { return make_noisy_backend(options).value(); }

SampleRequest request(const Circuit& circuit, std::size_t rows, std::uint64_t shots, StreamKey stream = {.seed = 1}) {
  std::vector<double> theta;
  for (std::size_t r = 0; r != rows; ++r)
    for (const double t : test::random_theta(circuit, r)) theta.push_back(t);
  return {circuit, ParameterRows(rows, circuit.parameters(), std::move(theta)), Shots(shots), stream};
}

bool same(const ShotRow& a, const ShotRow& b) {
  return std::ranges::equal(a.counts(), b.counts()) && std::ranges::equal(a.strings().words(), b.strings().words());
}

double mean_of_bit(const ShotRow& row, std::size_t bit) {
  double ones = 0;
  for (std::size_t i = 0; i != row.size(); ++i)
    if (row.strings()[i][bit]) ones += static_cast<double>(row.counts()[i]);
  return ones / static_cast<double>(row.shots());
}

TEST_CASE("shots are the same for any number of threads, any split of the rows, and differ by stream") {
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 9, 4);
  for (const NoisyMode mode : {NoisyMode::trajectories, NoisyMode::density}) {
    const auto backend = make({.f = 3, .one_given_zero = 0.01, .mode = mode});
    const std::size_t rows = mode == NoisyMode::density ? 2 : 5;
    const Circuit small = mode == NoisyMode::density ? make_ansatz(AnsatzKind::brickwork, 5, 2) : circuit;
    const ShotTable first = sample(*backend, request(small, rows, 2000)).value();
    REQUIRE(first.rows() == rows);
    {
      const ThreadLimit one(1);
      const ShotTable again = sample(*backend, request(small, rows, 2000)).value();
      for (std::size_t r = 0; r != rows; ++r) CHECK(same(first[r], again[r]));
    }
    SampleRequest second = request(small, rows, 2000, {.seed = 1, .row = 1});
    second.rows = ParameterRows(1, small.parameters(), test::random_theta(small, 1));
    CHECK(same(sample(*backend, second).value()[0], first[1]));
    CHECK_FALSE(same(sample(*backend, request(small, 1, 2000, {.seed = 2})).value()[0], first[0]));
    CHECK_FALSE(same(sample(*backend, request(small, 1, 2000, {.seed = 1, .block = 1})).value()[0], first[0]));
  }
}

TEST_CASE("without noise shots follow the state, many of them too") {
  const Circuit circuit = test::random_circuit(6, 30, 2);
  const SampleRequest one = request(circuit, 1, 1'000'000);
  const auto q = StatevectorBackend().probabilities(circuit, one.rows[0]).value();
  for (const NoisyMode mode : {NoisyMode::trajectories, NoisyMode::density}) {
    const ShotTable table = sample(*make({.f = 0, .mode = mode}), one).value();
    double distance = 1;  // total variation, from above
    for (std::size_t i = 0; i != table[0].size(); ++i)
      distance -=
          std::min(q.probabilities()[table[0].strings()[i].index()], static_cast<double>(table[0].counts()[i]) / 1e6);
    CHECK(distance < 0.006);  // its mean is at most sqrt(64 / (2 pi 10^6)) = 0.0032
  }
}

TEST_CASE("more noise takes a certain outcome further away, as depolarisation says") {
  Circuit circuit(1);
  for (int i = 0; i != 100; ++i) circuit.x(0);
  for (const double f : {0.5, 5.0, 50.0}) {
    const double p = 0.001 * f;
    const double turned = (1 - std::pow(1 - 4 * p / 3, 100)) / 2;
    const ShotTable table = sample(*make({.f = f}), request(circuit, 1, 100'000)).value();
    CHECK(std::abs(mean_of_bit(table[0], 0) - turned) < 4.5 * std::sqrt(turned * (1 - turned) / 1e5));
  }
}

TEST_CASE("misreadings come with their own probabilities for 0 and for 1") {
  const auto backend = make({.f = 0, .one_given_zero = 0.03, .zero_given_one = 0.2});
  const ShotTable table = sample(*backend, request(Circuit(2).x(1), 1, 200'000)).value();
  CHECK(std::abs(mean_of_bit(table[0], 0) - 0.03) < 4.5 * std::sqrt(0.03 / 2e5));
  CHECK(std::abs(mean_of_bit(table[0], 1) - 0.8) < 4.5 * std::sqrt(0.16 / 2e5));
}

TEST_CASE("a noisy backend has shots alone") {
  const auto backend = make({});
  CHECK_FALSE(backend->capabilities().exact);
  CHECK_FALSE(backend->capabilities().remote);
  CHECK(dynamic_cast<ExactBackend*>(backend.get()) == nullptr);
  CHECK(backend->capabilities().max_qubits >= 20);
  CHECK(make({.mode = NoisyMode::density})->capabilities().max_qubits == 12);
}

TEST_CASE("what is out of range is refused with the value and the limit") {
  CHECK_THAT(make_noisy_backend({.f = -0.5}).error().message, Contains("f") && Contains("-0.5") && Contains("266.667"));
  CHECK_FALSE(make_noisy_backend({.f = 300}));
  CHECK_FALSE(make_noisy_backend({.f = std::nan("")}));
  CHECK_THAT(make_noisy_backend({.one_given_zero = 1.5}).error().message, Contains("one_given_zero"));
  CHECK_THAT(make_noisy_backend({.zero_given_one = -1}).error().message, Contains("zero_given_one"));
  const auto refused = sample(*make({.mode = NoisyMode::density}), request(Circuit(13).h(0), 1, 10));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unsupported);
  CHECK_THAT(refused.error().message, Contains("13") && Contains("12"));
}

TEST_CASE("options are read from text, also as a device's name, and unknown ones refused with those there are") {
  const NoisyOptions options =
      read_noisy_options("",
                         {{"f", "0.25"}, {"one_given_zero", "1e-2"}, {"zero_given_one", "0.5"}, {"mode", "density"}})
          .value();
  CHECK(options.f == 0.25);
  CHECK(options.one_given_zero == 0.01);
  CHECK(options.zero_given_one == 0.5);
  CHECK(options.mode == NoisyMode::density);
  CHECK(read_noisy_options("", {}).value().f == 1);
  const NoisyOptions named =
      read_noisy_options("f=2,zero_given_one=0.1", {{"f", "3"}, {"one_given_zero", "0.2"}}).value();
  CHECK(named.f == 2);
  CHECK(named.one_given_zero == 0.2);
  CHECK(named.zero_given_one == 0.1);
  CHECK_THAT(read_noisy_options("rubidium", {}).error().message, Contains("'rubidium'"));
  CHECK_THAT(read_noisy_options("", {{"g", "1"}}).error().message, Contains("'g'"));
  CHECK_THAT(read_noisy_options("", {{"f", "much"}}).error().message, Contains("much") && Contains("no number"));
  CHECK_THAT(read_noisy_options("f=1x", {}).error().message, Contains("1x"));
  CHECK_THAT(read_noisy_options("", {{"mode", "exact"}}).error().message, Contains("exact"));
}

}  // namespace
}  // namespace bornite
