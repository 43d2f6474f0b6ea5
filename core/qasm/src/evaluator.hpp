#pragma once
// Reads expressions and says what they are worth.

#include "cursor.hpp"
#include "selection.hpp"
#include "symbols.hpp"
#include "value.hpp"

#include <optional>
#include <vector>

namespace bornite::qasm {

class Evaluator {
 public:
  Evaluator(Cursor& cursor, SymbolTable& symbols, std::size_t& depth)
      : cursor_(cursor), symbols_(symbols), depth_(depth) {}

  /// OpenQASM 2: 1/2 is 0.5, and ^ is a power.
  void use_version_2() { version_2_ = true; }
  [[nodiscard]] bool is_version_2() const { return version_2_; }

  [[nodiscard]] Result<Value> expression();
  [[nodiscard]] Result<std::int64_t> integer();
  [[nodiscard]] Result<bool> truth();
  /// An angle for a gate; nothing if it is open.
  [[nodiscard]] Result<std::optional<AngleSum>> angle();
  /// "{a, b, ...}"
  [[nodiscard]] Result<std::vector<Value>> set();
  struct Range {
    std::int64_t begin, step, end;
  };
  /// What follows `begin` in "begin:end" and "begin:step:end". Without an end it is `last`, if there is one.
  [[nodiscard]] Result<Range> range(std::int64_t begin, std::optional<std::int64_t> last);
  /// "[size]" between `least` and `most`.
  [[nodiscard]] Result<std::size_t> designator(std::size_t least, std::size_t most, std::string_view what);
  /// A type of classical values, if one is here: its keyword and its width.
  [[nodiscard]] bool at_type() const;
  [[nodiscard]] Result<ClassicalType> type();

  /// "q", "q[1]", "q[0:2][1]", "$3", of qubits or bits.
  struct Operand {
    Token token;
    SymbolKind kind;
    bool is_scalar;
    Selection selection;
  };
  [[nodiscard]] Result<Operand> operand(std::string_view what);

  /// Refuses to go deeper than the limit.
  [[nodiscard]] Result<void> check_depth() const;

  /// The most that a physical qubit's number has reached, plus one; 0 without any.
  [[nodiscard]] std::size_t physical_qubits() const { return physical_qubits_; }

 private:
  [[nodiscard]] Result<Value> binary_expression(int least_binding);
  [[nodiscard]] Result<Value> unary_expression();
  [[nodiscard]] Result<Value> primary();
  [[nodiscard]] Result<Value> number();
  [[nodiscard]] Result<Value> bit_string();
  [[nodiscard]] Result<Value> name();
  [[nodiscard]] Result<Value> call(const Token& function);
  [[nodiscard]] Result<Value> cast();
  [[nodiscard]] Result<Value> indexed(Value value);
  [[nodiscard]] Result<Operand> physical();
  [[nodiscard]] Result<void> select(Operand& operand);
  /// The error, if there is one, told at this token.
  template <typename T>
  [[nodiscard]] Result<T> located(const Token& token, Result<T> result) const {
    if (result) return result;
    return cursor_.locate(token, std::move(result).error());
  }

  Cursor& cursor_;
  SymbolTable& symbols_;
  std::size_t& depth_;
  std::size_t physical_qubits_ = 0;
  bool version_2_ = false;
};

}  // namespace bornite::qasm
