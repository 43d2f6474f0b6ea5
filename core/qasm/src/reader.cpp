#include "bornite/qasm/reader.hpp"

#include "bornite/util/file.hpp"
#include "interpreter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bornite {
namespace qasm {

Result<QasmProgram> Interpreter::run() {
  BORNITE_CHECK(version());
  while (!cursor_.at(TokenKind::end)) BORNITE_CHECK(statement());
  const std::size_t count = std::max(qubits_, evaluator_.physical_qubits());
  if (count == 0)
    return cursor_.refuse(cursor_.token(), "The program has no qubits.", "Declare some: \"qubit[4] q;\".");
  QasmProgram program{.circuit = Circuit(count, gates_.take()),
                      .inputs = std::move(inputs_),
                      .qubit_registers = std::move(qubit_registers_),
                      .bit_registers = std::move(bit_registers_),
                      .measured = {},
                      .measured_bits = {},
                      .pragmas = std::move(pragmas_)};
  for (std::size_t bit = 0; bit < sources_.size(); ++bit) {
    if (sources_[bit] < 0) continue;
    program.measured.push_back(static_cast<Qubit>(sources_[bit]));
    program.measured_bits.push_back(bit);
  }
  for (std::size_t i = 0; i < unassigned_.size(); ++i) {
    program.measured.push_back(unassigned_[i]);
    program.measured_bits.push_back(sources_.size() + i);
  }
  return program;
}

}  // namespace qasm

Result<QasmProgram> read_qasm(std::string_view text, std::string_view source, const QasmLimits& limits) {
  constexpr std::size_t most = UINT32_MAX;  // tokens know their places in 32 bits
  if (text.size() > std::min(limits.bytes, most))
    return Error{
        ErrorKind::resource,
        fmt::format("{} has {} bytes; programs have at most {}.", source, text.size(), std::min(limits.bytes, most)),
        "Write loops, or raise the limit."};
  return qasm::Interpreter(text, source, limits).run();
}

Result<QasmProgram> load_qasm(const std::filesystem::path& path, const QasmLimits& limits) {
  BORNITE_TRY(const std::string text, read_file(path));
  return read_qasm(text, path.string(), limits);
}

}  // namespace bornite
