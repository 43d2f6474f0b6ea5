// Circuits compiled to the gates and couplings of a device.

#include <fmt/format.h>

#include "benchmark_case.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/compile/compile.hpp"
#include "bornite/util/random.hpp"

namespace bornite::bench {
namespace {

constexpr Qubit width = 16;

/// 156 qubits in the shape of today's large devices: eight rows of 16, every fourth qubit joined to the next row by one
/// between them. Errors are random, the same in every run.
Target heavy_hexagons() {
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test, .row = 6});
  TargetGate rz{.kind = NativeKind::rz, .everywhere = true}, sx{.kind = NativeKind::sx}, cz{.kind = NativeKind::cz};
  Qubit qubits = 0;
  const auto couple = [&](Qubit a, Qubit b) { cz.places[{a, b}] = {.error = 0.002 + 0.01 * random.uniform()}; };
  constexpr Qubit rows = 8, stride = width + 4;
  for (Qubit row = 0; row < rows; ++row) {
    const Qubit first = row * stride;
    for (Qubit column = 0; column + 1 < width; ++column) couple(first + column, first + column + 1);
    qubits = first + width;
    for (Qubit between = 0; row + 1 < rows && between < 4; ++between) {
      const Qubit column = 4 * between + (row % 2 == 0 ? 3 : 1);
      couple(first + column, qubits + between);
      couple(qubits + between, first + stride + column);
    }
  }
  Target target{"heavy hexagons", std::vector<QubitFigures>(qubits), {}};
  for (Qubit q = 0; q < qubits; ++q) {
    sx.places[{q, q}] = {.error = 0.0005 * random.uniform()};
    target.qubits[q].one_given_zero = target.qubits[q].zero_given_one = 0.03 * random.uniform();
  }
  target.gates = {rz, sx, cz};
  return target;
}

BenchmarkCase case_of(AnsatzKind ansatz, std::size_t qubits, std::size_t depth) {
  const Circuit circuit = make_ansatz(ansatz, qubits, depth);
  const auto run = [circuit, target = heavy_hexagons()](benchmark::State& state, std::size_t threads) {
    measure(state, threads, [&]() -> Result<void> {
      BORNITE_TRY(const Compiled compiled, compile(circuit, target));
      benchmark::DoNotOptimize(compiled.circuit.gates.data());
      return {};
    });
  };
  return {.group = "compile",
          .name = fmt::format("compile/{}/n{}", to_string(ansatz), qubits),
          .bits = qubits,
          .items = {"gate", static_cast<double>(circuit.gates().size())},
          .work = {},
          .run = run};
}

}  // namespace

BenchmarkCases compile_cases(const Scope& scope) {
  BenchmarkCases cases;
  cases.push_back(case_of(AnsatzKind::brickwork, scope.pick<std::size_t>(19, 5), 4));
  cases.push_back(case_of(AnsatzKind::brickwork, scope.pick<std::size_t>(100, 6), 8));
  cases.push_back(case_of(AnsatzKind::all_to_all, scope.pick<std::size_t>(20, 5), 2));
  return cases;
}

}  // namespace bornite::bench
