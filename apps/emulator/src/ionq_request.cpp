#include "ionq_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fields.hpp"
#include "program_outline.hpp"

namespace bornite::emulator {
namespace {

using Checked = boost::system::result<void, IonqRefusal>;

constexpr std::array noise_models{"ideal",  "harmony", "harmony-1", "harmony-2",
                                  "aria-1", "aria-2",  "forte-1",   "forte-enterprise-1"};
constexpr std::size_t most_circuits = 5000;
constexpr std::size_t most_gates = 150'000;
constexpr std::uint64_t least_debiasing_shots = 500;

IonqRefusal refusal(std::string_view key, std::string_view problem) {
  return {fmt::format("The field \"{}\" {}.", key, problem), {std::string(key)}};
}

Checked check_keys(const Json& object, std::string_view name, std::initializer_list<std::string_view> known) {
  if (!object.is_object()) return refusal(name, "must be an object");
  if (const auto key = unknown_key(object, known)) return refusal(*key, "is not known");
  return {};
}

Checked check_texts(const Json& body) {
  for (const std::string_view key : {"type", "backend"})
    if (member(body, key) == nullptr) return refusal(key, "is missing");
  for (const std::string_view key : {"type", "backend", "name", "session_id"})
    if (const Json* value = member(body, key); value != nullptr && !value->is_string())
      return refusal(key, "must be a string");
  if (ionq_qubits(body.at("backend").get<std::string>()) == 0) return refusal("backend", "names no backend");
  return {};
}

Checked check_noise(const Json& body) {
  const Json* noise = member(body, "noise");
  if (noise == nullptr) return {};
  BORNITE_CHECK(check_keys(*noise, "noise", {"model", "seed"}));
  if (body.at("backend") != "simulator") return refusal("noise", "is for the simulator alone");
  const Json* model = member(*noise, "model");
  const auto is_model = [&](const char* name) { return model != nullptr && *model == name; };
  if (std::ranges::none_of(noise_models, is_model)) return refusal("noise.model", "names no noise model");
  if (const Json* seed = member(*noise, "seed"); seed != nullptr && !is_count(*seed, INT32_MIN, INT32_MAX))
    return refusal("noise.seed", "must be a whole number");
  return {};
}

Checked check_settings(const Json& body) {
  const Json* settings = member(body, "settings");
  if (settings == nullptr) return {};
  BORNITE_CHECK(check_keys(*settings, "settings", {"error_mitigation", "compilation"}));
  if (const Json* compilation = member(*settings, "compilation"))
    BORNITE_CHECK(
        check_keys(*compilation, "settings.compilation", {"gate_basis", "precision", "opt", "service_version"}));
  const Json* mitigation = member(*settings, "error_mitigation");
  if (mitigation == nullptr) return {};
  BORNITE_CHECK(check_keys(*mitigation, "settings.error_mitigation", {"debiasing", "symmetry_verification"}));
  for (const auto& [key, value] : mitigation->items())
    if (!value.is_boolean()) return refusal("settings.error_mitigation." + key, "must be true or false");
  if (mitigation->value("debiasing", false) && ionq_shots(body) < least_debiasing_shots)
    return refusal("settings.error_mitigation.debiasing", fmt::format("needs {} shots or more", least_debiasing_shots));
  return {};
}

Checked check_input(const Json& body) {
  const Json* input = member(body, "input");
  if (input == nullptr) return refusal("input", "is missing");
  const std::string type = body.at("type");
  if (type == "ionq.qasm3.v1") {
    BORNITE_CHECK(check_keys(*input, "input", {"data"}));
    const Json* data = member(*input, "data");
    if (data == nullptr || !data->is_string()) return refusal("input.data", "must be a program");
    return {};
  }
  const bool multi = type == "ionq.multi-circuit.v1";
  if (!multi && type != "ionq.circuit.v1") return refusal("type", "names no type of job");
  const std::string_view list = multi ? "circuits" : "circuit";
  BORNITE_CHECK(check_keys(*input, "input", {"gateset", "qubits", list}));
  const Json* set = member(*input, "gateset");
  if (set == nullptr || (*set != "qis" && *set != "native")) return refusal("input.gateset", "must be qis or native");
  if (const Json* qubits = member(*input, "qubits"); qubits != nullptr && !is_count(*qubits, 1, INT32_MAX))
    return refusal("input.qubits", "must be a positive whole number");
  const Json* circuits = member(*input, list);
  if (circuits == nullptr || !circuits->is_array()) return refusal(fmt::format("input.{}", list), "must be a list");
  if (multi && (circuits->empty() || circuits->size() > most_circuits))
    return refusal("input.circuits", fmt::format("must have 1 to {} circuits", most_circuits));
  return {};
}

IonqComplaint preflight(std::string message) { return {"PreflightError", std::move(message)}; }

boost::system::result<IonqCircuit, IonqComplaint> read_program(const std::string& text) {
  for (const Statement& statement : outline(text).statements)
    for (const std::string_view word : {"for", "while", "if", "else", "switch", "def", "input"})
      if (statement.name == word) return preflight(fmt::format("\"{}\" is not supported.", word));
  const auto program = read_qasm(text, "program");
  if (!program) return preflight(program.error().message);
  if (program->qubit_registers.empty()) return preflight("The program declares no qubits.");
  return IonqCircuit{measured_program(*program), program->bit_registers, program->measured_bits};
}

boost::system::result<IonqCircuit, IonqComplaint> read_listed(const Json& entry, const Json& input) {
  const auto schema = [&](std::string_view problem) {
    return IonqComplaint{"schema", fmt::format("An entry of input.circuits {}.", problem)};
  };
  if (!entry.is_object()) return schema("is not an object");
  if (const auto key = unknown_key(entry, {"name", "circuit", "qubits", "gateset"}))
    return schema(fmt::format("has the unknown field \"{}\"", *key));
  const std::string set = text_member(entry.contains("gateset") ? entry : input, "gateset");
  if (set != "qis" && set != "native") return schema("has an unknown gate set");
  const Json* qubits = member(entry, "qubits");
  if (qubits == nullptr) qubits = member(input, "qubits");
  if (qubits != nullptr && !is_count(*qubits, 1, INT32_MAX)) return schema("has a wrong number of qubits");
  const Json* gates = member(entry, "circuit");
  if (gates == nullptr) return schema("has no circuit");
  BORNITE_TRY(Program program, read_ionq_circuit(*gates, set, qubits == nullptr ? 0 : qubits->get<std::size_t>()));
  return IonqCircuit{std::move(program)};
}

boost::system::result<void, IonqComplaint> check_size(const std::vector<IonqCircuit>& circuits, const Json& body) {
  const std::size_t most = ionq_qubits(body.at("backend").get<std::string>());
  std::size_t gates = 0;
  for (const IonqCircuit& circuit : circuits) {
    if (circuit.program.circuit.qubits() > most)
      return IonqComplaint{"NotEnoughQubits", fmt::format("A circuit has {} qubits, the backend {}.",
                                                          circuit.program.circuit.qubits(), most)};
    gates += circuit.program.circuit.gates().size();
  }
  if (gates > most_gates) return IonqComplaint{"TooManyGates", fmt::format("The job has {} gates.", gates)};
  return {};
}

boost::system::result<std::vector<IonqCircuit>, IonqComplaint> read_all(const Json& body) {
  std::vector<IonqCircuit> circuits;
  const Json& input = body.at("input");
  if (body.at("type") == "ionq.qasm3.v1") {
    BORNITE_TRY(circuits.emplace_back(), read_program(input.at("data")));
  } else if (is_multi_circuit(body)) {
    for (const Json& entry : input.at("circuits")) {
      BORNITE_TRY(circuits.emplace_back(), read_listed(entry, input));
    }
  } else {
    BORNITE_TRY(circuits.emplace_back().program,
                read_ionq_circuit(input.at("circuit"), input.at("gateset").get<std::string>(),
                                  input.value("qubits", std::size_t{0})));
  }
  return circuits;
}

}  // namespace

boost::system::result<void, IonqRefusal> check_ionq_request(const Json& body) {
  BORNITE_CHECK(check_keys(
      body, "body",
      {"type", "input", "backend", "shots", "name", "metadata", "session_id", "dry_run", "noise", "settings"}));
  BORNITE_CHECK(check_texts(body));
  if (const Json* shots = member(body, "shots"); shots != nullptr && !is_count(*shots, 1, 1'000'000))
    return refusal("shots", "must be a whole number from 1 to 1000000");
  if (const Json* metadata = member(body, "metadata"); metadata != nullptr && !is_string_map(*metadata))
    return refusal("metadata", "must be an object of strings");
  if (const Json* dry = member(body, "dry_run"); dry != nullptr && !dry->is_boolean())
    return refusal("dry_run", "must be true or false");
  if (member(body, "session_id") != nullptr) return refusal("session_id", "names no session");
  BORNITE_CHECK(check_noise(body));
  BORNITE_CHECK(check_settings(body));
  return check_input(body);
}

boost::system::result<std::vector<IonqCircuit>, IonqComplaint> read_ionq_circuits(const Json& body) {
  BORNITE_TRY(auto circuits, read_all(body));
  BORNITE_CHECK(check_size(circuits, body));
  return circuits;
}

boost::system::result<IonqCircuit, IonqComplaint> read_ionq_circuit_at(const Json& body, std::size_t index) {
  const Json& input = body.at("input");
  if (is_multi_circuit(body)) return read_listed(input.at("circuits").at(index), input);
  BORNITE_TRY(auto circuits, read_all(body));
  return std::move(circuits.at(index));
}

bool is_exact_ionq(const Json& body) {
  const Json* noise = member(body, "noise");
  return body.at("backend") == "simulator" && (noise == nullptr || noise->at("model") == "ideal");
}

std::uint64_t ionq_shots(const Json& body) { return body.value("shots", std::uint64_t{100}); }

bool is_multi_circuit(const Json& body) { return body.at("type") == "ionq.multi-circuit.v1"; }

std::size_t ionq_qubits(std::string_view backend) {
  if (backend == "simulator") return most_simulated_qubits;
  return backend == "qpu.emulated" ? 20 : 0;
}

}  // namespace bornite::emulator
