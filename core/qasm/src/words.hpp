#pragma once
// The words of a program, each known by a number: keywords first, then the built-in gates, then what the program names.

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bornite::qasm {

enum class Word : std::uint32_t {
  openqasm,
  include,
  qubit,
  qreg,
  bit,
  creg,
  input,
  output,
  const_,
  int_,
  uint,
  float_,
  angle,
  bool_,
  gate,
  let,
  barrier,
  delay,
  reset,
  measure,
  for_,
  in,
  if_,
  else_,
  box,
  pragma,
  ctrl,
  negctrl,
  inv,
  pow,
  gphase,
  true_,
  false_,
  // What is refused by name.
  array,
  break_,
  cal,
  case_,
  complex,
  continue_,
  def,
  default_,
  defcal,
  defcalgrammar,
  duration,
  durationof,
  end,
  extern_,
  mutable_,
  opaque,
  readonly,
  return_,
  stretch,
  switch_,
  void_,
  while_,
  count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Word::count)> keywords{
    "OPENQASM", "include",  "qubit",         "qreg",     "bit",        "creg",    "input",    "output",
    "const",    "int",      "uint",          "float",    "angle",      "bool",    "gate",     "let",
    "barrier",  "delay",    "reset",         "measure",  "for",        "in",      "if",       "else",
    "box",      "pragma",   "ctrl",          "negctrl",  "inv",        "pow",     "gphase",   "true",
    "false",    "array",    "break",         "cal",      "case",       "complex", "continue", "def",
    "default",  "defcal",   "defcalgrammar", "duration", "durationof", "end",     "extern",   "mutable",
    "opaque",   "readonly", "return",        "stretch",  "switch",     "void",    "while"};
static_assert(!keywords.back().empty());

[[nodiscard]] constexpr bool is_keyword(Word word) { return word < Word::count; }

/// Gives each word its number. Refers to the texts that it is given.
class WordTable {
 public:
  WordTable();

  [[nodiscard]] Word number(std::string_view text);
  [[nodiscard]] std::string_view text(Word word) const { return texts_[static_cast<std::size_t>(word)]; }

 private:
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, Word> numbers_;
};

}  // namespace bornite::qasm
