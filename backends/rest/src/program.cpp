#include "bornite/rest/program.hpp"

#include <numeric>
#include <utility>

#include "bornite/compile/check.hpp"

namespace bornite {
namespace {

constexpr std::size_t remembered = 4;

/// What every provider has: rotations and cx between any two qubits.
Target plain_gates(std::size_t qubits) {
  Target target{.name = "any device", .qubits = std::vector<QubitFigures>(qubits), .gates = {}};
  for (const NativeKind kind : {NativeKind::rx, NativeKind::ry, NativeKind::rz, NativeKind::cx})
    target.gates.push_back({.kind = kind, .everywhere = true});
  return target;
}

/// The dialect with native gates written as all others are: they are gates that every program may have.
Dialect as_for_circuits(Dialect dialect) {
  dialect.native_qubits = dialect.qubits;
  dialect.native_begin.clear();
  dialect.native_end.clear();
  return dialect;
}

}  // namespace

std::vector<Qubit> Program::measured() const {
  if (native) return native->measured;
  std::vector<Qubit> all(circuit.qubits());
  std::iota(all.begin(), all.end(), Qubit{0});
  return all;
}

ProgramSource::ProgramSource(Dialect dialect, std::optional<Target> target)
    : dialect_(std::move(dialect)), target_(std::move(target)) {}

Result<std::shared_ptr<const Program>> ProgramSource::get(const Circuit& circuit) {
  const std::lock_guard lock(mutex_);
  for (const auto& program : recent_)
    if (program->circuit == circuit) return program;
  BORNITE_TRY(Program made, make(circuit));
  recent_.push_front(std::make_shared<const Program>(std::move(made)));
  if (recent_.size() > remembered) recent_.pop_back();
  return recent_.front();
}

Result<Program> ProgramSource::make(const Circuit& circuit) const {
  if (!target_) {
    if (auto writer = QasmWriter::create(circuit, dialect_))
      return Program{circuit, *std::move(writer), {}, figures_of(circuit)};
    return compiled_for(circuit, plain_gates(circuit.qubits()), as_for_circuits(dialect_));
  }
  return compiled_for(circuit, *target_, dialect_);
}

Result<Program> ProgramSource::compiled_for(const Circuit& circuit, const Target& target,
                                            const Dialect& dialect) const {
  BORNITE_TRY(Compiled compiled, compile(circuit, target));
  BORNITE_CHECK(check(compiled.circuit, target));
  BORNITE_TRY(QasmWriter writer, QasmWriter::create(compiled.circuit, dialect));
  const CircuitFigures figures = figures_of(compiled.circuit);
  return Program{circuit, std::move(writer), std::move(compiled.circuit), figures};
}

}  // namespace bornite
