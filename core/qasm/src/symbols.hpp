#pragma once
// What the names of a program stand for, scope by scope.

#include "lexer.hpp"
#include "selection.hpp"
#include "value.hpp"

#include <cstdint>
#include <vector>

namespace bornite::qasm {

enum class SymbolKind : std::uint8_t {
  qubits,
  bits,      ///< classical bits that measurements may set
  constant,  ///< a value, also an input
  variable
};

struct Symbol {
  Token name;
  SymbolKind kind;
  bool is_scalar = true;     ///< no register: one qubit or bit that has no index
  bool is_known = true;      ///< whether `value` holds; false for bits that a measurement gives
  Selection selection{};     ///< of qubits or bits
  Value value{};             ///< of constants and variables, and of bits that are known
  std::int32_t hidden = -1;  ///< the symbol of the same name that this one hides
};

/// A stack of scopes. In the body of a gate only its own names and the constants that were there when it was defined
/// can be seen.
class SymbolTable {
 public:
  /// Null if the name stands for nothing here. Valid until the next declaration.
  [[nodiscard]] Symbol* find(Word name);
  /// The symbol that the innermost scope has of that name already, or null after declaring it.
  [[nodiscard]] const Symbol* declare(Symbol symbol);
  [[nodiscard]] std::size_t size() const { return symbols_.size(); }

  /// A scope while it lives.
  class Scope {
   public:
    explicit Scope(SymbolTable& table);
    /// The body of a gate that was defined when there were `visible` symbols.
    Scope(SymbolTable& table, std::size_t visible);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    SymbolTable& table_;
    std::size_t begin_, frame_, visible_;
  };

 private:
  std::vector<Symbol> symbols_;
  std::vector<std::int32_t> latest_;  // by word: index of the symbol of that name in the innermost scope
  std::size_t begin_ = 0;             // of the innermost scope
  std::size_t frame_ = 0;             // everything from here on can be seen,
  std::size_t visible_ = 0;           // and constants before here
};

}  // namespace bornite::qasm
