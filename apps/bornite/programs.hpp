#pragma once
// Circuits as text, for all subcommands that print them.

#include <string>
#include <vector>

#include "bornite/qasm/writer.hpp"
#include "bornite/train/angles.hpp"

namespace bornite::cli {

/// What an input of a program stands for in the parameters of the circuit that it was made from.
struct ProgramInput {
  std::string name;
  AngleSum angle;
};

struct Programs {
  std::vector<std::string> texts;
  std::vector<ProgramInput> inputs;  ///< none where the angles are numbers
};

/// The program with its parameters as inputs, or, if `theta` names a file of angles, one program for each row.
template <typename AnyCircuit>
[[nodiscard]] Result<Programs> write_programs(const AnyCircuit& circuit, std::size_t parameters,
                                              const std::string& dialect_name, const std::string& theta) {
  BORNITE_TRY(const Dialect dialect, builtin_dialect(dialect_name));
  BORNITE_TRY(const QasmWriter writer, QasmWriter::create(circuit, dialect));
  Programs programs;
  if (theta.empty() && writer.input_names().empty()) {
    programs.texts.push_back(writer.bound({}));
  } else if (theta.empty()) {
    auto program = writer.parametric();
    if (!program) return Error{program.error().kind, program.error().message, "Give the angles with --theta FILE."};
    programs.texts.push_back(*std::move(program));
    const std::vector<std::string> names = writer.input_names();
    const std::vector<AngleSum> angles = writer.input_angles();
    for (std::size_t i = 0; i < names.size(); ++i) programs.inputs.push_back({names[i], angles[i]});
  } else {
    BORNITE_TRY(const ParameterRows rows, load_angles(theta, parameters));
    for (std::size_t row = 0; row < rows.rows(); ++row) programs.texts.push_back(writer.bound(rows[row]));
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
