#include "ionq_adapter.hpp"

#include <fmt/format.h>

#include <charconv>

#include "bornite/compile/target_file.hpp"
#include "bornite/rest/shot_readers.hpp"
#include "ionq_circuit.hpp"

namespace bornite {
namespace {

constexpr int most_pages = 200;               // of 25 jobs each, in which a lost job is looked for
constexpr int most_pages_of_circuits = 5000;  // as many as a job may have circuits
constexpr double longest_queue = 1e12;        // milliseconds: 30 years

/// Where the submission token stands in a job.
constexpr const char* token_key = "client_id";

Result<DeviceSummary> read_summary(const JsonValue& device) {
  BORNITE_TRY(const JsonValue name, device["backend"]);
  BORNITE_TRY(const JsonValue status, device["status"]);
  BORNITE_TRY(const std::uint64_t qubits, device.count_or("qubits", 0));
  DeviceSummary summary;
  summary.qubits = qubits;
  BORNITE_TRY(summary.name, name.text());
  BORNITE_TRY(summary.status, status.text());
  summary.simulator = summary.name == "simulator";
  summary.available = summary.status == "available";
  summary.description = summary.simulator ? "IonQ's simulator" : "IonQ " + summary.name;
  if (const auto milliseconds = device.find("average_queue_time")) {
    BORNITE_TRY(const double queue, milliseconds->number());
    if (!(queue >= 0 && queue <= longest_queue)) return milliseconds->error("is no time in a queue");
    summary.queue_time = std::chrono::seconds(static_cast<std::int64_t>(queue / 1000));
  }
  return summary;
}

JobState state_of(const std::string& status) {
  if (status == "completed") return JobState::done;
  if (status == "failed") return JobState::failed;
  if (status == "canceled" || status == "cancelled" || status == "deleted") return JobState::cancelled;
  if (status == "running" || status == "started") return JobState::running;
  return JobState::queued;  // also words that nobody knows yet: the engine's deadline ends the waiting
}

/// The number in the name that submission() gave a circuit.
std::optional<std::size_t> row_number(const JsonValue& job) {
  const auto name = job.text_or("name", "");
  if (!name || !name->starts_with('r')) return {};
  std::size_t number = 0;
  const char* const end = name->data() + name->size();
  const auto [stop, code] = std::from_chars(name->data() + 1, end, number);
  return code == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string IonqAdapter::job_url(const JobId& job) const {
  return fmt::format("{}/jobs/{}", endpoint_, percent_encode(job));
}

Result<std::vector<DeviceSummary>> IonqAdapter::devices(Exchange& exchange) const {
  BORNITE_TRY(const JsonValue reply, get(exchange, endpoint_ + "/backends"));
  BORNITE_TRY(const auto elements, reply.elements());
  std::vector<DeviceSummary> all;
  for (const JsonValue& element : elements) {
    BORNITE_TRY(DeviceSummary summary, read_summary(element));
    all.push_back(std::move(summary));
  }
  return all;
}

Result<DeviceDescription> IonqAdapter::describe(const std::string& device, Exchange& exchange) const {
  BORNITE_TRY(const JsonValue reply, get(exchange, fmt::format("{}/backends/{}", endpoint_, percent_encode(device))));
  BORNITE_TRY(DeviceSummary summary, read_summary(reply));
  DeviceDescription description{.summary = std::move(summary)};
  BORNITE_TRY(description.calibration, reply.text_or("characterization_id", ""));
  if (description.summary.simulator || description.calibration.empty()) return description;
  BORNITE_TRY(const JsonValue list, get(exchange, fmt::format("{}/backends/{}/characterizations?limit=1", endpoint_,
                                                              percent_encode(device))));
  const auto characterizations = list.find("characterizations");
  const auto entries = characterizations ? characterizations->elements() : list.elements();
  if (!entries || entries->empty()) return description;
  const std::string source = fmt::format("IonQ's description of {}", device);
  BORNITE_TRY(description.target,
              read_ionq_target({reply.dump(), source}, {entries->front().dump(), "its characterization"}));
  return description;
}

Result<HttpRequest> IonqAdapter::submission(const Submission& submission) const {
  const SampleRequest& request = submission.request;
  nlohmann::json body{{"backend", device_},
                      {"shots", request.shots.of_row(0)},
                      {"name", fmt::format("bornite-{}", submission.token)},
                      {"metadata", {{token_key, submission.token}}}};
  if (!options_.noise_model.empty()) body["noise"] = {{"model", options_.noise_model}};
  if (options_.debiasing) body["settings"] = {{"error_mitigation", {{"debiasing", true}}}};
  if (request.rows.rows() == 1) {
    body["type"] = "ionq.qasm3.v1";
    body["input"] = {{"data", submission.program.writer.bound(request.rows[0])}};
  } else {
    nlohmann::json circuits = nlohmann::json::array();
    for (std::size_t r = 0; r < request.rows.rows(); ++r)
      circuits.push_back({{"name", fmt::format("r{}", r)}, {"circuit", ionq_gates(request.circuit, request.rows[r])}});
    body["type"] = "ionq.multi-circuit.v1";
    body["input"] = {{"gateset", "qis"}, {"qubits", request.circuit.qubits()}, {"circuits", std::move(circuits)}};
  }
  return json_request("POST", endpoint_ + "/jobs", body);
}

Result<JobId> IonqAdapter::read_submission(const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "the submission"));
  BORNITE_TRY(const JsonValue id, json["id"]);
  return id.name();
}

HttpRequest IonqAdapter::status(const JobId& job) const { return {.url = job_url(job)}; }

Result<JobStatus> IonqAdapter::read_status(const JobId& job, const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "job " + job));
  BORNITE_TRY(const JsonValue word, json["status"]);
  BORNITE_TRY(const std::string text, word.text());
  JobStatus status{.state = state_of(text)};
  if (const auto failure = json.find("failure")) {
    BORNITE_TRY(const std::string code, failure->text_or("code", ""));
    BORNITE_TRY(const std::string older, failure->text_or("error", ""));
    BORNITE_TRY(const std::string message, failure->text_or("message", older));
    status.message = code + (code.empty() || message.empty() ? "" : ": ") + message;
  }
  BORNITE_TRY(const std::uint64_t wait, json.count_or("predicted_wait_time_ms", 0));
  if (wait > 0) status.expected_wait = std::chrono::seconds(wait / 1000);
  return status;
}

/// Where the probabilities of one circuit are, in the newest of the forms that the job has: strings by register (v2), or
/// decimal numbers (v1).
Result<std::string> IonqAdapter::result_url(const JsonValue& job) const {
  BORNITE_TRY(const JsonValue id, job["id"]);
  BORNITE_TRY(const std::string name, id.name());
  const auto results = job.find("results");
  const auto second = results ? results->find("ionq.result.probabilities.json.v2") : std::nullopt;
  if (!second) return job_url(name) + "/results/probabilities";
  BORNITE_TRY(const JsonValue artifact, (*second)["id"]);
  BORNITE_TRY(const std::string artifact_id, artifact.name());
  return job_url(name) + "/artifacts/" + percent_encode(artifact_id);
}

/// The ideal simulator measures nothing: it gives exact probabilities whatever the shots. Shots are drawn from them, the
/// same ones each time that the job is fetched.
std::optional<StreamKey> IonqAdapter::stream_of(const JobId& job) const {
  const bool ideal = options_.noise_model.empty() || options_.noise_model == "ideal";
  if (device_ != "simulator" || !ideal) return {};
  std::uint64_t seed = 0xcbf29ce484222325U;  // FNV-1a (Fowler, Noll, Vo): the same number on every machine
  for (const char c : job) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return StreamKey{.seed = seed, .purpose = StreamPurpose::shots};
}

Result<ShotRow> IonqAdapter::read_row(const JsonValue& document, const JobId& job, std::size_t qubits,
                                      std::uint64_t shots) const {
  const auto second = document.find("probabilities");
  if (!second) return read_decimal_probabilities(document, qubits, shots, stream_of(job));
  BORNITE_TRY(const JsonValue registers, (*second)["registers"]);
  const auto measured = registers.find("c");
  BORNITE_TRY(const JsonValue all, measured ? Result<JsonValue>(*measured) : registers["output_all"]);
  return read_probabilities(all, qubits, shots, BitOrder::first_left, stream_of(job));
}

/// The jobs of the circuits of a multi-circuit job, by their row.
Result<std::vector<JsonValue>> IonqAdapter::children(const JobId& job, std::size_t rows, Exchange& exchange) const {
  std::vector<std::optional<JsonValue>> found(rows);
  std::string next;
  const std::string first = fmt::format("{}/jobs?parent_job_id={}&limit=25", endpoint_, percent_encode(job));
  for (int number_of_page = 0; number_of_page == 0 || !next.empty(); ++number_of_page) {
    BORNITE_TRY(const JsonValue page, get(exchange, next.empty() ? first : first + "&next=" + percent_encode(next)));
    if (number_of_page == most_pages_of_circuits) return page.error("is one of more pages than a job has circuits");
    BORNITE_TRY(const JsonValue jobs, page["jobs"]);
    BORNITE_TRY(const auto entries, jobs.elements());
    for (const JsonValue& entry : entries) {
      const auto number = row_number(entry);
      if (!number || *number >= rows) return entry.error("is not one of the circuits that were sent");
      if (found[*number]) return entry.error("is a second result of one circuit");
      found[*number] = entry;
    }
    BORNITE_TRY(next, page.text_or("next", ""));
  }
  std::vector<JsonValue> all;
  for (std::size_t r = 0; r < rows; ++r) {
    if (!found[r])
      return Error{ErrorKind::job, fmt::format("IonQ has no result for circuit r{} of job {}.", r, job), "", true};
    all.push_back(*found[r]);
  }
  return all;
}

Result<ShotTable> IonqAdapter::results(const JobId& job, const JobShape& shape, Exchange& exchange) const {
  std::vector<JsonValue> jobs;
  if (shape.shots.size() == 1) {
    BORNITE_TRY(JsonValue own, get(exchange, job_url(job)));
    jobs.push_back(std::move(own));
  } else {
    BORNITE_TRY(jobs, children(job, shape.shots.size(), exchange));
  }
  std::vector<HttpRequest> requests;
  for (const JsonValue& circuit : jobs) {
    BORNITE_TRY(std::string url, result_url(circuit));
    requests.push_back({.url = std::move(url)});
  }
  const std::vector<Result<HttpReply>> replies = exchange.send_all(requests, Repeat::safe);
  std::vector<ShotRow> rows;
  for (std::size_t r = 0; r < jobs.size(); ++r) {
    if (!replies[r]) return replies[r].error();
    const std::string about = "the outcomes of job " + job;
    if (replies[r]->status != 200) return refusal(*this, *replies[r], about);
    BORNITE_TRY(const JsonValue document, read_json(*this, *replies[r], about));
    BORNITE_TRY(const JsonValue id, jobs[r]["id"]);
    BORNITE_TRY(const JobId own, id.name());
    BORNITE_TRY(ShotRow made, read_row(document, own, shape.qubits, shape.shots[r]));
    rows.push_back(std::move(made));
  }
  return ShotTable::create(std::move(rows));
}

HttpRequest IonqAdapter::cancellation(const JobId& job) const {
  return {.method = "PUT", .url = job_url(job) + "/status/cancel"};
}

Result<JobLookup> IonqAdapter::find(const SubmissionToken& token, Exchange& exchange) const {
  std::string next;
  for (int page = 0; page < most_pages; ++page) {
    std::string url = endpoint_ + "/jobs?limit=25";
    if (!next.empty()) url += "&next=" + percent_encode(next);
    BORNITE_TRY(const JsonValue reply, get(exchange, url));
    BORNITE_TRY(const JsonValue jobs, reply["jobs"]);
    BORNITE_TRY(const auto entries, jobs.elements());
    for (const JsonValue& entry : entries) {
      const auto metadata = entry.find("metadata");
      if (!metadata) continue;
      BORNITE_TRY(const std::string client, metadata->text_or(token_key, ""));
      if (client != token) continue;
      BORNITE_TRY(const JsonValue id, entry["id"]);
      BORNITE_TRY(JobId job, id.name());
      return JobLookup{JobLookup::Answer::found, std::move(job)};
    }
    BORNITE_TRY(next, reply.text_or("next", ""));
    if (next.empty()) return JobLookup{JobLookup::Answer::absent};
  }
  return JobLookup{JobLookup::Answer::uncertain};
}

Result<Price> IonqAdapter::price(const Submission& submission, Exchange& exchange) const {
  const CircuitFigures& figures = submission.program.figures;
  std::size_t gates = 0;
  for (const auto& [name, count] : figures.gates) gates += count;
  const std::string url = fmt::format(
      "{}/jobs/estimate?backend={}&qubits={}&shots={}&1q_gates={}&2q_gates={}&error_mitigation={}", endpoint_,
      percent_encode(device_), submission.request.circuit.qubits(), submission.request.shots.of_row(0),
      gates - figures.two_qubit_gates, figures.two_qubit_gates, options_.debiasing);
  BORNITE_TRY(const JsonValue reply, get(exchange, url));
  BORNITE_TRY(const std::string unit, reply.text_or("cost_unit", "usd"));
  const auto cost = reply.find("estimated_total_cost");
  if (unit != "usd" || !cost) return Price{};
  BORNITE_TRY(const double usd, cost->number());
  return Price{.usd = usd * static_cast<double>(submission.request.rows.rows())};
}

}  // namespace bornite
