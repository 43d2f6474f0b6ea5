// ctrl, negctrl, inv and pow.

#include "interpreter.hpp"

#include <fmt/format.h>

#include <cmath>

namespace bornite::qasm {

Result<void> Interpreter::modified_call() {
  if (evaluator_.is_version_2())
    return cursor_.refuse(cursor_.token(), "Modifiers of gates belong to OpenQASM 3, and this is OpenQASM 2.");
  std::vector<Modifier> modifiers;
  while (cursor_.at(Word::ctrl) || cursor_.at(Word::negctrl) || cursor_.at(Word::inv) || cursor_.at(Word::pow)) {
    BORNITE_TRY(const Modifier one, modifier());
    modifiers.push_back(one);
    if (modifiers.size() > cursor_.limits().nesting)
      return cursor_.refuse(one.token, fmt::format("There are more than {} modifiers.", cursor_.limits().nesting), {},
                            ErrorKind::resource);
  }
  const Token name = cursor_.token();
  if (name.kind != TokenKind::word || (is_keyword(name.word) && name.word != Word::gphase))
    return cursor_.expected("A gate");
  cursor_.advance();
  return call(name, modifiers);
}

Result<Interpreter::Modifier> Interpreter::modifier() {
  Modifier modifier{.token = cursor_.token()};
  const Word word = modifier.token.word;
  cursor_.advance();
  modifier.is_inverse = word == Word::inv;
  modifier.is_negative = word == Word::negctrl;
  const bool is_control = word == Word::ctrl || word == Word::negctrl;
  if (is_control) modifier.controls = 1;
  if (word == Word::pow && !cursor_.at(TokenKind::left_parenthesis)) return cursor_.expected("\"(\"");
  if (word != Word::inv && cursor_.accept(TokenKind::left_parenthesis)) {
    const Token token = cursor_.token();
    BORNITE_TRY(const Value value, evaluator_.expression());
    if (is_control) {
      const Result<std::int64_t> count = as_integer(value);
      if (!count) return cursor_.locate(token, count.error());
      if (*count < 1 || *count > static_cast<std::int64_t>(cursor_.limits().qubits))
        return cursor_.refuse(token, fmt::format("A gate cannot have {} controls.", *count));
      modifier.controls = static_cast<std::size_t>(*count);
    } else if (!value.is_open) {
      const Result<double> exponent = as_real(value);
      if (!exponent) return cursor_.locate(token, exponent.error());
      constexpr double most = 1e9;
      if (std::abs(*exponent) > most)
        return cursor_.refuse(token, "This power is too high.", "At most 1e9.", ErrorKind::resource);
      modifier.exponent = *exponent;
    }
    BORNITE_CHECK(cursor_.expect(TokenKind::right_parenthesis, "\")\""));
  }
  BORNITE_CHECK(cursor_.expect(TokenKind::at, "\"@\""));
  return modifier;
}

Result<void> Interpreter::apply(const Modifier& modifier, std::size_t begin, std::span<const Qubit> controls) {
  if (modifier.controls != 0) {
    BORNITE_CHECK(cursor_.charge((gates_.size() - begin) * controls.size()));
    gates_.control(begin, controls, modifier.is_negative);
  } else if (modifier.is_inverse) {
    BORNITE_CHECK(cursor_.charge(gates_.size() - begin));
    gates_.invert(begin);
  } else {
    return raise(modifier, begin);
  }
  return {};
}

Result<void> Interpreter::raise(const Modifier& modifier, std::size_t begin) {
  if (modifier.exponent == std::floor(modifier.exponent)) {
    const auto times = static_cast<std::int64_t>(modifier.exponent);
    const std::size_t size = gates_.size_of_power(begin, times);
    if (size > cursor_.limits().gates) return check_size(modifier.token, size);
    gates_.power(begin, times);
  } else if (Result<void> done = gates_.power(begin, modifier.exponent); !done) {
    return cursor_.locate(modifier.token, std::move(done).error());
  }
  for (const Gate& gate : gates_.from(begin))
    if (!std::isfinite(gate.angle.offset) || !std::isfinite(gate.angle.scale))
      return cursor_.refuse(modifier.token, "The angles of this power are not finite numbers.");
  return {};
}

}  // namespace bornite::qasm
