// qBraid's REST API, version 2.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "bornite/emulator/dialect.hpp"
#include "fields.hpp"
#include "runner.hpp"

namespace bornite::emulator {
namespace {

constexpr std::string_view device_name = "qbraid:qbraid:sim:emulated-sv";
constexpr std::string_view job_prefix = "qbraid:emulator:job:";
constexpr std::uint64_t most_shots = 100'000;

HttpAnswer succeed(Json data, int status = 200) {
  return json_answer({{"success", true}, {"data", std::move(data)}}, status);
}
HttpAnswer refuse(int status, std::string_view message) {
  return json_answer({{"success", false}, {"error", {{"code", status}, {"message", message}}}}, status);
}

std::string_view status_of(Phase phase) {
  switch (phase) {
    case Phase::queued: return "QUEUED";
    case Phase::running: return "RUNNING";
    case Phase::done: return "COMPLETED";
    case Phase::failed: return "FAILED";
    case Phase::cancelled: return "CANCELLED";
  }
  return "";
}

Json device() {
  return {{"qrn", device_name},
          {"name", "Emulated state vector"},
          {"vendor", "qbraid"},
          {"deviceType", "SIMULATOR"},
          {"paradigm", "gate_model"},
          {"status", "ONLINE"},
          {"numberQubits", most_simulated_qubits},
          {"queueDepth", 0},
          {"runInputTypes", {"qasm3"}},
          {"pricing", {{"perTask", 0}, {"perShot", 0}, {"perMinute", 0}}}};
}

/// A sentence about what is wrong; none if all is well.
std::optional<std::string> check_request(const Json& body) {
  if (const auto key = unknown_key(body, {"program", "shots", "deviceQrn", "runtimeOptions", "tags", "name"}))
    return fmt::format("The field {} is not known.", *key);
  const Json* program = member(body, "program");
  if (program == nullptr || !program->is_object() || unknown_key(*program, {"format", "data"}) ||
      program->value("format", Json()) != "qasm3" || !program->value("data", Json()).is_string())
    return "program must be {\"format\": \"qasm3\", \"data\": ...}.";
  if (!body.contains("shots") || !is_count(body.at("shots"), 1, most_shots))
    return fmt::format("shots is a whole number from 1 to {}.", most_shots);
  if (!body.contains("deviceQrn") || !body.at("deviceQrn").is_string()) return "deviceQrn must be a string.";
  if (body.contains("runtimeOptions") && !body.at("runtimeOptions").is_object())
    return "runtimeOptions must be an object.";
  if (body.contains("tags") && !is_string_map(body.at("tags"))) return "tags must be an object of strings.";
  if (body.contains("name") && !body.at("name").is_string()) return "name must be a string.";
  return std::nullopt;
}

Result<QasmProgram> read_program(const Json& body) {
  BORNITE_TRY(QasmProgram program, read_qasm(body.at("program").at("data").get<std::string>(), "program"));
  if (!program.inputs.empty()) return Error{ErrorKind::unsupported, "Programs with inputs are not supported."};
  if (program.circuit.qubits() > most_simulated_qubits)
    return Error{ErrorKind::unsupported, fmt::format("The device has {} qubits.", most_simulated_qubits)};
  return program;
}

/// Strings of all classical bits, the first bit leftmost; of all qubits if nothing is measured.
Result<Json> count_outcomes(const Job& job, Distortion distortion) {
  BORNITE_TRY(const QasmProgram program, read_program(job.request));
  BORNITE_TRY(const auto outcomes,
              sample_rows(measured_program(program), {{}}, job.request.at("shots"), seed_of(job.id)));
  Outcome outcome = outcomes.front();
  if (!program.measured.empty()) {
    std::size_t bits = program.measured_bits.back() + 1;
    for (const QasmRegister& one : program.bit_registers) bits = std::max(bits, one.first + one.size);
    outcome = rearranged(outcome, program.measured_bits, bits);
  }
  outcome = distorted(std::move(outcome), distortion);
  Json counts = Json::object();
  for (std::size_t i = 0; i < outcome.texts.size(); ++i)
    counts[outcome.texts[i]] = static_cast<std::uint64_t>(outcome.weights[i]);
  return Result<Json>(boost::system::in_place_value, std::move(counts));
}

Json document_of(const Job& job, const Situation& situation) {
  const Phase phase = situation.phase(job);
  Json times{{"createdAt", iso_time(job.created)}};
  if (is_final(phase)) {
    times["endedAt"] = iso_time(situation.ended(job));
    times["executionDuration"] = (situation.ended(job) - situation.started(job)).count();
  }
  return {{"jobQrn", std::string(job_prefix) + job.id},
          {"deviceQrn", job.request.at("deviceQrn")},
          {"name", job.request.value("name", "")},
          {"shots", job.request.at("shots")},
          {"tags", job.request.value("tags", Json::object())},
          {"status", status_of(phase)},
          {"statusMsg", phase == Phase::failed ? job.failure_message : ""},
          {"queuePosition", phase == Phase::queued ? Json(1) : Json(nullptr)},
          {"timeStamps", std::move(times)},
          {"cost", 0},
          {"estimatedCost", 0},
          {"batchJobQrn", nullptr}};
}

class QbraidDialect final : public ProviderDialect {
 public:
  explicit QbraidDialect(std::string token) {
    if (!token.empty()) key_ = std::move(token);
  }

  CallKind kind(const HttpCall& call) const override {
    const auto parts = path_parts(call.path());
    if (parts.size() < 4) return CallKind::other;
    if (parts[3] == "devices") return CallKind::devices;
    if (parts[3] != "jobs") return CallKind::other;
    if (parts.size() == 4) return call.method == "POST" ? CallKind::submit : CallKind::list;
    if (parts.size() == 5) return CallKind::status;
    return parts[5] == "result" ? CallKind::result : CallKind::cancel;
  }

  HttpAnswer answer(const HttpCall& call, Situation& situation) override {
    auto parts = path_parts(call.path());
    if (parts.size() < 4 || parts[1] != "api" || parts[2] != "v1") return refuse(404, "Not found.");
    if (call.header("X-API-KEY") != key_) return expire();
    parts.erase(parts.begin(), parts.begin() + 3);
    if (parts[0] == "devices" && call.method == "GET") return devices(parts);
    return parts[0] == "jobs" ? jobs(call, parts, situation) : refuse(404, "Not found.");
  }

  HttpAnswer trouble(int status) const override { return refuse(status, "The emulator's fault script asks for this."); }
  HttpAnswer expire() override { return refuse(401, "The API key is not valid."); }
  Access access() const override {
    return {.device = std::string(device_name), .addresses = {{"endpoint", "/qbraid/api/v1"}}, .token = key_};
  }

 private:
  static HttpAnswer devices(const std::vector<std::string>& parts) {
    if (parts.size() == 1) return succeed(Json::array({device()}));
    return parts.size() == 2 && parts[1] == device_name ? succeed(device()) : refuse(404, "There is no such device.");
  }

  static HttpAnswer jobs(const HttpCall& call, const std::vector<std::string>& parts, const Situation& situation) {
    if (parts.size() == 1 && call.method == "POST") return submit(call, situation);
    if (parts.size() == 1 && call.method == "GET") return list(call, situation);
    const Job* job = parts.size() > 1 && parts[1].starts_with(job_prefix)
                         ? situation.store().find("qbraid", std::string_view(parts[1]).substr(job_prefix.size()))
                         : nullptr;
    if (job == nullptr) return refuse(404, "There is no such job.");
    if (parts.size() == 2 && call.method == "GET") return succeed(document_of(*job, situation));
    if (parts.size() == 3 && parts[2] == "result" && call.method == "GET") return result(*job, situation);
    if (parts.size() == 3 && parts[2] == "cancel" && call.method == "POST") return cancel(*job, situation);
    return refuse(404, "Not found.");
  }

  static HttpAnswer submit(const HttpCall& call, const Situation& situation) {
    const auto body = parse_object(call.body);
    if (!body || !says_json(call)) return refuse(422, "The body is not a JSON object.");
    if (const auto problem = check_request(*body)) return refuse(422, *problem);
    if (body->at("deviceQrn") != device_name) return refuse(404, "There is no such device.");
    Job job{.id = make_uuid(), .provider = "qbraid", .request = *body};
    if (const auto program = read_program(*body); !program) {
      job.failure_code = "FAILED";
      job.failure_message = program.error().message;
    }
    const std::string name = std::string(job_prefix) + job.id;
    if (const auto stored = situation.accept(std::move(job)); !stored) return refuse(500, stored.error().message);
    return succeed({{"jobQrn", name}, {"status", "INITIALIZING"}}, 201);
  }

  /// `tags[KEY]=VALUE` selects; page and limit cut.
  static HttpAnswer list(const HttpCall& call, const Situation& situation) {
    const QueryValues query(call.query());
    const auto page = query.count("page", 1);
    const auto limit = query.count("limit", 20);
    if (!page || *page < 1 || !limit || *limit < 1 || *limit > 100)
      return refuse(422, "page and limit must be positive.");
    std::vector<const Job*> jobs = situation.store().list("qbraid");
    for (const auto& [key, value] : query.pairs()) {
      if (!key.starts_with("tags[") || !key.ends_with(']')) continue;
      const std::string tag = key.substr(5, key.size() - 6);
      std::erase_if(jobs,
                    [&](const Job* job) { return job->request.value("tags", Json::object()).value(tag, "") != value; });
    }
    Json listed = Json::array();
    for (std::size_t i = (*page - 1) * *limit; i < std::min<std::size_t>(jobs.size(), *page * *limit); ++i)
      listed.push_back(document_of(*jobs[i], situation));
    return succeed(std::move(listed));
  }

  static HttpAnswer result(const Job& job, const Situation& situation) {
    const Phase phase = situation.phase(job);
    if (!is_final(phase)) return refuse(409, "The job has not ended.");
    if (phase != Phase::done) return refuse(400, fmt::format("The job has no result: it is {}.", status_of(phase)));
    const auto counts = count_outcomes(job, situation.distortion());
    if (!counts) return refuse(500, counts.error().message);
    return succeed({{"status", "COMPLETED"}, {"cost", 0}, {"resultData", {{"measurementCounts", *counts}}}});
  }

  static HttpAnswer cancel(const Job& job, const Situation& situation) {
    if (is_final(situation.phase(job))) return refuse(400, "The job has ended.");
    if (const auto done = situation.cancel(job); !done) return refuse(500, done.error().message);
    return succeed({{"jobQrn", std::string(job_prefix) + job.id}, {"status", "CANCELLING"}}, 202);
  }

  std::string key_ = "qbraid-emulator-key";
};

}  // namespace

std::unique_ptr<ProviderDialect> make_qbraid_dialect(std::string token) {
  return std::make_unique<QbraidDialect>(std::move(token));
}

}  // namespace bornite::emulator
