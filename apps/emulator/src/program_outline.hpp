#pragma once
// The statements of an OpenQASM program as they stand there, before the reader unrolls them: providers differ in which
// of them they take.

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bornite::emulator {

struct Statement {
  std::string name;                      ///< first word, e.g. a gate's; "measure" wherever that stands
  std::vector<std::string> arguments{};  ///< of a call, as they stand there
  std::vector<std::string> operands{};   ///< after these, e.g. "$0" or "q[1]"
};

struct ProgramOutline {
  std::vector<Statement> statements;  ///< without those inside gate definitions
  std::set<std::string, std::less<>> definitions;
};

/// Never fails: what is no OpenQASM gives some list of statements or other.
[[nodiscard]] ProgramOutline outline(std::string_view program);

}  // namespace bornite::emulator
