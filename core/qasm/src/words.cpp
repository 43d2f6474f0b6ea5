#include "words.hpp"

#include "builtin_gates.hpp"

namespace bornite::qasm {

WordTable::WordTable() {
  for (const std::string_view keyword : keywords) static_cast<void>(number(keyword));
  for (const BuiltinGate& gate : builtin_gates()) static_cast<void>(number(gate.name));
}

Word WordTable::number(std::string_view text) {
  const auto [place, is_new] = numbers_.try_emplace(text, static_cast<Word>(texts_.size()));
  if (is_new) texts_.push_back(text);
  return place->second;
}

}  // namespace bornite::qasm
