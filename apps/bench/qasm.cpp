// Circuits to OpenQASM text.

#include <fmt/format.h>

#include "benchmark_case.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/qasm/writer.hpp"
#include "circuits.hpp"

namespace bornite::bench {
namespace {

/// A parameter-shift request of bound programs.
BenchmarkCase write_case(std::size_t qubits, std::size_t depth, std::size_t rows) {
  return {.group = "qasm",
          .name = fmt::format("qasm/write{}rows/n{}", rows, qubits),
          .bits = qubits,
          .items = {"row", static_cast<double>(rows)},
          .work = {},
          .run = [=](benchmark::State& state, std::size_t threads) {
            const Circuit circuit = make_ansatz(AnsatzKind::brickwork, qubits, depth);
            const Dialect dialect = builtin_dialect("standard").value();
            const std::vector<double> theta = random_numbers(circuit.parameters());
            measure(state, threads, [&]() -> Result<void> {
              BORNITE_TRY(const QasmWriter writer, QasmWriter::create(circuit, dialect));
              for (std::size_t row = 0; row < rows; ++row) benchmark::DoNotOptimize(writer.bound(theta));
              return {};
            });
          }};
}

}  // namespace

BenchmarkCases qasm_cases(const Scope& scope) { return {write_case(20, 8, scope.pick(1000, 10))}; }

}  // namespace bornite::bench
