#include "braket_adapter.hpp"

#include <fmt/format.h>

#include <fmt/ranges.h>

#include <array>
#include <sstream>

#include "bornite/compile/target_file.hpp"
#include "braket_results.hpp"

namespace bornite {
namespace {

constexpr int most_pages = 1000;  // of a list of devices

nlohmann::json schema(const char* name) { return {{"name", name}, {"version", "1"}}; }

/// A program with, for each input, the values of all rows; plain numbers if there is one row only.
nlohmann::json program_json(const std::string& source, const QasmWriter& writer, const ParameterRows& rows) {
  nlohmann::json program{{"braketSchemaHeader", schema("braket.ir.openqasm.program")}, {"source", source}};
  const std::vector<std::string> names = writer.input_names();
  if (names.empty()) return program;
  nlohmann::json inputs = nlohmann::json::object();
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    const std::vector<double> values = writer.input_values(rows[r]);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (rows.rows() == 1)
        inputs[names[i]] = values[i];
      else
        inputs[names[i]].push_back(values[i]);
    }
  }
  program["inputs"] = std::move(inputs);
  return program;
}

Result<std::string> action_of(const Submission& submission) {
  const QasmWriter& writer = submission.program.writer;
  const ParameterRows& rows = submission.request.rows;
  BORNITE_TRY(const std::string source,
              writer.input_names().empty() ? Result<std::string>(writer.bound({})) : writer.parametric());
  nlohmann::json program = program_json(source, writer, rows);
  if (rows.rows() == 1) return program.dump();
  // A circuit without inputs cannot have a list of their values: it is in the set once for each row.
  nlohmann::json programs = nlohmann::json::array();
  for (std::size_t n = writer.input_names().empty() ? rows.rows() : 1; n > 0; --n) programs.push_back(program);
  const nlohmann::json set{{"braketSchemaHeader", schema("braket.ir.openqasm.program_set")},
                           {"programs", std::move(programs)}};
  return set.dump();
}

DeviceSummary summary_of(std::string arn, const std::string& maker, const std::string& name, const std::string& type,
                         std::string status) {
  DeviceSummary summary;
  summary.name = std::move(arn);
  summary.description = fmt::format("{}{}{}", maker, maker.empty() ? "" : " ", name);
  summary.simulator = type == "SIMULATOR";
  summary.available = status == "ONLINE";
  summary.status = std::move(status);
  return summary;
}

Result<DeviceSummary> read_summary(const JsonValue& device) {
  BORNITE_TRY(const JsonValue name, device["deviceArn"]);
  BORNITE_TRY(std::string arn, name.text());
  BORNITE_TRY(const std::string maker, device.text_or("providerName", ""));
  BORNITE_TRY(const std::string title, device.text_or("deviceName", arn));
  BORNITE_TRY(const std::string type, device.text_or("deviceType", ""));
  BORNITE_TRY(std::string status, device.text_or("deviceStatus", ""));
  return summary_of(std::move(arn), maker, title, type, std::move(status));
}

/// Limits and prices from the capabilities that a device states.
Result<void> read_capabilities(const JsonValue& capabilities, DeviceDescription& description) {
  if (const auto paradigm = capabilities.find("paradigm")) {
    BORNITE_TRY(description.summary.qubits, paradigm->count_or("qubitCount", 0));
  }
  description.max_rows = 1;
  if (const auto actions = capabilities.find("action"))
    if (const auto sets = actions->find("braket.ir.openqasm.program_set")) {
      BORNITE_TRY(description.max_rows, sets->count_or("maximumExecutables", 100));
      if (const auto shots = sets->find("maximumTotalShots")) {
        BORNITE_TRY(description.max_total_shots, shots->count());
      }
    }
  const auto service = capabilities.find("service");
  if (!service) return {};
  if (const auto range = service->find("shotsRange")) {
    BORNITE_TRY(const auto ends, range->elements());
    if (ends.size() == 2) {
      BORNITE_TRY(description.max_shots, ends[1].count());
    }
  }
  const auto cost = service->find("deviceCost");
  if (!cost) return {};
  BORNITE_TRY(const std::string unit, cost->text_or("unit", ""));
  const auto price = cost->find("price");
  if (unit != "shot" || !price) return {};
  BORNITE_TRY(description.usd_per_shot, price->number());
  return {};
}

JobState state_of(const std::string& status) {
  if (status == "COMPLETED") return JobState::done;
  if (status == "FAILED") return JobState::failed;
  if (status == "CANCELLED") return JobState::cancelled;
  if (status == "RUNNING" || status == "CANCELLING") return JobState::running;
  return JobState::queued;  // CREATED, QUEUED, and words that nobody knows yet
}

std::vector<Qubit> read_note(const std::string& note, std::size_t qubits) {
  std::istringstream words(note);
  std::vector<Qubit> measured;
  for (Qubit qubit = 0; words >> qubit;) measured.push_back(qubit);
  if (measured.size() == qubits) return measured;
  measured.resize(qubits);  // a record without a note: all qubits in order
  for (std::size_t i = 0; i < qubits; ++i) measured[i] = static_cast<Qubit>(i);
  return measured;
}

/// A slash before each segment of a path, which is encoded for itself.
std::string encode_key(const std::string& key) {
  std::string encoded;
  std::istringstream segments(key);
  for (std::string segment; std::getline(segments, segment, '/');) encoded.append("/").append(percent_encode(segment));
  return encoded;
}

}  // namespace

std::string braket_arn(const std::string& device) {
  for (const std::string_view simulator : std::array{"sv1", "dm1", "tn1"})
    if (device == simulator) return fmt::format("arn:aws:braket:::device/quantum-simulator/amazon/{}", device);
  return device;
}

std::string braket_region(const std::string& arn) {
  std::istringstream fields(arn);
  std::string field;
  for (int i = 0; i < 4; ++i) std::getline(fields, field, ':');  // arn:aws:braket:REGION:...
  return fields ? field : "";
}

std::string BraketAdapter::task_url(const JobId& job) const {
  return fmt::format("{}/quantum-task/{}", options_.endpoint, percent_encode(job));
}

Result<std::vector<DeviceSummary>> BraketAdapter::devices(Exchange& exchange) const {
  std::vector<DeviceSummary> all;
  std::string next;
  for (int number = 0; number == 0 || !next.empty(); ++number) {
    nlohmann::json body{{"filters", nlohmann::json::array()}, {"maxResults", 100}};
    if (!next.empty()) body["nextToken"] = next;
    const HttpRequest request = json_request("POST", options_.endpoint + "/devices", body);
    BORNITE_TRY(const HttpReply reply, exchange.send(request, Repeat::safe));
    if (reply.status != 200) return refusal(*this, reply, "a list of its devices");
    BORNITE_TRY(const JsonValue page, read_json(*this, reply, "its devices"));
    if (number == most_pages) return page.error("is one of more pages than there can be");
    BORNITE_TRY(const JsonValue list, page["devices"]);
    BORNITE_TRY(const auto elements, list.elements());
    for (const JsonValue& element : elements) {
      BORNITE_TRY(DeviceSummary summary, read_summary(element));
      all.push_back(std::move(summary));
    }
    BORNITE_TRY(next, page.text_or("nextToken", ""));
  }
  return all;
}

Result<DeviceDescription> BraketAdapter::describe(const std::string& device, Exchange& exchange) const {
  BORNITE_TRY(
      const JsonValue reply,
      get_json(*this, exchange, fmt::format("{}/device/{}", options_.endpoint, percent_encode(braket_arn(device)))));
  BORNITE_TRY(DeviceSummary summary, read_summary(reply));
  DeviceDescription description{.summary = std::move(summary)};
  BORNITE_TRY(const JsonValue text, reply["deviceCapabilities"]);
  BORNITE_TRY(const std::string capabilities, text.text());
  BORNITE_TRY(const JsonValue document, JsonValue::parse(capabilities, "Amazon Braket's capabilities of " + device));
  BORNITE_CHECK(read_capabilities(document, description));
  if (description.summary.simulator) return description;
  if (auto target = read_braket_target({capabilities, "Amazon Braket's capabilities of " + device})) {
    description.target = *std::move(target);
  }
  return description;
}

std::string BraketAdapter::note(const Submission& submission) const {
  return fmt::format("{}", fmt::join(submission.program.measured(), " "));
}

Result<HttpRequest> BraketAdapter::submission(const Submission& submission) const {
  BORNITE_TRY(const std::string action, action_of(submission));
  const nlohmann::json body{{"clientToken", submission.token},         {"deviceArn", device_},
                            {"shots", submission.shape.total_shots()}, {"outputS3Bucket", options_.bucket},
                            {"outputS3KeyPrefix", options_.prefix},    {"action", action}};
  return json_request("POST", options_.endpoint + "/quantum-task", body);
}

Result<JobId> BraketAdapter::read_submission(const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "the submission"));
  BORNITE_TRY(const JsonValue arn, json["quantumTaskArn"]);
  return arn.name();
}

HttpRequest BraketAdapter::status(const JobId& job) const {
  return {.url = task_url(job) + "?additionalAttributeNames=QueueInfo"};
}

Result<JobStatus> BraketAdapter::read_status(const JobId& job, const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "task " + job));
  BORNITE_TRY(const JsonValue word, json["status"]);
  BORNITE_TRY(const std::string text, word.text());
  JobStatus status{.state = state_of(text)};
  BORNITE_TRY(status.message, json.text_or("failureReason", ""));
  return status;
}

Result<JsonValue> BraketAdapter::read_s3(Exchange& exchange, const std::string& bucket, const std::string& key) const {
  const std::string server = options_.s3_endpoint.empty()
                                 ? fmt::format("https://{}.s3.{}.amazonaws.com", bucket, options_.region)
                                 : fmt::format("{}/{}", options_.s3_endpoint, percent_encode(bucket));
  const HttpRequest request{.url = server + encode_key(key), .audience = "s3"};
  BORNITE_TRY(const HttpReply reply, exchange.send(request, Repeat::safe));
  if (reply.status != 200) {
    Error error = refusal(*this, reply, fmt::format("the file {} of bucket {}", key, bucket));
    error.retryable = error.retryable || reply.status == 404;  // it may come a moment after the task is done
    return error;
  }
  return read_json(*this, reply, fmt::format("the file {}", key));
}

Result<ShotTable> BraketAdapter::results(const JobId& job, const JobShape& shape, Exchange& exchange) const {
  BORNITE_TRY(const JsonValue task, get_json(*this, exchange, task_url(job)));
  BORNITE_TRY(const JsonValue bucket_field, task["outputS3Bucket"]);
  BORNITE_TRY(const std::string bucket, bucket_field.text());
  BORNITE_TRY(const JsonValue directory_field, task["outputS3Directory"]);
  BORNITE_TRY(const std::string directory, directory_field.text());
  BORNITE_TRY(const JsonValue results, read_s3(exchange, bucket, directory + "/results.json"));
  const auto read_file = [&](const std::string& name) { return read_s3(exchange, bucket, directory + "/" + name); };
  return read_braket_results(results, shape, read_note(shape.note, shape.qubits), read_file);
}

HttpRequest BraketAdapter::cancellation(const JobId& job) const {
  const std::string token = "cancel-" + job.substr(job.find_last_of('/') + 1);  // the same each time
  return json_request("PUT", task_url(job) + "/cancel", {{"clientToken", token.substr(0, 64)}});
}

Result<JobLookup> BraketAdapter::find(const SubmissionToken&, Exchange&) const { return JobLookup{}; }

}  // namespace bornite
