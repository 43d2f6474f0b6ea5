// Which statement is which.

#include "interpreter.hpp"

#include <fmt/format.h>

namespace bornite::qasm {

Result<void> Interpreter::end_of_statement() {
  BORNITE_CHECK(cursor_.expect(TokenKind::semicolon, "\";\""));
  return {};
}

Result<void> Interpreter::require_global(std::string_view what) const {
  if (in_gate_) return cursor_.refuse(cursor_.token(), fmt::format("{} cannot stand in the body of a gate.", what));
  if (blocks_ != 0) return cursor_.refuse(cursor_.token(), fmt::format("{} cannot stand in a block or a loop.", what));
  return {};
}

Result<void> Interpreter::statement() {
  const Nesting nesting(depth_);
  BORNITE_CHECK(evaluator_.check_depth());
  while (cursor_.at(TokenKind::at)) static_cast<void>(cursor_.rest_of_line());  // annotations change no meaning
  switch (cursor_.token().kind) {
    case TokenKind::word:
      if (is_keyword(cursor_.token().word)) return statement_of(cursor_.token().word);
      return named_statement();
    case TokenKind::left_brace: return block();
    case TokenKind::hash: cursor_.advance(); return pragma();
    case TokenKind::semicolon: cursor_.advance(); return {};
    default: return cursor_.expected("A statement");
  }
}

Result<void> Interpreter::statement_of(Word keyword) {
  if (evaluator_.at_type() && keyword != Word::bit) return variable();
  switch (keyword) {
    case Word::ctrl:
    case Word::negctrl:
    case Word::inv:
    case Word::pow: return modified_call();
    case Word::gphase: {
      const Token name = cursor_.token();
      cursor_.advance();
      return call(name, {});
    }
    case Word::for_: return for_loop();
    case Word::barrier: return barrier();
    case Word::pragma: return pragma();
    case Word::delay: return delay();
    case Word::measure: return measure();
    case Word::reset: return reset();
    case Word::if_: return if_statement();
    case Word::box: return box();
    case Word::qubit: return qubit_declaration(false);
    case Word::qreg: return qubit_declaration(true);
    case Word::bit: return bit_declaration(false);
    case Word::creg: return bit_declaration(true);
    case Word::input: return input();
    case Word::output: return output();
    case Word::const_: return constant();
    case Word::let: return alias();
    case Word::gate: return gate_definition();
    case Word::include: return include();
    case Word::openqasm:
      return cursor_.refuse(cursor_.token(), "The version stands in the first statement or not at all.");
    default: return refused(keyword);
  }
}

/// An assignment or a call of a gate.
Result<void> Interpreter::named_statement() {
  const Token name = cursor_.token();
  cursor_.advance();
  switch (cursor_.token().kind) {
    case TokenKind::assign:
    case TokenKind::compound_assign:
    case TokenKind::left_bracket: return assignment(name);
    default: return call(name, {});
  }
}

Result<void> Interpreter::refused(Word keyword) const {
  const auto hint = [&]() -> std::string_view {
    switch (keyword) {
      case Word::while_: return "Loops whose number is known are unrolled, as in \"for int i in [0:9]\".";
      case Word::break_:
      case Word::continue_:
      case Word::end: return "Choose by \"if\" over constants what is to be left out.";
      case Word::switch_: return "Write \"if\" and \"else\" over constants.";
      case Word::def:
      case Word::extern_:
      case Word::return_: return "What is unitary may be a \"gate\".";
      case Word::opaque: return "Give the gate a definition.";
      case Word::cal:
      case Word::defcal:
      case Word::defcalgrammar: return "Circuits are made of gates here, not of pulses.";
      case Word::array: return "Write the values as separate constants.";
      case Word::complex: return "Angles and other values are real.";
      case Word::duration:
      case Word::durationof:
      case Word::stretch: return "Circuits have no timing here; \"delay\" is skipped.";
      default: return "";
    }
  }();
  if (hint.empty()) return cursor_.expected("A statement");
  return cursor_.unsupported(cursor_.token(), fmt::format("\"{}\"", cursor_.text(cursor_.token())), std::string(hint));
}

Result<void> Interpreter::block() {
  const Token brace = cursor_.token();
  BORNITE_CHECK(cursor_.expect(TokenKind::left_brace, "\"{\""));
  const SymbolTable::Scope scope(symbols_);
  const Nesting nesting(blocks_);
  while (!cursor_.at(TokenKind::right_brace)) {
    if (cursor_.at(TokenKind::end)) return cursor_.refuse(brace, "This brace is never closed.");
    BORNITE_CHECK(statement());
  }
  cursor_.advance();
  return {};
}

Result<void> Interpreter::version() {
  if (!cursor_.accept(Word::openqasm)) return {};
  const Token number = cursor_.token();
  const std::string_view text = cursor_.text(number);
  if (text == "2.0" || text == "2")
    evaluator_.use_version_2();
  else if (text != "3" && text != "3.0" && text != "3.1")
    return cursor_.unsupported(number, fmt::format("OpenQASM {}", text.substr(0, 20)),
                               "Versions 3, 3.0, 3.1 and 2.0 are.");
  cursor_.advance();
  return end_of_statement();
}

Result<void> Interpreter::include() {
  BORNITE_CHECK(require_global("\"include\""));
  cursor_.advance();
  const Token file = cursor_.token();
  BORNITE_CHECK(cursor_.expect(TokenKind::string, "A file's name in quotes"));
  const std::string_view name = cursor_.text(file).substr(1, file.length - 2);
  if (name != "stdgates.inc" && name != "qelib1.inc")
    return cursor_.unsupported(file, "Including other files than \"stdgates.inc\" and \"qelib1.inc\"",
                               "Copy what the file defines into this one.");
  has_standard_library_ = has_standard_library_ || name == "stdgates.inc";
  return end_of_statement();
}

/// At the word "pragma". What changes the circuit is refused, the rest is kept.
Result<void> Interpreter::pragma() {
  if (!cursor_.at(Word::pragma)) return cursor_.expected("\"pragma\"");
  const Token token = cursor_.token();
  const std::string_view text = cursor_.rest_of_line();
  for (const std::string_view command : {"braket unitary", "braket noise"})
    if (text.starts_with(command))
      return cursor_.unsupported(token, fmt::format("\"pragma {}\"", command),
                                 "Write the unitary as gates; choose noise when sampling.");
  BORNITE_CHECK(cursor_.charge(text.size() + 1));
  if (!in_gate_) pragmas_.emplace_back(text);
  return {};
}

}  // namespace bornite::qasm
