// Every backend samples what the circuit says, in the order and number that was asked for.
#include <cmath>
#include <numbers>
#include <tuple>

#include "backends_under_test.hpp"
#include "catch.hpp"
#include "dense_reference.hpp"

namespace bornite {
namespace {

constexpr double pi = std::numbers::pi;

/// Whether a count is as near to what its probability says as all but one in 10^10 are, by Bernstein's inequality.
/// Services choose their own random numbers, so these tests see others each time.
bool plausible(std::uint64_t count, double probability, std::uint64_t shots) {
  const double mean = probability * static_cast<double>(shots);
  const double variance = mean * std::max(0.0, 1 - probability);
  const double exponent = std::log(2e10);
  return std::abs(static_cast<double>(count) - mean) <=
         exponent / 3 + std::sqrt(exponent * exponent / 9 + 2 * variance * exponent);
}

TEST_CASE("the list of backends holds the built-in engines, both templates and every provider") {
  CHECK(usual_backends() == std::vector<std::string>{"statevector", "noisy", "template", "example:rubidium",
                                                     "ionq:simulator", "ibm:ibm_emulated", "braket:sv1",
                                                     "qbraid:qbraid:qbraid:sim:emulated-sv"});
  CHECK_FALSE(backends_under_test().empty());
  if (backends_under_test() != usual_backends()) return;
  CHECK(registry_under_test().find("statevector")->origin.built_in());
  for (const std::string& name : usual_backends()) {
    CAPTURE(name);
    const bool built_in = name == "statevector" || name == "noisy";
    const bool local = built_in || name == "template";
    CHECK(make_backend(name)->capabilities().remote == !local);
    CHECK(registry_under_test().find(name.substr(0, name.find(':')))->origin.built_in() == built_in);
  }
}

TEST_CASE("the engine's device is the precision of its amplitudes, and others are refused with those there are") {
  Circuit circuit(1);
  circuit.ry(0, Angle::constant(1.0));
  for (const auto& [device, most, least] :
       {std::tuple{"complex128", 1e-15, 0.0}, std::tuple{"complex64", 1e-7, 1e-12}}) {
    const auto backend = make_exact_backend("statevector:" + std::string(device));
    CHECK_THAT(backend->capabilities().description, Catch::Contains(device));
    const double error =
        std::abs(backend->probabilities(circuit, {}).value().probabilities()[1] - std::pow(std::sin(0.5), 2));
    CHECK(error <= most);
    CHECK(error >= least);
  }
  const auto refused = registry_under_test().create("statevector:complex32");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::usage);
  CHECK_THAT(describe(refused.error()), Catch::Contains("complex32") && Catch::Contains("statevector:complex64"));
}

TEST_CASE("a backend says who it is") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const std::string& device = backend->capabilities().device;
  CHECK((device.empty() ? backend->capabilities().name : backend->capabilities().name + ":" + device) == name);
  CHECK_FALSE(backend->capabilities().description.empty());
  CHECK(backend->capabilities().max_qubits >= 5);
  CHECK(backend->capabilities().exact == (dynamic_cast<ExactBackend*>(backend.get()) != nullptr));
}

TEST_CASE("a Bell state gives equal bits, half of them ones") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  Circuit bell(2);
  bell.h(0).cx(0, 1);
  const ShotTable table = shots_of(*make_backend(name), one_row(bell, 10'000));
  REQUIRE(table.rows() == 1);
  CHECK(table[0].size() == 2);
  CHECK(count_of(table[0], "00") + count_of(table[0], "11") == 10'000);
  CHECK(plausible(count_of(table[0], "11"), 0.5, 10'000));
}

TEST_CASE("bit i of an outcome is qubit i, for every set of flipped qubits") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  const std::size_t qubits = GENERATE(3, 4, 5);
  const auto backend = make_backend(name);
  if (backend->capabilities().remote && qubits > 3) return;  // a job per circuit takes its time
  for (std::uint64_t flipped = 0; flipped < (1U << qubits); ++flipped) {
    CAPTURE(name, qubits, flipped);
    Circuit circuit(qubits);
    for (Qubit q = 0; q < qubits; ++q)
      if ((flipped >> q) & 1) circuit.x(q);
    const ShotTable table = shots_of(*backend, one_row(circuit, 3));
    REQUIRE(table[0].size() == 1);
    CHECK(table[0].bits() == qubits);
    CHECK(table[0].strings()[0].index() == flipped);
    CHECK(table[0].counts()[0] == 3);
  }
}

TEST_CASE("a controlled gate distinguishes its control from its target") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  CHECK(count_of(shots_of(*backend, one_row(Circuit(3).x(0).cx(0, 2), 5))[0], "101") == 5);
  CHECK(count_of(shots_of(*backend, one_row(Circuit(3).x(0).cx(2, 0), 5))[0], "100") == 5);
  CHECK(count_of(shots_of(*backend, one_row(Circuit(4).x(0).x(3).ccx(0, 3, 1), 5))[0], "1101") == 5);
  CHECK(count_of(shots_of(*backend, one_row(Circuit(4).x(0).ccx(0, 3, 1), 5))[0], "1000") == 5);
}

TEST_CASE("random circuits of all gates give the distribution of dense matrix products") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  const auto backend = make_backend(name);
  RandomStream random({.seed = 5, .purpose = StreamPurpose::test});
  constexpr std::uint64_t shots = 100'000;
  const std::uint64_t trials = backend->capabilities().remote ? 3 : 8;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    CAPTURE(name, trial);
    const Circuit circuit = random_circuit(4, 40, 3, random);
    const std::vector<double> theta = random_angles(3, random);
    const std::vector<double> q = dense_probabilities(circuit, theta);
    const ShotTable table = shots_of(*backend, one_row(circuit, shots, 100 + trial, theta));
    for (std::uint64_t k = 0; k < q.size(); ++k) {
      CAPTURE(k, q[k]);
      CHECK(plausible(count_of(table[0], Bitstring::from_index(4, k).to_text()), q[k], shots));
    }
  }
}

TEST_CASE("rows come back in the order of the parameters") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  Circuit circuit(3);
  for (Qubit q = 0; q < 3; ++q) circuit.ry(q, Angle::of(q));
  const SampleRequest request{circuit, ParameterRows(4, 3, {pi, 0, 0, 0, pi, 0, 0, 0, pi, pi, pi, 0}), Shots(7),
                              test_stream(1)};
  const ShotTable table = shots_of(*make_backend(name), request);
  REQUIRE(table.rows() == 4);
  CHECK(count_of(table[0], "100") == 7);
  CHECK(count_of(table[1], "010") == 7);
  CHECK(count_of(table[2], "001") == 7);
  CHECK(count_of(table[3], "110") == 7);
}

TEST_CASE("every row has as many shots as were asked for") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  Circuit circuit(2);
  circuit.h(0).ry(1, Angle::of(0));
  const SampleRequest request{circuit, ParameterRows(3, 1, {0.3, 0.4, 0.5}), Shots({1, 1000, 17}), test_stream(2)};
  const ShotTable table = shots_of(*make_backend(name), request);
  REQUIRE(table.rows() == 3);
  CHECK(table[0].shots() == 1);
  CHECK(table[1].shots() == 1000);
  CHECK(table[2].shots() == 17);
  for (std::size_t r = 0; r < 3; ++r) {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : table[r].counts()) sum += count;
    CHECK(sum == table[r].shots());
  }
}

TEST_CASE("on local backends the same stream gives the same shots, another gives others") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  if (make_backend(name)->capabilities().remote) return;
  Circuit circuit(5);
  for (Qubit q = 0; q < 5; ++q) circuit.h(q);
  const auto shots = [&](std::uint64_t seed) { return shots_of(*make_backend(name), one_row(circuit, 500, seed)); };
  CHECK(same_row(shots(3)[0], shots(3)[0]));
  CHECK_FALSE(same_row(shots(3)[0], shots(4)[0]));
}

TEST_CASE("on local backends rows asked for together and apart give the same shots, and rows differ") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  if (backend->capabilities().remote) return;
  Circuit circuit(4);
  for (Qubit q = 0; q < 4; ++q) circuit.h(q).rz(q, Angle::of(0));
  const SampleRequest both{circuit, ParameterRows(2, 1, {0.1, 0.1}), Shots(300), test_stream(9)};
  const ShotTable together = shots_of(*backend, both);
  for (std::uint32_t r = 0; r < 2; ++r) {
    SampleRequest one{circuit, ParameterRows(1, 1, {0.1}), Shots(300), test_stream(9)};
    one.stream.row = r;
    CHECK(same_row(shots_of(*backend, one)[0], together[r]));
  }
  CHECK_FALSE(same_row(together[0], together[1]));
}

}  // namespace
}  // namespace bornite
