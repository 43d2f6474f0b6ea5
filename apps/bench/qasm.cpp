// Circuits to OpenQASM text, and back.

#include <fmt/format.h>

#include "benchmark_case.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/qasm/reader.hpp"
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

BenchmarkCase read_case(std::string_view what, std::size_t qubits, std::string text) {
  constexpr double megabyte = 1e6;
  return {.group = "qasm",
          .name = fmt::format("qasm/read_{}/n{}", what, qubits),
          .bits = qubits,
          .items = {"MB", static_cast<double>(text.size()) / megabyte},
          .work = {},
          .run = [text = std::move(text)](benchmark::State& state, std::size_t threads) {
            measure(state, threads, [&]() -> Result<void> {
              BORNITE_TRY(const QasmProgram program, read_qasm(text, "benchmark"));
              benchmark::DoNotOptimize(program.circuit.gates().data());
              return {};
            });
          }};
}

/// Gates one by one, with numbers for angles.
std::string flat_program(std::size_t qubits, std::size_t depth) {
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, qubits, depth);
  const QasmWriter writer = QasmWriter::create(circuit, builtin_dialect("standard").value()).value();
  return writer.bound(random_numbers(circuit.parameters()));
}

/// Calls of a gate that the program defines, whose body is read for each.
std::string calling_program(std::size_t qubits, std::size_t calls) {
  std::string text = fmt::format(
      "include \"stdgates.inc\";\ngate block(t) a, b {{ ry(t/2) a; cx a, b; rz(-t) b; cx a, b; }}\nqubit[{}] q;\n",
      qubits);
  for (std::size_t call = 0; call < calls; ++call)
    text += fmt::format("block(0.{}) q[{}], q[{}];\n", call, call % qubits, (call + 1) % qubits);
  return text;
}

}  // namespace

BenchmarkCases qasm_cases(const Scope& scope) {
  const std::size_t qubits = 100;
  return {write_case(20, 8, scope.pick(1000, 10)),
          read_case("flat", qubits, flat_program(qubits, scope.pick<std::size_t>(400, 4))),
          read_case("calls", qubits, calling_program(qubits, scope.pick<std::size_t>(50'000, 500)))};
}

}  // namespace bornite::bench
