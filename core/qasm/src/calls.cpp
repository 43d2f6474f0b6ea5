// Calls of gates, on single qubits and on whole registers.

#include "interpreter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bornite::qasm {

/// Neither builtin nor definition if there is no such gate.
Result<Interpreter::Callee> Interpreter::callee(const Token& name) const {
  Callee callee{.name = name};
  if (name.word == Word::gphase) return callee;
  const auto index = static_cast<std::size_t>(name.word);
  if (index < definition_of_.size() && definition_of_[index] >= 0 &&
      static_cast<std::size_t>(definition_of_[index]) < visible_definitions_) {
    callee.definition = &definitions_[static_cast<std::size_t>(definition_of_[index])];
    callee.angles = callee.definition->parameters.size();
    callee.qubits = callee.definition->qubits.size();
    return callee;
  }
  const std::span<const BuiltinGate> known = builtin_gates();
  const std::size_t place = index - static_cast<std::size_t>(Word::count);
  if (place >= known.size()) return callee;
  callee.builtin = &known[place];
  if (evaluator_.is_version_2() && callee.builtin->name == "U")
    callee.builtin = &*std::ranges::find(known, "u3", &BuiltinGate::name);
  callee.angles = callee.builtin->angles;
  callee.qubits = callee.builtin->qubits;
  return callee;
}

/// The name has been read, what follows it has not.
Result<void> Interpreter::call(const Token& name, std::span<const Modifier> modifiers) {
  BORNITE_TRY(const Callee callee, this->callee(name));
  if (name.word == defining_) return cursor_.refuse(name, "A gate cannot call itself.");
  if (name.word != Word::gphase && callee.builtin == nullptr && callee.definition == nullptr)
    return cursor_.refuse(name, fmt::format("There is no gate named \"{}\" here.", cursor_.text(name)),
                          "Define it before its use, as in \"gate g(t) a, b { cx a, b; rz(t) b; }\".");
  BORNITE_TRY(const bool is_open, read_angles(callee));
  std::size_t controls = 0;
  for (const Modifier& modifier : modifiers) controls += modifier.controls;
  BORNITE_CHECK(read_operands(callee, controls + callee.qubits));
  BORNITE_CHECK(end_of_statement());
  BORNITE_TRY(const std::optional<std::size_t> count, broadcast_size(operands_));
  if (!in_gate_)
    for (const Operand& operand : operands_) BORNITE_CHECK(use(operand, QubitState::used));

  // A body that is carried out reads calls of its own into angles_ and operands_.
  const std::vector<AngleSum> angles = callee.definition != nullptr ? angles_ : std::vector<AngleSum>();
  const std::vector<Operand> operands = callee.definition != nullptr ? operands_ : std::vector<Operand>();
  const std::span<const Operand> all = callee.definition != nullptr ? operands : operands_;
  std::vector<Qubit> qubits(all.size());
  for (std::size_t i = 0; i < count.value_or(1); ++i) {
    for (std::size_t k = 0; k < all.size(); ++k) qubits[k] = all[k].selection[all[k].is_scalar ? 0 : i];
    BORNITE_CHECK(require_distinct(name, qubits));
    if (defining_ || is_open) continue;
    BORNITE_CHECK(call_on(callee, modifiers, callee.definition != nullptr ? angles : angles_, qubits));
  }
  return {};
}

/// Into angles_. Whether one of them is open.
Result<bool> Interpreter::read_angles(const Callee& callee) {
  angles_.clear();
  bool is_open = false;
  if (cursor_.accept(TokenKind::left_parenthesis)) {
    while (!cursor_.at(TokenKind::right_parenthesis)) {
      BORNITE_TRY(std::optional<AngleSum> angle, evaluator_.angle());
      is_open = is_open || !angle;
      angles_.push_back(std::move(angle).value_or(AngleSum()));
      if (!cursor_.accept(TokenKind::comma)) break;
    }
    BORNITE_CHECK(cursor_.expect(TokenKind::right_parenthesis, "\")\""));
  }
  if (angles_.size() == callee.angles) return is_open;
  return cursor_.refuse(callee.name, fmt::format("The gate \"{}\" takes {} angle{}, not {}.", cursor_.text(callee.name),
                                                 callee.angles, callee.angles == 1 ? "" : "s", angles_.size()));
}

/// Into operands_.
Result<void> Interpreter::read_operands(const Callee& callee, std::size_t wanted) {
  operands_.clear();
  while (!cursor_.at(TokenKind::semicolon)) {
    BORNITE_TRY(Operand operand, qubit_operand());
    operands_.push_back(std::move(operand));
    if (!cursor_.accept(TokenKind::comma)) break;
  }
  if (operands_.size() == wanted) return {};
  return cursor_.refuse(
      callee.name,
      fmt::format("The gate \"{}\" takes {} qubit{}{}, not {}.", cursor_.text(callee.name), wanted,
                  wanted == 1 ? "" : "s", wanted == callee.qubits ? "" : " with its controls", operands_.size()));
}

/// How many gates a call makes; nothing if no operand is a register.
Result<std::optional<std::size_t>> Interpreter::broadcast_size(std::span<const Operand> operands) const {
  std::optional<std::size_t> size;
  for (const Operand& operand : operands) {
    if (operand.is_scalar) continue;
    if (size && *size != operand.selection.size())
      return cursor_.refuse(operand.token,
                            fmt::format("\"{}\" stands for {} qubits and another operand for {}.",
                                        cursor_.text(operand.token), operand.selection.size(), *size),
                            "Registers that a gate is carried out on together must have one size.");
    size = operand.selection.size();
  }
  return size;
}

Result<void> Interpreter::require_distinct(const Token& call, std::span<const Qubit> qubits) const {
  constexpr std::size_t few = 8;
  bool is_twice = false;
  if (qubits.size() <= few) {
    for (std::size_t i = 1; i < qubits.size(); ++i)
      is_twice = is_twice || std::find(qubits.begin(), qubits.begin() + i, qubits[i]) != qubits.begin() + i;
  } else {
    std::vector<Qubit> sorted(qubits.begin(), qubits.end());
    std::ranges::sort(sorted);
    is_twice = std::ranges::adjacent_find(sorted) != sorted.end();
  }
  if (!is_twice) return {};
  return cursor_.refuse(call, fmt::format("The gate \"{}\" is given the same qubit twice.", cursor_.text(call)));
}

Result<void> Interpreter::call_on(const Callee& callee, std::span<const Modifier> modifiers,
                                  std::span<const AngleSum> angles, std::span<const Qubit> qubits) {
  const std::size_t begin = gates_.size();
  std::size_t controls = qubits.size() - callee.qubits;
  if (callee.builtin != nullptr)
    callee.builtin->build(gates_, angles, qubits.subspan(controls));
  else if (callee.definition != nullptr)
    BORNITE_CHECK(carry_out(*callee.definition, angles, qubits.subspan(controls), callee.name));
  else
    gates_.add_angle(GateKind::global_phase, {}, {}, angles[0]);
  for (auto modifier = modifiers.rbegin(); modifier != modifiers.rend(); ++modifier) {
    controls -= modifier->controls;
    BORNITE_CHECK(apply(*modifier, begin, qubits.subspan(controls, modifier->controls)));
  }
  return check_size(callee.name, gates_.size());
}

Result<void> Interpreter::check_size(const Token& token, std::size_t gates) const {
  if (gates <= cursor_.limits().gates) return {};
  return cursor_.refuse(token, fmt::format("The program has more than {} gates.", cursor_.limits().gates),
                        "Write a shorter one, or raise the limit.", ErrorKind::resource);
}

}  // namespace bornite::qasm
