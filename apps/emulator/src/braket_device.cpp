#include "braket_device.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "program_outline.hpp"
#include "runner.hpp"

namespace bornite::emulator {
namespace {

constexpr std::size_t processor_qubits = 20;
constexpr std::array operations{"ccnot", "cnot", "cphaseshift", "cswap", "cv",  "cy",    "cz", "ecr",
                                "h",     "i",    "phaseshift",  "rx",    "ry",  "rz",    "s",  "si",
                                "swap",  "t",    "ti",          "v",     "vi",  "x",     "xx", "xy",
                                "y",     "yy",   "z",           "zz",    "prx", "gphase"};
constexpr std::array native_gates{"rx", "rz", "cz"};
constexpr std::array simulator_words{"ctrl", "inv", "pow", "for", "if", "negctrl"};
constexpr std::array other_statements{"OPENQASM", "input", "bit",   "qubit", "measure", "barrier",
                                      "box",      "let",   "const", "reset", "delay"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

Json header(std::string_view name) { return {{"name", name}, {"version", "1"}}; }

Json program_action(bool simulator) {
  return {{"actionType", "braket.ir.openqasm.program"},
          {"version", {"1"}},
          {"supportedOperations", operations},
          {"supportedResultTypes", Json::array()},
          {"supportPhysicalQubits", !simulator},
          {"requiresContiguousQubitIndices", simulator},
          {"requiresAllQubitsMeasurement", false},
          {"forbiddenPragmas", {"braket result", "braket noise", "braket unitary"}},
          {"disabledQubitRewiringSupported", !simulator}};
}

Json set_action(std::uint64_t most_shots) {
  return {{"actionType", "braket.ir.openqasm.program_set"},
          {"version", {"1"}},
          {"maximumExecutables", braket_most_executables},
          {"minimumTotalShots", 1},
          {"maximumTotalShots", most_shots}};
}

/// A line of qubits.
Json connectivity() {
  Json graph = Json::object();
  for (std::size_t q = 0; q < processor_qubits; ++q) {
    Json& neighbours = graph[fmt::format("{}", q)] = Json::array();
    if (q > 0) neighbours.push_back(fmt::format("{}", q - 1));
    if (q + 1 < processor_qubits) neighbours.push_back(fmt::format("{}", q + 1));
  }
  return {{"fullyConnected", false}, {"connectivityGraph", std::move(graph)}};
}

Json capabilities(std::string_view arn) {
  const bool simulator = arn == braket_simulator;
  Json paradigm{{"qubitCount", braket_qubits(arn)}};
  if (simulator) {
    paradigm["braketSchemaHeader"] = header("braket.device_schema.simulators.gate_model_simulator_paradigm_properties");
  } else {
    paradigm["braketSchemaHeader"] = header("braket.device_schema.gate_model_qpu_paradigm_properties");
    paradigm["nativeGateSet"] = native_gates;
    paradigm["connectivity"] = connectivity();
  }
  const Json window{{"executionDay", "Everyday"}, {"windowStartHour", "00:00:00"}, {"windowEndHour", "23:59:59"}};
  return {{"braketSchemaHeader", header("braket.device_schema.emulated_device_capabilities")},
          {"service",
           {{"executionWindows", Json::array({window})},
            {"shotsRange", {1, braket_most_shots(arn)}},
            {"deviceCost", {{"price", simulator ? 0.075 : 0.001}, {"unit", simulator ? "minute" : "shot"}}}}},
          {"action",
           {{"braket.ir.openqasm.program", program_action(simulator)},
            {"braket.ir.openqasm.program_set", set_action(braket_most_shots(arn) * braket_most_executables)}}},
          {"paradigm", std::move(paradigm)},
          {"deviceParameters", Json::object()}};
}

std::optional<std::size_t> physical(std::string_view operand) {
  if (!operand.starts_with('$')) return std::nullopt;
  std::size_t number = 0;
  const auto [end, code] = std::from_chars(operand.data() + 1, operand.data() + operand.size(), number);
  if (code != std::errc() || end != operand.data() + operand.size() || number >= processor_qubits) return std::nullopt;
  return number;
}

std::optional<std::string> check_verbatim(const Statement& call) {
  if (!contains(native_gates, call.name))
    return fmt::format("{} is no native gate, but stands in a verbatim box.", call.name);
  std::vector<std::size_t> qubits;
  for (const std::string& operand : call.operands) {
    const auto number = physical(operand);
    if (!number) return fmt::format("{} is no physical qubit of the device.", operand);
    qubits.push_back(*number);
  }
  if (qubits.size() == 2 && qubits[0] + 1 != qubits[1] && qubits[1] + 1 != qubits[0])
    return fmt::format("Qubits {} and {} are not connected.", qubits[0], qubits[1]);
  return std::nullopt;
}

}  // namespace

std::size_t braket_qubits(std::string_view arn) {
  if (arn == braket_simulator) return most_simulated_qubits;
  return arn == braket_processor ? processor_qubits : 0;
}

std::uint64_t braket_most_shots(std::string_view arn) { return arn == braket_simulator ? 100'000 : 10'000; }

Json braket_device_summaries() {
  const auto summary = [](std::string_view arn, const char* name, const char* maker, const char* type) {
    return Json{{"deviceArn", arn},
                {"deviceName", name},
                {"providerName", maker},
                {"deviceType", type},
                {"deviceStatus", "ONLINE"}};
  };
  return Json::array({summary(braket_simulator, "SV1", "Amazon Braket", "SIMULATOR"),
                      summary(braket_processor, "Quartz", "Emulated", "QPU")});
}

Json braket_device(std::string_view arn) {
  Json device = braket_device_summaries()[arn == braket_simulator ? 0 : 1];
  device["deviceCapabilities"] = capabilities(arn).dump();
  const Json normal{{"queue", "QUANTUM_TASKS_QUEUE"}, {"queueSize", "0"}, {"queuePriority", "Normal"}};
  device["deviceQueueInfo"] = Json::array({normal});
  return device;
}

std::optional<std::string> find_foreign_operation(std::string_view text, std::string_view arn) {
  const ProgramOutline program = outline(text);
  const bool simulator = arn == braket_simulator;
  const bool verbatim = text.find("braket verbatim") != std::string_view::npos;
  if (verbatim && simulator) return "The device has no verbatim boxes.";
  if (!program.definitions.empty() && !simulator) return "The device takes no definitions of gates.";
  for (const Statement& statement : program.statements) {
    if (statement.name == "include") return "include is not supported.";
    if (contains(other_statements, statement.name) || program.definitions.contains(statement.name)) continue;
    if (simulator && contains(simulator_words, statement.name)) continue;
    if (!contains(operations, statement.name)) return fmt::format("{} is not supported by the device.", statement.name);
    if (!verbatim) continue;
    if (auto problem = check_verbatim(statement)) return problem;
  }
  return std::nullopt;
}

}  // namespace bornite::emulator
