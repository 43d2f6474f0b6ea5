// Circuits as a device with T1, T2, gate errors, durations and misreadings runs them.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bornite/backend/sample.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/compile/target_file.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "density_matrix.hpp"
#include "device_program.hpp"
#include "random_circuit.hpp"
#include "temporary_directory.hpp"

namespace bornite {
namespace {

using Catch::Contains;
using noisy::device_program;
using noisy::outcome_probabilities;

/// A line of six qubits; what is asked for joins the text.
constexpr const char* line = R"(
name = "line"
qubits = 6
couplings = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]]
one_given_zero = [0.01, 0.02, 0.03, 0.01, 0.02, 0.03]
zero_given_one = 0.05
t1 = [1e-4, 9e-5, 2e-4, 1e-4, 5e-5, 1e-4]
t2 = [1e-4, 1.5e-4, 1e-4, 5e-5, 5e-5, 2.2e-4]
[gates.rz]
[gates.sx]
error = 0.002
duration = 1e-7
[gates.cz]
error = 0.02
duration = 5e-7
)";

Target line_target() { return read_toml_target({line, "line.toml"}).value(); }

double largest_difference(std::span<const double> a, std::span<const double> b) {
  REQUIRE(a.size() == b.size());
  double most = 0;
  for (std::size_t i = 0; i != a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

TEST_CASE("an excited qubit decays while gates act on it and while it waits for others") {
  Target target{.name = "two", .qubits = std::vector<QubitFigures>(2), .gates = {}};
  for (QubitFigures& qubit : target.qubits) qubit.t1 = 1.0;
  target.gates.push_back({.kind = NativeKind::x, .everywhere = true, .typical = {.duration = 0.1}});
  target.gates.push_back({.kind = NativeKind::sx, .everywhere = true, .typical = {.duration = 0.3}});
  // qubit 0: X for 0.1 s, then it waits until qubit 1 is done at 0.9 s; qubit 1 ends in 1 - |0> -> sx sx sx sx = 1
  const NativeCircuit circuit{
      .qubits = 2,
      .gates = {{NativeKind::x, {0}}, {NativeKind::sx, {1}}, {NativeKind::sx, {1}}, {NativeKind::sx, {1}}},
      .measured = {0}};
  const auto q = outcome_probabilities(device_program(circuit, target, 1), {});
  CHECK(q[1] == Approx(std::exp(-0.9)).epsilon(1e-12));
  const auto half = outcome_probabilities(device_program(circuit, target, 0.5), {});
  CHECK(half[1] == Approx(std::exp(-0.45)).epsilon(1e-12));
}

TEST_CASE("a qubit that waits before its first gate loses nothing") {
  Target target{.name = "two", .qubits = std::vector<QubitFigures>(2), .gates = {}};
  for (QubitFigures& qubit : target.qubits) qubit.t1 = 1.0;
  target.gates.push_back({.kind = NativeKind::x, .everywhere = true, .typical = {.duration = 0.1}});
  target.gates.push_back({.kind = NativeKind::cz, .everywhere = true, .typical = {.duration = 0.4}});
  // the CZ waits for qubit 0's two X; qubit 1 is excited at its end alone
  const NativeCircuit circuit{
      .qubits = 2,
      .gates = {{NativeKind::x, {0}}, {NativeKind::x, {0}}, {NativeKind::cz, {0, 1}}, {NativeKind::x, {1}}},
      .measured = {1}};
  const noisy::NoiseProgram program = device_program(circuit, target, 1);
  CHECK(outcome_probabilities(program, {})[1] == Approx(std::exp(-0.1)).epsilon(1e-12));
  for (const noisy::FaultPlace& place : program.places) CHECK((place.qubits == 0b01 || place.gates >= 3));
}

TEST_CASE("a gate's error and the misreadings are the device's") {
  const Target target = line_target();
  const NativeCircuit circuit{.qubits = 6, .gates = {{NativeKind::sx, {2}}, {NativeKind::sx, {2}}}, .measured = {2, 4}};
  const auto q = outcome_probabilities(device_program(circuit, target, 0), {});
  CHECK(q[0b01] == Approx(0.95 * 0.98));
  CHECK(q[0b11] == Approx(0.95 * 0.02));
  CHECK(q[0b00] == Approx(0.05 * 0.98));
}

TEST_CASE("on a device without noise a compiled circuit yields the original's distribution, in its order of bits") {
  Target target = line_target();
  for (QubitFigures& qubit : target.qubits) qubit.one_given_zero = qubit.zero_given_one = 0;
  for (std::uint64_t seed = 0; seed != 4; ++seed) {
    const Circuit circuit = test::random_circuit(5, 14, seed, 1);  // needs swaps
    const std::vector<double> theta = test::random_theta(circuit, seed);
    const auto compiled = compile(circuit, target).value();
    const auto program = noisy::without_last_phases(device_program(compiled.circuit, target, 0));
    const auto q = StatevectorBackend().probabilities(circuit, theta).value();
    CAPTURE(seed, compiled.report.swaps);
    CHECK(largest_difference(outcome_probabilities(program, theta), q.probabilities()) < 1e-11);
  }
}

/// How far the shots are from the distribution, in standard deviations of chi-square.
double deviation(const ShotRow& row, std::span<const double> q) {
  std::vector<double> counts(q.size());
  for (std::size_t i = 0; i != row.size(); ++i) counts[row.strings()[i].index()] = static_cast<double>(row.counts()[i]);
  double chi_square = 0;
  double freedom = -1;
  for (std::size_t k = 0; k != q.size(); ++k) {
    const double expected = q[k] * static_cast<double>(row.shots());
    if (expected < 5) continue;
    chi_square += (counts[k] - expected) * (counts[k] - expected) / expected;
    ++freedom;
  }
  return (chi_square - freedom) / std::sqrt(2 * freedom);
}

TEST_CASE("shots of a device follow its exact distribution") {
  const Target target = line_target();
  const auto backend = make_noisy_backend({.f = 5, .target = target}).value();
  for (const AnsatzKind kind : {AnsatzKind::brickwork, AnsatzKind::ring}) {
    const Circuit circuit = make_ansatz(kind, 5, 3);
    const std::vector<double> theta = test::random_theta(circuit, 9);
    const auto compiled = compile(circuit, target).value();
    const auto q = outcome_probabilities(device_program(compiled.circuit, target, 5), theta);
    const auto without = outcome_probabilities(device_program(compiled.circuit, target, 4), theta);
    const SampleRequest request{circuit, ParameterRows(1, theta.size(), theta), Shots(60'000), {.seed = 3}};
    const ShotTable table = sample(*backend, request).value();
    CHECK(std::abs(deviation(table[0], q)) < 4.5);
    CHECK(deviation(table[0], without) > 6);
  }
}

TEST_CASE("a device's file is an option, or the backend's name") {
  const TemporaryDirectory folder;
  const std::string file = (folder.path() / "line.toml").string();
  std::ofstream(file) << line;
  const NoisyOptions options = read_noisy_options(file + ",f=0.5", {}).value();
  REQUIRE(options.target);
  CHECK(options.target->name == "line");
  CHECK(options.f == 0.5);
  CHECK(read_noisy_options("", {{"target", file}}).value().target->qubits.size() == 6);
  CHECK(read_noisy_options((folder.path() / "line").string(), {}).value().target->name == "line");
  CHECK_FALSE(read_noisy_options("line", {}));
  ::setenv("BORNITE_TARGET_PATH", ("/nowhere:" + folder.path().string()).c_str(), 1);
  CHECK(read_noisy_options("line", {}).value().target->name == "line");
  ::unsetenv("BORNITE_TARGET_PATH");
  const auto backend = make_noisy_backend(options).value();
  CHECK(backend->capabilities().max_qubits == 6);
  CHECK(backend->describe().value().target->name == "line");
  const auto refused = sample(*backend, {Circuit(7).h(0), ParameterRows(1, 0, {}), Shots(10), {}});
  CHECK_THAT(refused.error().message, Contains("7") && Contains("6"));

  CHECK_THAT(read_noisy_options("nowhere.json", {}).error().message, Contains("nowhere.json"));
  CHECK_THAT(read_noisy_options("", {{"properties", "p.json"}}).error().message, Contains("properties"));
  NoisyOptions with_readout = options;
  with_readout.one_given_zero = 0.1;
  CHECK_THAT(make_noisy_backend(with_readout).error().message, Contains("line"));
}

TEST_CASE("a circuit of brickwork runs on a real device as it is described") {
  const auto files = std::filesystem::path(BORNITE_SHARED) / "providers" / "data" / "ibm";
  if (!std::filesystem::exists(files / "conf_fez.json")) return;
  const auto options = read_noisy_options(
      "", {{"target", (files / "conf_fez.json").string()}, {"properties", (files / "props_fez.json").string()}});
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 8, 4);
  const std::vector<double> theta = test::random_theta(circuit, 2);
  const SampleRequest request{circuit, ParameterRows(1, theta.size(), theta), Shots(20'000), {.seed = 3}};
  const ShotTable shots = sample(*make_noisy_backend(options.value()).value(), request).value();
  NoisyOptions exact = options.value();
  exact.mode = NoisyMode::density;
  const ShotTable more = sample(*make_noisy_backend(exact).value(), request).value();
  for (std::size_t bit = 0; bit != 8; ++bit) {
    double difference = 0;
    for (const auto& [row, sign] : {std::pair(&shots[0], 1.0), std::pair(&more[0], -1.0)})
      for (std::size_t i = 0; i != row->size(); ++i)
        if (row->strings()[i][bit]) difference += sign * static_cast<double>(row->counts()[i]);
    CHECK(std::abs(difference) < 4.5 * std::sqrt(2 * 20'000 / 4.0));
  }
}

}  // namespace
}  // namespace bornite
