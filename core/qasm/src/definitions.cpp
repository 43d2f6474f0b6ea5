// Gates that the program defines.

#include "interpreter.hpp"

#include <fmt/format.h>

#include <utility>

namespace bornite::qasm {
namespace {

constexpr std::size_t steps_per_call = 32;  // what it takes without its body, in bytes read in that time

/// Sets a variable to another value while it lives.
template <typename T>
class Temporarily {
 public:
  Temporarily(T& variable, T value) : variable_(variable), before_(std::exchange(variable, value)) {}
  ~Temporarily() { variable_ = before_; }
  Temporarily(const Temporarily&) = delete;
  Temporarily& operator=(const Temporarily&) = delete;

 private:
  T& variable_;
  T before_;
};

}  // namespace

/// Names up to `end`, which is left there.
Result<std::vector<Token>> Interpreter::names(TokenKind end, std::string_view what) {
  std::vector<Token> names;
  while (!cursor_.at(end)) {
    BORNITE_TRY(const Token name, cursor_.expect_name(what));
    names.push_back(name);
    if (!cursor_.accept(TokenKind::comma)) break;
  }
  return names;
}

Result<void> Interpreter::gate_definition() {
  BORNITE_CHECK(require_global("A definition of a gate"));
  cursor_.advance();
  Definition definition;
  BORNITE_TRY(definition.name, cursor_.expect_name("A gate"));
  const Word word = definition.name.word;
  const auto index = static_cast<std::size_t>(word);
  const std::string_view text = cursor_.text(definition.name);
  if (index < definition_of_.size() && definition_of_[index] >= 0) {
    const Token& earlier = definitions_[static_cast<std::size_t>(definition_of_[index])].name;
    return cursor_.refuse(definition.name, fmt::format("The gate \"{}\" is defined already, in line {}.", text,
                                                       cursor_.position(earlier).line));
  }
  BORNITE_TRY(const Callee before, callee(definition.name));
  const bool is_standard = before.builtin != nullptr && before.builtin->is_standard && has_standard_library_;
  if (text == "U" || (is_standard && !evaluator_.is_version_2()))
    return cursor_.refuse(
        definition.name,
        fmt::format("The gate \"{}\" is defined already, by {}.", text, text == "U" ? "the language" : "stdgates.inc"),
        "Give it another name.");
  if (cursor_.accept(TokenKind::left_parenthesis)) {
    BORNITE_TRY(definition.parameters, names(TokenKind::right_parenthesis, "A parameter"));
    BORNITE_CHECK(cursor_.expect(TokenKind::right_parenthesis, "\")\""));
  }
  BORNITE_TRY(definition.qubits, names(TokenKind::left_brace, "A qubit"));
  if (definition.qubits.empty()) return cursor_.expected("A qubit");
  definition.body = cursor_.token();
  definition.visible_symbols = symbols_.size();
  BORNITE_CHECK(check(definition));
  definition.length = cursor_.token().offset - definition.body.offset;
  if (index >= definition_of_.size()) definition_of_.resize(index + 1, -1);
  definition_of_[index] = static_cast<std::int32_t>(definitions_.size());
  definitions_.push_back(std::move(definition));
  return {};
}

/// Reads the body without knowing the angles.
Result<void> Interpreter::check(const Definition& definition) {
  const SymbolTable::Scope scope(symbols_, definition.visible_symbols);
  const Temporarily inside(in_gate_, true);
  const Temporarily defining(defining_, std::optional(definition.name.word));
  BORNITE_CHECK(declare_arguments(definition, {}, {}));
  return block();
}

Result<void> Interpreter::declare_arguments(const Definition& definition, std::span<const AngleSum> angles,
                                            std::span<const Qubit> qubits) {
  for (std::size_t i = 0; i < definition.parameters.size(); ++i) {
    Value value = angles.empty() ? Value::open() : Value::of_real(angles[i]);
    BORNITE_CHECK(declare({definition.parameters[i], SymbolKind::constant, true, true, {}, std::move(value)}));
  }
  for (std::size_t i = 0; i < definition.qubits.size(); ++i) {
    const Selection qubit(qubits.empty() ? i : qubits[i], 1);
    BORNITE_CHECK(declare({definition.qubits[i], SymbolKind::qubits, true, true, qubit, {}}));
  }
  return {};
}

/// Adds the gates that the definition makes of these angles and qubits, which must not be in angles_.
Result<void> Interpreter::carry_out(const Definition& definition, std::span<const AngleSum> angles,
                                    std::span<const Qubit> qubits, const Token& call) {
  const Nesting nesting(depth_);
  BORNITE_CHECK(evaluator_.check_depth());
  BORNITE_CHECK(cursor_.charge(definition.length + steps_per_call + 8 * (angles.size() + qubits.size())));
  const bool is_outermost = !in_gate_;
  const Token after = cursor_.token();
  const SymbolTable::Scope scope(symbols_, definition.visible_symbols);
  const Temporarily inside(in_gate_, true);
  const Temporarily visible(visible_definitions_, static_cast<std::size_t>(&definition - definitions_.data()));
  BORNITE_CHECK(declare_arguments(definition, angles, qubits));
  cursor_.go_to(definition.body);
  if (Result<void> done = block(); !done) {
    Error error = std::move(done).error();
    if (is_outermost)
      error.message += fmt::format("\n  in the gate \"{}\", called in line {}", cursor_.text(definition.name),
                                   cursor_.position(call).line);
    return error;
  }
  cursor_.go_to(after);
  return {};
}

}  // namespace bornite::qasm
