#include "ibm_adapter.hpp"

#include <fmt/format.h>

#include "bornite/compile/target_file.hpp"
#include "ibm_results.hpp"
#include "ibm_time.hpp"

namespace bornite {
namespace {

constexpr std::string_view parametric_note = "parametric";
constexpr std::string_view constant_note = "constant";
constexpr std::uint64_t ran_too_long = 1305;

/// Whether the tag is among the job's; also if the list does not say.
Result<bool> bears_tag(const JsonValue& job, const std::string& tag) {
  const auto list = job.find("tags");
  if (!list) return true;
  BORNITE_TRY(const auto tags, list->elements());
  for (const JsonValue& each : tags) {
    BORNITE_TRY(const std::string text, each.text());
    if (text == tag) return true;
  }
  return false;
}

std::string job_path(const JobId& job) { return "/jobs/" + percent_encode(job); }

Result<DeviceSummary> read_summary(const JsonValue& device) {
  BORNITE_TRY(const JsonValue name, device["name"]);
  DeviceSummary summary;
  BORNITE_TRY(summary.name, name.text());
  BORNITE_TRY(summary.qubits, device.count_or("qubits", 0));
  if (const auto status = device.find("status")) {
    BORNITE_TRY(summary.status, status->text_or("name", ""));
    summary.available = summary.status == "online" || summary.status == "active";
  }
  if (const auto queue = device.find("queue_length")) {
    BORNITE_TRY(summary.queue_length, queue->count());
  }
  std::string family = "processor";
  if (const auto type = device.find("processor_type")) {
    BORNITE_TRY(family, type->text_or("family", family));
  }
  summary.description = fmt::format("IBM's {} ({})", summary.name, family);
  return summary;
}

JobState state_of(const std::string& status) {
  if (status == "Completed") return JobState::done;
  if (status == "Failed") return JobState::failed;
  if (status.starts_with("Cancelled")) return JobState::cancelled;
  return status == "Running" ? JobState::running : JobState::queued;
}

/// A job that ran for too long is called cancelled, although nobody cancelled it; the reason is in one of the words or
/// in the code.
Result<JobStatus> read_state(const JsonValue& job) {
  BORNITE_TRY(const std::string outer, job.text_or("status", ""));
  std::string word = outer;
  std::string reason;
  std::string solution;
  std::uint64_t code = 0;
  if (const auto state = job.find("state")) {
    BORNITE_TRY(word, state->text_or("status", outer));
    BORNITE_TRY(reason, state->text_or("reason", ""));
    BORNITE_TRY(solution, state->text_or("reason_solution", ""));
    BORNITE_TRY(const std::uint64_t other_code, state->count_or("reasonCode", 0));
    BORNITE_TRY(code, state->count_or("reason_code", other_code));
  }
  if (word.empty()) return job.error("has no state");
  JobStatus status{.state = state_of(word)};
  const bool too_long =
      code == ran_too_long || fmt::format("{} {} {}", outer, word, reason).find("Ran too long") != std::string::npos;
  if (status.state == JobState::cancelled && too_long) {
    status.state = JobState::failed;
    if (reason.empty()) reason = "Ran too long";
  }
  status.message = reason + (reason.empty() || solution.empty() ? "" : ". ") + solution;
  return status;
}

}  // namespace

Result<JsonValue> IbmAdapter::get(Exchange& exchange, std::string_view path) const {
  const std::string about(path.substr(0, path.find('?')));
  BORNITE_TRY(const HttpReply reply, exchange.send(service_.request("GET", path), Repeat::safe));
  if (reply.status < 200 || reply.status > 299) return refusal(*this, reply, about);
  if (reply.status == 204)
    return Error{ErrorKind::job, fmt::format("{} has nothing at {} yet.", provider(), about), "", true};
  return read_json(*this, reply, about);
}

Result<std::vector<DeviceSummary>> IbmAdapter::devices(Exchange& exchange) const {
  BORNITE_TRY(const JsonValue reply, get(exchange, "/backends"));
  BORNITE_TRY(const JsonValue list, reply["devices"]);
  BORNITE_TRY(const auto elements, list.elements());
  std::vector<DeviceSummary> all;
  for (const JsonValue& element : elements) {
    BORNITE_TRY(DeviceSummary summary, read_summary(element));
    all.push_back(std::move(summary));
  }
  return all;
}

Result<DeviceDescription> IbmAdapter::describe(const std::string& device, Exchange& exchange) const {
  BORNITE_TRY(std::vector<DeviceSummary> all, devices(exchange));
  DeviceDescription description;
  for (DeviceSummary& summary : all)
    if (summary.name == device) description.summary = std::move(summary);
  if (description.summary.name.empty()) {
    std::string names;
    for (const DeviceSummary& summary : all)
      if (!summary.name.empty()) names += (names.empty() ? "" : ", ") + summary.name;
    return Error{ErrorKind::usage, fmt::format("This IBM instance has no device '{}'.", device),
                 fmt::format("It has: {}.", names.empty() ? "none" : names)};
  }
  const std::string path = "/backends/" + percent_encode(device);
  BORNITE_TRY(const JsonValue configuration, get(exchange, path + "/configuration"));
  BORNITE_TRY(const JsonValue properties, get(exchange, path + "/properties"));
  BORNITE_TRY(description.target, read_ibm_target({configuration.dump(), "IBM's configuration of " + device},
                                                  {properties.dump(), "IBM's properties of " + device}));
  description.summary.qubits = description.target->qubits.size();
  BORNITE_TRY(description.calibration, properties.text_or("last_update_date", ""));
  description.calibrated = read_ibm_time(description.calibration);
  if (const auto shots = configuration.find("max_shots")) {
    BORNITE_TRY(description.max_shots, shots->count());
  }
  return description;
}

std::string IbmAdapter::note(const Submission& submission) const {
  return std::string(submission.program.writer.input_names().empty() ? constant_note : parametric_note);
}

nlohmann::json IbmAdapter::pubs(const Submission& submission) const {
  const SampleRequest& request = submission.request;
  const QasmWriter& writer = submission.program.writer;
  const bool parametric = !writer.input_names().empty();
  const std::string program = parametric ? writer.parametric().value() : writer.bound({});
  nlohmann::json pubs = nlohmann::json::array();
  std::size_t row = 0;
  for (const std::size_t count : pub_rows(submission.shape, parametric)) {
    nlohmann::json values = nullptr;
    if (parametric) {
      values = nlohmann::json::array();
      for (std::size_t r = row; r < row + count; ++r) values.push_back(writer.input_values(request.rows[r]));
    }
    pubs.push_back({program, std::move(values), request.shots.of_row(row)});
    row += count;
  }
  return pubs;
}

nlohmann::json IbmAdapter::options() const {
  nlohmann::json options = nlohmann::json::object();
  if (!options_.dynamical_decoupling.empty())
    options["dynamical_decoupling"] = {{"enable", true}, {"sequence_type", options_.dynamical_decoupling}};
  if (options_.twirling) options["twirling"] = {{"enable_gates", true}, {"enable_measure", true}};
  return options;
}

Result<HttpRequest> IbmAdapter::submission(const Submission& submission) const {
  nlohmann::json body{
      {"program_id", "sampler"},
      {"backend", device_},
      {"tags", {submission.token}},
      {"params", {{"version", 2}, {"support_qiskit", false}, {"pubs", pubs(submission)}, {"options", options()}}}};
  const std::string_view session = sessions() ? submission.session : options_.session.id;
  if (!session.empty()) body["session_id"] = session;
  if (options_.max_seconds) body["cost"] = *options_.max_seconds;
  return service_.request("POST", "/jobs", body.dump());
}

Result<JobId> IbmAdapter::read_submission(const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "the submission"));
  BORNITE_TRY(const JsonValue id, json["id"]);
  return id.name();
}

HttpRequest IbmAdapter::status(const JobId& job) const {
  return service_.request("GET", job_path(job) + "?exclude_params=true");
}

Result<JobStatus> IbmAdapter::read_status(const JobId& job, const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "job " + job));
  BORNITE_TRY(JobStatus status, read_state(json));
  if (const auto usage = json.find("usage")) {
    if (const auto seconds = usage->find("seconds")) {
      BORNITE_TRY(status.price.qpu_seconds, seconds->number());
    }
  }
  return status;
}

Result<ShotTable> IbmAdapter::results(const JobId& job, const JobShape& shape, Exchange& exchange) const {
  BORNITE_TRY(const JsonValue reply, get(exchange, job_path(job) + "/results"));
  return read_ibm_results(reply, shape, shape.note != constant_note);
}

HttpRequest IbmAdapter::cancellation(const JobId& job) const {
  return service_.request("POST", job_path(job) + "/cancel");
}

Result<JobLookup> IbmAdapter::find(const SubmissionToken& token, Exchange& exchange) const {
  BORNITE_TRY(const JsonValue reply,
              get(exchange, fmt::format("/jobs?tags={}&exclude_params=true&limit=10", percent_encode(token))));
  BORNITE_TRY(const JsonValue list, reply["jobs"]);
  BORNITE_TRY(const auto jobs, list.elements());
  for (const JsonValue& entry : jobs) {
    BORNITE_TRY(const bool own, bears_tag(entry, token));
    if (!own) continue;
    BORNITE_TRY(const JsonValue id, entry["id"]);
    BORNITE_TRY(JobId job, id.name());
    return JobLookup{JobLookup::Answer::found, std::move(job)};
  }
  // Jobs of others: the service did not select by the tag, and this one may be on another page.
  return JobLookup{jobs.empty() ? JobLookup::Answer::absent : JobLookup::Answer::uncertain};
}

}  // namespace bornite
