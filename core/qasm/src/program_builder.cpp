#include "program_builder.hpp"

#include "number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace bornite {

ProgramBuilder::ProgramBuilder(const Dialect& dialect, QubitStyle qubits, std::size_t parameters)
    : dialect_(dialect), style_(qubits) {
  writer_.head_ = "OPENQASM 3.0;\n";
  if (!dialect.include.empty()) writer_.head_ += fmt::format("include \"{}\";\n", dialect.include);
  writer_.parameters_ = parameters;
  writer_.dialect_ = dialect.name;
  writer_.input_type_ = dialect.input_type;
  writer_.expressions_ = dialect.expressions;
}

void ProgramBuilder::define(std::string_view operation) {
  const auto definition = dialect_.definitions.find(operation);
  if (definition == dialect_.definitions.end() || std::ranges::find(defined_, operation) != defined_.end()) return;
  defined_.emplace_back(operation);
  definitions_ += definition->second + '\n';
}

void ProgramBuilder::line(std::string_view text) {
  if (!text.empty()) piece_.append(text) += '\n';
}

void ProgramBuilder::angle(const AngleSum& angle) {
  if (angle.is_constant()) return append_number(piece_, angle.offset());
  AngleKey key{angle.offset(), {}};
  for (const AngleSum::Term& term : angle.terms()) key.second.emplace_back(term.parameter, term.scale);
  const auto [found, is_new] = known_.try_emplace(std::move(key), writer_.angles_.size());
  if (is_new) writer_.angles_.push_back(angle);
  writer_.slots_.push_back(found->second);
  writer_.pieces_.push_back(std::exchange(piece_, {}));
}

void ProgramBuilder::qubit(Qubit qubit) {
  const bool physical = style_ == QubitStyle::physical;
  piece_.append(physical ? "$" : "q[").append(std::to_string(qubit)).append(physical ? "" : "]");
}

void ProgramBuilder::statement(std::string_view modifiers, std::string_view gate, std::span<const AngleSum> angles,
                               std::span<const Qubit> qubits) {
  piece_.append(modifiers).append(gate);
  for (std::size_t i = 0; i < angles.size(); ++i) {
    piece_ += i == 0 ? "(" : ", ";
    angle(angles[i]);
  }
  if (!angles.empty()) piece_ += ')';
  for (std::size_t i = 0; i < qubits.size(); ++i) {
    piece_ += i == 0 ? " " : ", ";
    qubit(qubits[i]);
  }
  piece_ += ";\n";
}

std::string ProgramBuilder::declarations(std::size_t register_size, std::size_t bits) const {
  std::string text = definitions_;
  if (style_ == QubitStyle::virtual_register) text += fmt::format("qubit[{}] q;\n", register_size);
  return text + fmt::format("bit[{}] c;\n", bits);
}

void ProgramBuilder::measurements(std::size_t register_size, std::span<const Qubit> measured) {
  std::vector<Qubit> all(register_size);
  std::iota(all.begin(), all.end(), Qubit{0});
  if (dialect_.measurement == MeasurementStyle::whole_register && style_ == QubitStyle::virtual_register &&
      std::ranges::equal(all, measured))
    return line("c = measure q;");
  for (std::size_t bit = 0; bit < measured.size(); ++bit) {
    piece_.append("c[").append(std::to_string(bit)).append("] = measure ");
    qubit(measured[bit]);
    piece_ += ";\n";
  }
}

QasmWriter ProgramBuilder::finish(std::size_t register_size, std::span<const Qubit> measured) {
  measurements(register_size, measured);
  writer_.pieces_.push_back(std::move(piece_));
  writer_.pieces_.front().insert(0, declarations(register_size, measured.size()));
  return std::move(writer_);
}

}  // namespace bornite
