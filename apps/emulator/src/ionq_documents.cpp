#include "ionq_documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "fields.hpp"
#include "ionq_results.hpp"

namespace bornite::emulator {
namespace {

constexpr std::size_t child_digits = 12;
constexpr std::string_view characterization_id = "00000000-0000-4000-8000-0000000000c1";

std::string_view status_of(Phase phase) {
  switch (phase) {
    case Phase::queued: return "ready";
    case Phase::running: return "started";
    case Phase::done: return "completed";
    case Phase::failed: return "failed";
    case Phase::cancelled: return "canceled";
  }
  return "";
}

std::size_t circuits_in(const Job& record) { return record.request.at("stats").value("circuits", std::size_t{0}); }

Json results_of(const IonqJob& job, Phase phase) {
  if (phase != Phase::done || job.body().value("dry_run", false)) return Json::object();
  return is_multi_circuit(job.body()) && !job.child ? ionq_aggregate_map() : ionq_result_map(job.body());
}

double price(std::string_view backend, std::uint64_t shots, const IonqGateCounts& gates) {
  if (backend == "simulator") return 0;
  const auto count = [](std::uint64_t number) { return static_cast<double>(number); };
  return std::max(1.0, count(shots) * (0.00003 * count(gates.one_qubit) + 0.0003 * count(gates.two_qubit)));
}

IonqGateCounts gates_of(const Job& record) {
  const Json& stats = record.request.at("stats");
  if (!stats.contains("gate_counts")) return {};
  return {stats.at("gate_counts").at("1q"), stats.at("gate_counts").at("2q")};
}

bool matches(const IonqJob& job, const QueryValues& query, const Situation& situation) {
  const auto ids = query.list("ids");
  if (!ids.empty() && std::ranges::find(ids, job.id()) == ids.end()) return false;
  if (const auto status = query.get("status"); status && *status != status_of(situation.phase(*job.record)))
    return false;
  const auto targets = query.list("target");
  return targets.empty() || std::ranges::find(targets, job.body().at("backend").get<std::string>()) != targets.end();
}

}  // namespace

std::string IonqJob::id() const {
  if (!child) return record->id;
  return record->id.substr(0, record->id.size() - child_digits) + fmt::format("{:012}", *child + 1);
}

IonqJob find_ionq_job(const Situation& situation, const std::string& id) {
  if (const Job* record = situation.store().find("ionq", id)) return {record};
  if (id.size() <= child_digits) return {};
  const std::size_t start = id.size() - child_digits;
  const Job* parent = situation.store().find("ionq", id.substr(0, start) + "000000000000");
  std::size_t number = 0;
  std::from_chars(id.data() + start, id.data() + id.size(), number);
  if (parent == nullptr || number == 0 || !is_multi_circuit(parent->request.at("body")) ||
      number > circuits_in(*parent))
    return {};
  const IonqJob job{parent, number - 1};
  return job.id() == id ? job : IonqJob{};
}

std::vector<IonqJob> select_ionq_jobs(const QueryValues& query, const Situation& situation) {
  std::vector<IonqJob> jobs;
  if (const auto parent = query.get("parent_job_id")) {
    const IonqJob found = find_ionq_job(situation, *parent);
    if (found.record != nullptr && !found.child && is_multi_circuit(found.body()))
      for (std::size_t k = 0; k < circuits_in(*found.record); ++k) jobs.push_back({found.record, k});
  } else {
    for (const Job* record : situation.store().list("ionq")) jobs.push_back({record});
  }
  std::erase_if(jobs, [&](const IonqJob& job) { return !matches(job, query, situation); });
  return jobs;
}

Json ionq_error(int status, std::string_view message) {
  std::string_view name = "Error";
  for (const auto& [code, text] :
       std::initializer_list<std::pair<int, std::string_view>>{{400, "Bad Request"},
                                                               {401, "Unauthorized"},
                                                               {404, "Not Found"},
                                                               {413, "Payload Too Large"},
                                                               {415, "Unsupported Media Type"},
                                                               {429, "Too Many Requests"},
                                                               {500, "Internal Server Error"},
                                                               {502, "Bad Gateway"},
                                                               {503, "Service Unavailable"}})
    if (code == status) name = text;
  return {{"statusCode", status}, {"error", name}, {"message", message}};
}

Json ionq_stats(const std::vector<IonqCircuit>& circuits) {
  IonqGateCounts sum;
  std::size_t qubits = 0;
  for (const IonqCircuit& circuit : circuits) {
    const IonqGateCounts gates = count_gates(circuit.program.circuit);
    sum.one_qubit += gates.one_qubit;
    sum.two_qubit += gates.two_qubit;
    qubits = std::max(qubits, circuit.program.circuit.qubits());
  }
  return {{"qubits", qubits},
          {"circuits", circuits.size()},
          {"gate_counts", {{"1q", sum.one_qubit}, {"2q", sum.two_qubit}}}};
}

Json ionq_job_document(const IonqJob& job, const Situation& situation) {
  const Job& record = *job.record;
  const Json& body = job.body();
  const Phase phase = situation.phase(record);
  const bool started = phase != Phase::queued && situation.now() >= situation.started(record);
  const auto optional = [&](const char* key) { return body.contains(key) ? body.at(key) : Json(nullptr); };
  Json document{{"id", job.id()},
                {"status", status_of(phase)},
                {"type", job.child ? "ionq.circuit.v1" : body.at("type").get<std::string>()},
                {"backend", body.at("backend")},
                {"dry_run", body.value("dry_run", false)},
                {"cost_model", "quantum_compute_time"},
                {"submitter_id", "emulator"},
                {"project_id", nullptr},
                {"parent_job_id", job.child ? Json(record.id) : Json(nullptr)},
                {"session_id", nullptr},
                {"metadata", optional("metadata")},
                {"name", job.child ? body.at("input").at("circuits").at(*job.child).value("name", Json(nullptr))
                                   : optional("name")},
                {"submitted_at", iso_time(record.created)},
                {"started_at", started ? Json(iso_time(situation.started(record))) : Json(nullptr)},
                {"completed_at", is_final(phase) ? Json(iso_time(situation.ended(record))) : Json(nullptr)}};
  const auto wait = situation.started(record) - situation.now();
  document["predicted_wait_time_ms"] =
      phase == Phase::queued ? Json(std::max<std::int64_t>(0, wait.count())) : Json(nullptr);
  document["predicted_execution_duration_ms"] = (situation.ended(record) - situation.started(record)).count();
  document["shots"] = ionq_shots(body);
  if (body.at("backend") == "simulator") document["noise"] = body.value("noise", Json{{"model", "ideal"}});
  document["failure"] =
      phase == Phase::failed ? Json{{"code", record.failure_code}, {"message", record.failure_message}} : Json(nullptr);
  document["settings"] = body.value("settings", Json::object());
  document["stats"] = record.request.at("stats");
  document["results"] = results_of(job, phase);
  document["output"] = Json::object();
  if (is_multi_circuit(body) && !job.child) {
    document["child_job_ids"] = Json::array();
    for (std::size_t k = 0; k < circuits_in(record); ++k) document["child_job_ids"].push_back(IonqJob{&record, k}.id());
  }
  return document;
}

Json ionq_job_cost(const IonqJob& job) {
  const Json cost{
      {"value", price(job.body().at("backend").get<std::string>(), ionq_shots(job.body()), gates_of(*job.record))},
      {"unit", "usd"}};
  return {{"dry_run", job.body().value("dry_run", false)}, {"estimated_cost", cost}, {"cost", cost}};
}

Json ionq_estimate(std::string_view backend, std::uint64_t shots, const IonqGateCounts& gates) {
  return {{"estimated_total_cost", price(backend, shots, gates)},
          {"cost_unit", "usd"},
          {"estimated_execution_time", shots},
          {"current_predicted_queue_time", 0}};
}

Json ionq_backends() {
  const Json gates{"x",  "y", "z",  "rx",  "ry",   "rz",   "h",  "s",  "si", "v",
                   "vi", "t", "ti", "not", "cnot", "swap", "xx", "yy", "zz"};
  Json list = Json::array();
  for (const char* name : {"simulator", "qpu.emulated"})
    list.push_back({{"backend", name},
                    {"status", "available"},
                    {"qubits", ionq_qubits(name)},
                    {"average_queue_time", 0},
                    {"last_updated", "2026-11-20T00:00:00Z"},
                    {"degraded", false},
                    {"supported_gates", gates}});
  list[1]["supported_native_gates"] = {"gpi", "gpi2", "ms", "zz"};
  list[1]["characterization_id"] = characterization_id;
  return list;
}

Json ionq_characterization() {
  Json pairs = Json::array();
  const std::size_t qubits = ionq_qubits("qpu.emulated");
  for (std::size_t a = 0; a < qubits; ++a)
    for (std::size_t b = a + 1; b < qubits; ++b) pairs.push_back({a, b});
  return {
      {"id", characterization_id},
      {"backend", "qpu.emulated"},
      {"date", "2026-11-20T00:00:00Z"},
      {"qubits", qubits},
      {"connectivity", std::move(pairs)},
      {"fidelity", {{"spam", {{"median", 0.995}}}, {"1q", {{"median", 0.9998}}}, {"2q", {{"median", 0.995}}}}},
      {"timing", {{"readout", 0.00025}, {"reset", 0.00002}, {"1q", 0.00013}, {"2q", 0.0009}, {"t1", 100}, {"t2", 1}}}};
}

Result<std::optional<Json>> ionq_result(const IonqJob& job, const std::string& id, Distortion distortion) {
  const auto circuit = read_ionq_circuit_at(job.body(), job.child.value_or(0));
  if (!circuit) return Error{ErrorKind::job, circuit.error().message};
  const std::string name = job.id();
  return ionq_artifact({job.body(), name, distortion}, *circuit, id);
}

Result<std::optional<Json>> ionq_aggregate(const IonqJob& job, Distortion distortion) {
  const auto circuits = read_ionq_circuits(job.body());
  if (!circuits) return Error{ErrorKind::job, circuits.error().message};
  Json document = Json::object();
  for (std::size_t k = 0; k < circuits->size(); ++k) {
    const std::string name = IonqJob{job.record, k}.id();
    BORNITE_TRY(auto one, ionq_artifact({job.body(), name, distortion}, (*circuits)[k], "probabilities"));
    document.push_back({name, *std::move(one)});
  }
  return std::optional(std::move(document));
}

}  // namespace bornite::emulator
