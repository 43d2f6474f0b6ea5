#pragma once
// Writes a program piece by piece.

#include "bornite/qasm/writer.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// Collects the statements of one circuit. Each function appends what it says.
class ProgramBuilder {
 public:
  ProgramBuilder(const Dialect& dialect, QubitStyle qubits, std::size_t parameters);

  /// A gate of the dialect's, after modifiers such as "ctrl @ ".
  void statement(std::string_view modifiers, std::string_view gate, std::span<const AngleSum> angles,
                 std::span<const Qubit> qubits);
  /// Definitions that the operation needs, once.
  void define(std::string_view operation);
  void line(std::string_view text);

  /// Puts declarations before and measurements after the statements. `register_size` qubits are declared where qubits
  /// are virtual.
  [[nodiscard]] QasmWriter finish(std::size_t register_size, std::span<const Qubit> measured);

 private:
  using AngleKey = std::pair<double, std::vector<std::pair<std::int32_t, double>>>;  // offset and terms

  void angle(const AngleSum& angle);
  void qubit(Qubit qubit);
  [[nodiscard]] std::string declarations(std::size_t register_size, std::size_t bits) const;
  void measurements(std::size_t register_size, std::span<const Qubit> measured);

  const Dialect& dialect_;
  QubitStyle style_;
  QasmWriter writer_;
  std::string piece_;
  std::string definitions_;
  std::vector<std::string> defined_;
  std::map<AngleKey, std::size_t> known_;  // which of the writer's angles it is
};

}  // namespace bornite
