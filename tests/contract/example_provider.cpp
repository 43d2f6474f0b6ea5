#include "example_provider.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "bornite/backend/sample.hpp"
#include "bornite/qasm/reader.hpp"
#include "bornite/statevector/statevector_backend.hpp"

namespace bornite {
namespace {

using emulator::HttpAnswer;
using emulator::HttpCall;
using emulator::Json;

constexpr std::uint64_t qubits = 20;
constexpr std::uint64_t most_shots = 10'000;

HttpAnswer refuse(int status, const std::string& reason) { return emulator::json_answer({{"error", reason}}, status); }

Json device_document() {
  return {{"name", ExampleProvider::device}, {"qubits", qubits}, {"status", "online"}, {"usd_per_shot", 0.001}};
}

/// What is wrong with the fields of a submission; empty if nothing is.
std::string problem_of(const Json& body) {
  if (!body.is_object() || body.size() != 4) return "A job is an object of device, label, shots and program.";
  for (const char* const name : {"device", "label", "program"})
    if (!body.contains(name) || !body[name].is_string() || body[name].get<std::string>().empty())
      return fmt::format("{} must be a text.", name);
  if (!body.contains("shots") || !body["shots"].is_number_unsigned() || body["shots"] < 1 || body["shots"] > most_shots)
    return fmt::format("shots must be a whole number from 1 to {}.", most_shots);
  if (body["device"] != ExampleProvider::device) return "There is no such device.";
  return "";
}

Result<QasmProgram> read_program(const std::string& text) {
  BORNITE_TRY(QasmProgram program, read_qasm(text, "program"));
  if (program.circuit.qubits() > qubits) return Error{ErrorKind::input, "The program has too many qubits."};
  if (!program.inputs.empty()) return Error{ErrorKind::input, "Programs may not have inputs."};
  if (program.measured.empty()) return Error{ErrorKind::input, "The program measures nothing."};
  return program;
}

}  // namespace

ExampleProvider::ExampleProvider(bool waiting) : waiting_(waiting) {
  std::ofstream(folder_.path() / "token") << token << '\n';
  ::chmod((folder_.path() / "token").c_str(), 0600);
  server_ =
      emulator::EmulatorServer::start({.tls = true, .certificate_folder = folder_.path()}, [this](
                                                                                               const HttpCall& call) {
        return answer(call);
      }).value();
}

BackendOptions ExampleProvider::options() const {
  return {{"endpoint", server_->address() + "/v1"},
          {"ca_file", server_->authority_file().string()},
          {"token_file", (folder_.path() / "token").string()},
          {"retry_pause", "0.005"},
          {"lookup_delay", "0"},
          {"per_minute", "1000000"}};
}

std::uint64_t ExampleProvider::accepted() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

std::uint64_t ExampleProvider::last_submission_bytes() const {
  const std::lock_guard lock(mutex_);
  return last_submission_bytes_;
}

HttpAnswer ExampleProvider::answer(const HttpCall& call) {
  const std::lock_guard lock(mutex_);
  if (call.header("Authorization") != fmt::format("Bearer {}", token)) return refuse(401, "The key is not valid.");
  if (call.method != "POST" && !call.body.empty()) return refuse(400, "This call has no body.");
  return route(call);
}

HttpAnswer ExampleProvider::route(const HttpCall& call) {
  std::vector<std::string> path = emulator::path_parts(call.path());
  const std::string verb = call.method + (path.size() > 1 && path[0] == "v1" ? " " + path[1] : "");
  if (!call.query().empty() && (verb != "GET jobs" || path.size() != 2)) return refuse(400, "This call has no query.");
  if (verb == "GET devices" && path.size() == 2) return emulator::json_answer(Json::array({device_document()}));
  if (verb == "GET devices" && path.size() == 3 && path[2] == device) return emulator::json_answer(device_document());
  if (verb == "POST jobs" && path.size() == 2) return submit(call);
  if (verb == "GET jobs" && path.size() == 2) return list(call);
  const auto job = path.size() > 2 ? jobs_.find(path[2]) : jobs_.end();
  if (job == jobs_.end()) return refuse(404, "There is nothing of this name.");
  if (verb == "GET jobs" && path.size() == 3)
    return emulator::json_answer({{"id", job->first}, {"status", job->second.status}});
  if (verb == "DELETE jobs" && path.size() == 3) return cancel(job->second);
  if (verb == "GET jobs" && path.size() == 4 && path[3] == "counts") return counts(job->second);
  return refuse(404, "There is no such call.");
}

HttpAnswer ExampleProvider::submit(const HttpCall& call) {
  if (call.header("Content-Type") != "application/json") return refuse(415, "The body must be JSON.");
  const Json body = Json::parse(call.body, nullptr, false);
  if (const std::string problem = problem_of(body); !problem.empty()) return refuse(422, problem);
  const auto program = read_program(body["program"]);
  if (!program) return refuse(422, program.error().message);
  const std::string label = body["label"];
  if (std::ranges::any_of(jobs_, [&](const auto& entry) { return entry.second.label == label; }))
    return refuse(409, "There is a job with this label.");
  Job job{.id = fmt::format("ex-{:06}", jobs_.size()),
          .label = label,
          .status = waiting_ ? "queued" : "done",
          .circuit = program->circuit,
          .measured = {program->measured.begin(), program->measured.end()},
          .shots = body["shots"]};
  const std::string id = job.id;
  jobs_.emplace(id, std::move(job));
  last_submission_bytes_ = call.body.size();
  return emulator::json_answer({{"id", id}}, 201);
}

HttpAnswer ExampleProvider::list(const HttpCall& call) const {
  const emulator::QueryValues query(call.query());
  if (query.pairs().size() != 1 || !query.get("label")) return refuse(400, "Jobs are listed by their label.");
  Json all = Json::array();
  for (const auto& [id, job] : jobs_)
    if (job.label == query.get("label")) all.push_back({{"id", id}, {"status", job.status}});
  return emulator::json_answer(all);
}

HttpAnswer ExampleProvider::cancel(Job& job) const {
  if (job.status != "queued") return refuse(409, "The job has ended.");
  job.status = "cancelled";
  return {.status = 204};
}

HttpAnswer ExampleProvider::counts(const Job& job) {
  if (job.status != "done") return refuse(409, "The job has no counts.");
  StatevectorBackend simulator;
  const SampleRequest request{job.circuit,
                              ParameterRows(1, 0, {}),
                              Shots(job.shots),
                              {.seed = std::hash<std::string>()(job.id), .purpose = StreamPurpose::shots}};
  const auto table = sample(simulator, request);
  if (!table) return refuse(500, table.error().message);
  const ShotRow row = select_bits((*table)[0], job.measured);
  Json counted = Json::object();
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::string text = row.strings()[i].to_text();
    std::ranges::reverse(text);
    counted[text] = row.counts()[i];
  }
  return emulator::json_answer({{"counts", counted}});
}

}  // namespace bornite
