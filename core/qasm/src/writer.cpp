#include "bornite/qasm/writer.hpp"

#include "number.hpp"
#include "operation.hpp"
#include "program_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace bornite {
namespace {

Error missing_gate(std::string_view operation, std::size_t place, const Dialect& dialect) {
  return {ErrorKind::unsupported,
          fmt::format("The dialect {} of OpenQASM has no gate for {}, which is gate {} of the circuit.", dialect.name,
                      operation, place + 1),
          "Compile the circuit for the device first, or choose another dialect."};
}

/// A gate's name in the dialect, and the modifiers that it needs.
struct Spelling {
  std::string modifiers;
  std::string gate;
  std::string operation;  ///< what the name stands for
};

const std::string* name_of(const Dialect& dialect, const std::string& operation) {
  const auto found = dialect.gates.find(operation);
  return found == dialect.gates.end() ? nullptr : &found->second;
}

std::optional<Spelling> spell(const Gate& gate, const Dialect& dialect) {
  const std::size_t controls = gate.controls.size();
  if (std::string whole = operation_name(gate.kind, controls); const auto* name = name_of(dialect, whole))
    return Spelling{"", *name, std::move(whole)};
  if (!dialect.modifiers) return std::nullopt;
  const std::string control = controls == 0 ? "" : controls == 1 ? "ctrl @ " : fmt::format("ctrl({}) @ ", controls);
  if (std::string alone = operation_name(gate.kind, 0); const auto* name = name_of(dialect, alone))
    return Spelling{control, *name, std::move(alone)};
  // Only a kind without an angle can lack a name and have an inverse that has one.
  std::string undone = operation_name(inverse(gate).kind, 0);
  if (const auto* name = name_of(dialect, undone)) return Spelling{control + "inv @ ", *name, std::move(undone)};
  return std::nullopt;
}

/// The expression in the parameters' names.
void append_expression(std::string& text, const AngleSum& angle, std::span<const std::string> names) {
  for (bool first = true; const AngleSum::Term& term : angle.terms()) {
    if (term.scale < 0) text += '-';
    if (term.scale > 0 && !first) text += '+';
    if (std::abs(term.scale) != 1) {
      append_number(text, std::abs(term.scale));
      text += '*';
    }
    text += names[static_cast<std::size_t>(term.parameter)];
    first = false;
  }
  if (angle.offset() == 0) return;
  if (angle.offset() > 0) text += '+';
  append_number(text, angle.offset());
}

}  // namespace

Result<QasmWriter> QasmWriter::create(const Circuit& circuit, const Dialect& dialect) {
  ProgramBuilder program(dialect, dialect.qubits, circuit.parameters());
  std::vector<Qubit> qubits;
  for (std::size_t place = 0; place < circuit.gates().size(); ++place) {
    const Gate& gate = circuit.gates()[place];
    const auto spelling = spell(gate, dialect);
    if (!spelling) {
      if (gate.kind == GateKind::global_phase && gate.controls.empty()) continue;
      return missing_gate(operation_name(gate.kind, gate.controls.size()), place, dialect);
    }
    program.define(spelling->operation);
    qubits = gate.controls;
    qubits.insert(qubits.end(), gate.targets.begin(), gate.targets.end());
    const AngleSum angle = gate.angle;
    program.statement(spelling->modifiers, spelling->gate, std::span(&angle, has_angle(gate.kind) ? 1 : 0), qubits);
  }
  std::vector<Qubit> all(circuit.qubits());
  std::iota(all.begin(), all.end(), Qubit{0});
  return program.finish(circuit.qubits(), all);
}

Result<QasmWriter> QasmWriter::create(const NativeCircuit& circuit, const Dialect& dialect) {
  ProgramBuilder program(dialect, dialect.native_qubits, circuit.parameters());
  program.line(dialect.native_begin);
  Qubit highest = 0;
  for (const Qubit qubit : circuit.measured) highest = std::max(highest, qubit);
  for (std::size_t place = 0; place < circuit.gates.size(); ++place) {
    const NativeGate& gate = circuit.gates[place];
    const auto* name = name_of(dialect, std::string(to_string(gate.kind)));
    if (name == nullptr) return missing_gate(to_string(gate.kind), place, dialect);
    const std::span qubits(gate.qubits.data(), qubit_count(gate.kind));
    highest = std::max(highest, std::ranges::max(qubits));
    program.define(to_string(gate.kind));
    program.statement("", *name, std::span(gate.angles.data(), angle_count(gate.kind)), qubits);
  }
  program.line(dialect.native_end);
  return program.finish(std::size_t{highest} + 1, circuit.measured);
}

std::string QasmWriter::bound(std::span<const double> theta) const {
  std::string text = head_;
  std::size_t size = text.size();
  for (const std::string& piece : pieces_) size += piece.size() + 24;
  text.reserve(size);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    text += pieces_[i];
    append_number(text, angles_[slots_[i]].value(theta));
  }
  return text += pieces_.back();
}

Result<std::string> QasmWriter::parametric() const {
  if (input_type_.empty())
    return Error{
        ErrorKind::unsupported,
        fmt::format("The dialect {} of OpenQASM has no inputs: its programs need a number for every angle.", dialect_),
        "Give the values of the parameters."};
  const std::vector<std::string> names = input_names();
  std::string text = head_;
  for (const std::string& name : names) text += fmt::format("input {} {};\n", input_type_, name);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    text += pieces_[i];
    if (expressions_)
      append_expression(text, angles_[slots_[i]], names);
    else
      text += names[slots_[i]];
  }
  return text += pieces_.back();
}

std::vector<std::string> QasmWriter::input_names() const {
  const std::size_t count = expressions_ ? parameters_ : angles_.size();
  const std::size_t digits = std::to_string(count == 0 ? 0 : count - 1).size();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(fmt::format("theta_{:0{}}", i, digits));
  return names;
}

std::vector<AngleSum> QasmWriter::input_angles() const {
  if (!expressions_) return angles_;
  std::vector<AngleSum> angles;
  for (std::size_t i = 0; i < parameters_; ++i) angles.emplace_back(Angle::of(i));
  return angles;
}

std::vector<double> QasmWriter::input_values(std::span<const double> theta) const {
  if (expressions_) return {theta.begin(), theta.begin() + static_cast<std::ptrdiff_t>(parameters_)};
  std::vector<double> values;
  for (const AngleSum& angle : angles_) values.push_back(angle.value(theta));
  return values;
}

}  // namespace bornite
