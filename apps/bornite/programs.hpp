#pragma once
// Circuits as text, for all subcommands that print them.

#include <string>
#include <vector>

#include "bornite/qasm/writer.hpp"
#include "bornite/train/angles.hpp"

namespace bornite::cli {

/// The program with its parameters as inputs, or, if `theta` names a file of angles, one program for each row.
template <typename AnyCircuit>
[[nodiscard]] Result<std::vector<std::string>> write_programs(const AnyCircuit& circuit, std::size_t parameters,
                                                              const std::string& dialect_name,
                                                              const std::string& theta) {
  BORNITE_TRY(const Dialect dialect, builtin_dialect(dialect_name));
  BORNITE_TRY(const QasmWriter writer, QasmWriter::create(circuit, dialect));
  std::vector<std::string> programs;
  if (theta.empty() && parameters == 0) {
    programs.push_back(writer.bound({}));
  } else if (theta.empty()) {
    auto program = writer.parametric();
    if (!program) return Error{program.error().kind, program.error().message, "Give the angles with --theta FILE."};
    programs.push_back(*std::move(program));
  } else {
    BORNITE_TRY(const ParameterRows rows, load_angles(theta, parameters));
    for (std::size_t row = 0; row < rows.rows(); ++row) programs.push_back(writer.bound(rows[row]));
  }
  return programs;
}

/// One after the other, with a comment before each if there are several.
[[nodiscard]] inline std::string joined(const std::vector<std::string>& programs) {
  if (programs.size() == 1) return programs[0];
  std::string text;
  for (std::size_t row = 0; row < programs.size(); ++row)
    text += (row == 0 ? "// row " : "\n// row ") + std::to_string(row) + '\n' + programs[row];
  return text;
}

}  // namespace bornite::cli
