// What is written is read back: as the same circuit in the standard dialect, as an equivalent one in the others.

#include <numbers>
#include <numeric>

#include "bornite/qasm/reader.hpp"
#include "bornite/qasm/writer.hpp"
#include "bornite/util/random.hpp"
#include "catch.hpp"
#include "dense.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::size_t qubits = 4;
constexpr std::size_t parameters = 5;

using Random = RandomStream;

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

Angle random_angle(Random& random) {
  const double scales[] = {1.0, -1.0, 2.5, random.normal()};
  const double offsets[] = {0.0, random.normal(), 1e-9 * random.normal(), -3.0};
  if (below(random, 3) == 0) return Angle::constant(offsets[below(random, 4)]);
  return Angle::of(below(random, parameters), scales[below(random, 4)], offsets[below(random, 4)]);
}

/// Different qubits in random order.
std::vector<Qubit> random_qubits(Random& random, std::size_t count) {
  std::vector<Qubit> all(qubits);
  std::iota(all.begin(), all.end(), Qubit{0});
  for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[i + below(random, qubits - i)]);
  all.resize(count);
  return all;
}

Gate random_gate(Random& random, GateKind kind, std::size_t controls) {
  std::vector<Qubit> chosen = random_qubits(random, controls + target_count(kind));
  const auto middle = chosen.begin() + static_cast<std::ptrdiff_t>(controls);
  return {kind, {middle, chosen.end()}, {chosen.begin(), middle}, has_angle(kind) ? random_angle(random) : Angle{}};
}

/// Over every kind of gate with up to `most_controls` controls that `wanted` accepts, each at least twice.
template <typename Wanted>
Circuit random_circuit(Random& random, std::size_t most_controls, const Wanted& wanted) {
  Circuit circuit(qubits);
  for (int repeat = 0; repeat < 2; ++repeat)
    for (auto kind = GateKind::x; kind <= GateKind::global_phase;
         kind = static_cast<GateKind>(static_cast<int>(kind) + 1))
      for (std::size_t controls = 0; controls <= most_controls && controls + target_count(kind) <= qubits; ++controls)
        if (wanted(kind, controls)) circuit.append(random_gate(random, kind, controls));
  return circuit;
}

std::vector<double> random_theta(Random& random) {
  std::vector<double> theta(parameters);
  for (double& angle : theta) angle = 2 * std::numbers::pi * random.uniform();
  return theta;
}

QasmProgram read(const std::string& text) {
  const auto program = read_qasm(text, "written");
  INFO(text);
  INFO((program ? "" : describe(program.error())));
  REQUIRE(program);
  return *program;
}

}  // namespace

TEST_CASE("the standard dialect reads back as the same circuit, with inputs and with numbers") {
  Random random({.seed = 80, .purpose = StreamPurpose::test});
  const Dialect dialect = builtin_dialect("standard").value();
  for (int repeat = 0; repeat < 10; ++repeat) {
    const Circuit circuit = random_circuit(random, 3, [](GateKind, std::size_t) { return true; });
    const QasmWriter writer = QasmWriter::create(circuit, dialect).value();
    const QasmProgram inputs = read(*writer.parametric());
    CHECK(inputs.circuit == circuit);
    CHECK(inputs.inputs == writer.input_names());
    CHECK(inputs.measured == std::vector<Qubit>{0, 1, 2, 3});

    const std::vector<double> theta = random_theta(random);
    Circuit bound(qubits);
    for (Gate gate : circuit.gates()) {
      if (has_angle(gate.kind)) gate.angle = Angle::constant(gate.angle.value(theta));
      bound.append(std::move(gate));
    }
    CHECK(read(writer.bound(theta)).circuit == bound);
  }
}

TEST_CASE("every provider's dialect reads back as an equivalent circuit") {
  Random random({.seed = 81, .purpose = StreamPurpose::test});
  for (const std::string_view name : {"ionq", "braket", "qbraid"}) {
    const Dialect dialect = builtin_dialect(name).value();
    const auto wanted = [&](GateKind kind, std::size_t controls) {
      return dialect.gates.contains(std::string(controls, 'c').append(to_string(kind)));
    };
    for (int repeat = 0; repeat < 10; ++repeat) {
      CAPTURE(name);
      const Circuit circuit = random_circuit(random, 2, wanted);
      REQUIRE(circuit.gates().size() > 20);
      const QasmWriter writer = QasmWriter::create(circuit, dialect).value();
      const std::vector<double> theta = random_theta(random);
      const QasmProgram bound = read(writer.bound(theta));
      CHECK(distance_up_to_phase(dense_matrix(circuit, theta), dense_matrix(bound.circuit, {})) < 1e-12);
      CHECK(bound.measured == std::vector<Qubit>{0, 1, 2, 3});
      if (dialect.input_type.empty()) continue;
      CHECK(distance_up_to_phase(dense_matrix(circuit, theta),
                                 dense_matrix(read(*writer.parametric()).circuit, theta)) < 1e-12);
    }
  }
}

TEST_CASE("native circuits read back as equivalent ones, in every dialect that has their gates") {
  Random random({.seed = 82, .purpose = StreamPurpose::test});
  for (const std::string_view name : {"standard", "ibm", "braket"}) {
    const Dialect dialect = builtin_dialect(name).value();
    for (int repeat = 0; repeat < 10; ++repeat) {
      NativeCircuit circuit{qubits, {}, {2, 0, 3, 1}};
      for (int times = 0; times < 3; ++times)
        for (const NativeKind kind : native_kinds) {
          if (!dialect.gates.contains(to_string(kind))) continue;
          const std::vector<Qubit> chosen = random_qubits(random, 2);
          NativeGate gate{kind, {chosen[0], qubit_count(kind) == 2 ? chosen[1] : Qubit{0}}, {}};
          for (std::size_t a = 0; a < angle_count(kind); ++a)
            gate.angles[a] = AngleSum(random_angle(random)) + random_angle(random);
          circuit.gates.push_back(gate);
        }
      CAPTURE(name);
      const QasmWriter writer = QasmWriter::create(circuit, dialect).value();
      const std::vector<double> theta = random_theta(random);
      const Eigen::MatrixXcd expected = dense_matrix(expand(circuit), theta);
      const QasmProgram bound = read(writer.bound(theta));
      REQUIRE(bound.circuit.qubits() == qubits);
      CHECK(distance_up_to_phase(expected, dense_matrix(bound.circuit, {})) < 1e-12);
      CHECK(bound.measured == circuit.measured);
      const QasmProgram inputs = read(*writer.parametric());
      const std::vector<double> values = writer.input_values(theta);
      CHECK(distance_up_to_phase(expected, dense_matrix(inputs.circuit, values)) < 1e-12);
    }
  }
}
