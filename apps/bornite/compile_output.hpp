#pragma once
// What bornite compile prints.

#include <string>
#include <vector>

#include "bornite/compile/verify.hpp"
#include "programs.hpp"

namespace bornite::cli {

struct CompileOutcome {
  Target target;
  Circuit circuit;
  Compiled compiled;
  Verification verification;
  Programs programs;                    ///< none without a dialect
  std::vector<std::string> parameters;  ///< names of the circuit's
};

/// One JSON document, with the programs if there is a dialect.
[[nodiscard]] std::string compile_json(const CompileOutcome& outcome, const std::string& dialect);
/// A table of gates and other figures; with a dialect the programs, and the table as comments in them.
[[nodiscard]] std::string compile_text(const CompileOutcome& outcome, const std::string& dialect);

}  // namespace bornite::cli
