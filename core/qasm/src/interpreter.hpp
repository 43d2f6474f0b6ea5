#pragma once
// Carries out a program: declares, unrolls, and collects gates and measurements.
//
// There is no syntax tree. Statements are carried out as they are read; loops and gates read their bodies again, each
// time with other values. A gate's body is also read once where it is defined, with open parameters, to find mistakes.

#include "builtin_gates.hpp"
#include "cursor.hpp"
#include "evaluator.hpp"
#include "gate_list.hpp"
#include "symbols.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bornite::qasm {

class Interpreter {
 public:
  Interpreter(std::string_view text, std::string_view source, const QasmLimits& limits)
      : cursor_(text, source, limits), evaluator_(cursor_, symbols_, depth_) {}

  [[nodiscard]] Result<QasmProgram> run();

 private:
  using Operand = Evaluator::Operand;

  struct Definition {
    Token name;
    std::vector<Token> parameters;
    std::vector<Token> qubits;
    Token body;  ///< its brace
    std::size_t length = 0;
    std::size_t visible_symbols = 0;
  };
  struct Modifier {
    Token token;
    std::size_t controls = 0;  ///< 0 for inv and pow
    bool is_negative = false;
    bool is_inverse = false;
    double exponent = 1;
  };
  /// What a call names: a gate built in, one that the program defines, or neither: gphase.
  struct Callee {
    Token name;
    const BuiltinGate* builtin = nullptr;
    const Definition* definition = nullptr;
    std::size_t angles = 1;
    std::size_t qubits = 0;
  };
  enum class QubitState : std::uint8_t { untouched, used, measured };

  // statements.cpp
  [[nodiscard]] Result<void> statement();
  [[nodiscard]] Result<void> statement_of(Word keyword);
  [[nodiscard]] Result<void> named_statement();
  [[nodiscard]] Result<void> refused(Word keyword) const;
  [[nodiscard]] Result<void> block();
  [[nodiscard]] Result<void> version();
  [[nodiscard]] Result<void> include();
  [[nodiscard]] Result<void> pragma();
  [[nodiscard]] Result<void> end_of_statement();
  /// Refuses a statement that must not stand in a block or in a gate.
  [[nodiscard]] Result<void> require_global(std::string_view what) const;

  // declarations.cpp
  [[nodiscard]] Result<void> qubit_declaration(bool is_old_style);
  [[nodiscard]] Result<void> bit_declaration(bool is_old_style);
  [[nodiscard]] Result<void> bit_value(Symbol& symbol);
  [[nodiscard]] Result<void> input();
  [[nodiscard]] Result<void> output();
  [[nodiscard]] Result<void> constant();
  [[nodiscard]] Result<void> variable();
  [[nodiscard]] Result<void> alias();
  [[nodiscard]] Result<void> assignment(const Token& name);
  [[nodiscard]] Result<void> declare(Symbol symbol);

  // control_flow.cpp
  [[nodiscard]] Result<void> for_loop();
  [[nodiscard]] Result<void> for_each(const Token& variable, ClassicalType type, const std::vector<Value>& values);
  [[nodiscard]] Result<void> iteration(const Token& variable, ClassicalType type, const Value& value,
                                       const Token& body);
  [[nodiscard]] Result<void> if_statement();
  [[nodiscard]] Result<void> box();
  [[nodiscard]] Result<void> skip_statement();

  // definitions.cpp
  [[nodiscard]] Result<void> gate_definition();
  [[nodiscard]] Result<std::vector<Token>> names(TokenKind end, std::string_view what);
  [[nodiscard]] Result<void> check(const Definition& definition);
  [[nodiscard]] Result<void> carry_out(const Definition& definition, std::span<const AngleSum> angles,
                                       std::span<const Qubit> qubits, const Token& call);
  [[nodiscard]] Result<void> declare_arguments(const Definition& definition, std::span<const AngleSum> angles,
                                               std::span<const Qubit> qubits);

  // modifiers.cpp
  [[nodiscard]] Result<void> modified_call();
  [[nodiscard]] Result<Modifier> modifier();
  [[nodiscard]] Result<void> apply(const Modifier& modifier, std::size_t begin, std::span<const Qubit> controls);
  [[nodiscard]] Result<void> raise(const Modifier& modifier, std::size_t begin);

  // calls.cpp
  [[nodiscard]] Result<Callee> callee(const Token& name) const;
  [[nodiscard]] Result<void> call(const Token& name, std::span<const Modifier> modifiers);
  [[nodiscard]] Result<bool> read_angles(const Callee& callee);
  [[nodiscard]] Result<void> read_operands(const Callee& callee, std::size_t wanted);
  [[nodiscard]] Result<std::optional<std::size_t>> broadcast_size(std::span<const Operand> operands) const;
  [[nodiscard]] Result<void> call_on(const Callee& callee, std::span<const Modifier> modifiers,
                                     std::span<const AngleSum> angles, std::span<const Qubit> qubits);
  [[nodiscard]] Result<void> check_size(const Token& token, std::size_t gates) const;
  [[nodiscard]] Result<void> require_distinct(const Token& call, std::span<const Qubit> qubits) const;

  // measurements.cpp
  [[nodiscard]] Result<Operand> qubit_operand();
  [[nodiscard]] Result<void> use(const Operand& operand, QubitState next);
  [[nodiscard]] Result<void> barrier();
  [[nodiscard]] Result<void> delay();
  [[nodiscard]] Result<void> reset();
  [[nodiscard]] Result<void> measure();
  [[nodiscard]] Result<void> measure_into(const Operand& bits);
  [[nodiscard]] Result<void> record(const Operand& qubits, const Operand* bits);

  Cursor cursor_;
  SymbolTable symbols_;
  std::size_t depth_ = 0;
  Evaluator evaluator_;
  GateList gates_;

  std::vector<std::string> inputs_;
  std::vector<QasmRegister> qubit_registers_;
  std::vector<QasmRegister> bit_registers_;
  std::vector<std::string> pragmas_;
  std::size_t qubits_ = 0;
  std::vector<QubitState> states_;
  std::vector<std::int64_t> sources_;  // by classical bit: the qubit that it is measured from, or -1
  std::vector<Qubit> unassigned_;      // qubits whose results no bit receives

  std::vector<Definition> definitions_;
  std::vector<std::int32_t> definition_of_;  // by word, or -1
  std::size_t visible_definitions_ = SIZE_MAX;
  std::optional<Word> defining_;  // the gate whose body is being checked
  bool in_gate_ = false;
  std::size_t blocks_ = 0;
  bool has_standard_library_ = false;

  // Of the call being read; a gate's body is read when they have been copied out.
  std::vector<AngleSum> angles_;
  std::vector<Operand> operands_;
};

}  // namespace bornite::qasm
