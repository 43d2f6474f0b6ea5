#include "ibm_device.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numbers>
#include <utility>

#include "program_outline.hpp"

namespace bornite::emulator {
namespace {

using Pair = std::pair<std::size_t, std::size_t>;

/// Heavy hexagons.
constexpr std::array<Pair, 28> couplings{{{0, 1},   {1, 2},   {2, 3},   {3, 5},   {5, 8},   {8, 9},   {8, 11},
                                          {11, 14}, {14, 13}, {14, 16}, {16, 19}, {19, 20}, {19, 22}, {22, 25},
                                          {25, 24}, {25, 26}, {1, 4},   {4, 7},   {7, 6},   {7, 10},  {10, 12},
                                          {12, 13}, {12, 15}, {15, 18}, {18, 17}, {18, 21}, {21, 23}, {23, 24}}};
constexpr std::array one_qubit_gates{"rx", "rz", "sx", "x"};
constexpr std::array two_qubit_gates{"cz", "rzz"};
/// Statements that are no calls of gates.
constexpr std::array other_statements{"OPENQASM", "include", "input", "bit",   "qubit", "creg", "qreg",
                                      "measure",  "barrier", "delay", "reset", "let",   "const"};
constexpr std::string_view calibrated = "2026-11-20T00:00:00Z";

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

Json both_ways() {
  Json list = Json::array();
  for (const auto& [a, b] : couplings) {
    list.push_back({a, b});
    list.push_back({b, a});
  }
  return list;
}

Json every_qubit() {
  Json list = Json::array();
  for (std::size_t q = 0; q < ibm_qubits; ++q) list.push_back(Json::array({q}));
  return list;
}

Json gate_entry(std::string_view name, Json parameters, std::string_view definition, Json places) {
  return {{"name", name},
          {"parameters", std::move(parameters)},
          {"qasm_def", definition},
          {"coupling_map", std::move(places)}};
}

Json figure(std::string_view name, double value, std::string_view unit) {
  return {{"date", calibrated}, {"name", name}, {"unit", unit}, {"value", value}};
}

Json gate_properties(std::string_view name, Json qubits, double error, double nanoseconds) {
  return {{"gate", name},
          {"qubits", std::move(qubits)},
          {"parameters", {figure("gate_error", error, ""), figure("gate_length", nanoseconds, "ns")}}};
}

/// The number of a qubit written "$3" or "q[3]".
std::optional<std::size_t> qubit_number(std::string_view operand) {
  if (operand.starts_with('$')) {
    operand.remove_prefix(1);
  } else {
    const std::size_t bracket = operand.find('[');
    if (bracket == std::string_view::npos || !operand.ends_with(']')) return std::nullopt;
    operand = operand.substr(bracket + 1, operand.size() - bracket - 2);
  }
  std::size_t number = 0;
  const auto [end, code] = std::from_chars(operand.data(), operand.data() + operand.size(), number);
  return code == std::errc() && end == operand.data() + operand.size() ? std::optional(number) : std::nullopt;
}

bool are_coupled(std::size_t a, std::size_t b) {
  return std::ranges::find(couplings, Pair{a, b}) != couplings.end() ||
         std::ranges::find(couplings, Pair{b, a}) != couplings.end();
}

std::optional<std::string> check_rzz_angle(double angle) {
  if (angle >= 0 && angle <= std::numbers::pi / 2 + 1e-12) return std::nullopt;
  return fmt::format("The angle {} of rzz is outside of [0, pi/2].", angle);
}

std::optional<std::string> check_call(const Statement& call, const ProgramOutline& program) {
  const std::size_t wanted = contains(one_qubit_gates, call.name) ? 1 : contains(two_qubit_gates, call.name) ? 2 : 0;
  if (wanted == 0) return fmt::format("The instruction {} is not in the target's instruction set.", call.name);
  if (call.operands.size() != wanted) return fmt::format("{} acts on {} qubits.", call.name, wanted);
  std::vector<std::size_t> qubits;
  for (const std::string& operand : call.operands) {
    const auto number = qubit_number(operand);
    if (!number || *number >= ibm_qubits) return fmt::format("{} is no qubit of the target.", operand);
    qubits.push_back(*number);
  }
  if (wanted == 2 && !are_coupled(qubits[0], qubits[1]))
    return fmt::format("The instruction {} on qubits ({}, {}) is not supported by the target.", call.name, qubits[0],
                       qubits[1]);
  if (call.name != "rzz") return std::nullopt;
  if (!program.definitions.contains("rzz")) return "rzz has no definition in the program.";
  double angle = 0;
  const std::string text = call.arguments.empty() ? "" : call.arguments[0];
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), angle);
  return code == std::errc() && end == text.data() + text.size() ? check_rzz_angle(angle) : std::nullopt;
}

}  // namespace

Json ibm_configuration() {
  const Json theta = Json::array({"theta"});
  const Json none = Json::array();
  Json two = both_ways();
  return {{"backend_name", ibm_device},
          {"backend_version", "1.0.0"},
          {"n_qubits", ibm_qubits},
          {"basis_gates", {"cz", "id", "rx", "rz", "rzz", "sx", "x"}},
          {"gates",
           {gate_entry("id", none, "gate id q { U(0, 0, 0) q; }", every_qubit()),
            gate_entry("rx", theta, "gate rx(theta) q { U(theta, -pi/2, pi/2) q; }", every_qubit()),
            gate_entry("rz", theta, "gate rz(theta) q { U(0, 0, theta) q; }", every_qubit()),
            gate_entry("sx", none, "gate sx q { U(pi/2, 3*pi/2, pi/2) q; }", every_qubit()),
            gate_entry("x", none, "gate x q { U(pi, 0, pi) q; }", every_qubit()),
            gate_entry("cz", none, "gate cz q0, q1 { ctrl @ z q0, q1; }", two),
            gate_entry("rzz", theta, "gate rzz(theta) q0, q1 { cx q0, q1; rz(theta) q1; cx q0, q1; }", two)}},
          {"coupling_map", two},
          {"local", false},
          {"simulator", false},
          {"conditional", false},
          {"open_pulse", false},
          {"memory", true},
          {"max_shots", ibm_most_shots},
          {"max_experiments", 300},
          {"dt", 4.0},
          {"rep_delay_range", {0.0, 500.0}},
          {"default_rep_delay", 250.0},
          {"supported_instructions", {"cz", "id", "rx", "rz", "rzz", "sx", "x", "delay", "measure", "reset"}},
          {"processor_type", {{"family", "Emulated"}, {"revision", "1"}}}};
}

Json ibm_properties() {
  Json qubits = Json::array();
  Json gates = Json::array();
  for (std::size_t q = 0; q < ibm_qubits; ++q) {
    const double place = static_cast<double>(q);
    const double error = 0.01 + 0.0005 * place;
    qubits.push_back({figure("T1", 200 + place, "us"), figure("T2", 150 + place, "us"),
                      figure("readout_error", error, ""), figure("prob_meas0_prep1", error, ""),
                      figure("prob_meas1_prep0", error, ""), figure("readout_length", 1560, "ns")});
    for (const char* name : {"id", "rx", "sx", "x"}) gates.push_back(gate_properties(name, {q}, 0.0003, 32));
    gates.push_back(gate_properties("rz", {q}, 0, 0));
  }
  for (const Json& pair : both_ways())
    for (const char* name : {"cz", "rzz"}) gates.push_back(gate_properties(name, pair, 0.004, 68));
  return {{"backend_name", ibm_device},  {"backend_version", "1.0.0"}, {"last_update_date", calibrated},
          {"qubits", std::move(qubits)}, {"gates", std::move(gates)},  {"general", Json::array()}};
}

std::optional<std::string> find_foreign_gate(const ProgramOutline& program) {
  for (const Statement& statement : program.statements) {
    if (contains(other_statements, statement.name)) continue;
    if (auto problem = check_call(statement, program)) return problem;
  }
  return std::nullopt;
}

std::optional<std::string> find_foreign_angle(const ProgramOutline& program,
                                              const std::map<std::string, double>& inputs) {
  for (const Statement& statement : program.statements) {
    if (statement.name != "rzz" || statement.arguments.empty()) continue;
    const auto input = inputs.find(statement.arguments[0]);
    if (input == inputs.end()) continue;
    if (auto problem = check_rzz_angle(input->second)) return problem;
  }
  return std::nullopt;
}

}  // namespace bornite::emulator
