// A provider's REST interface as a backend: all that is particular to "Example Cloud", which does not exist. Replace
// its addresses and its fields by your provider's. What all providers share is bornite::rest's: TLS, credentials,
// repetition, limits, OpenQASM, tokens that come twice. An adapter only builds requests and reads replies.

#include "bornite/backend/plugin.hpp"
#include "bornite/rest/provider.hpp"
#include "bornite/rest/shot_readers.hpp"
#include "capability_file.hpp"

namespace {

using namespace bornite;  // NOLINT: a plugin is a program of its own

/// {"name": "rubidium", "qubits": 20, "status": "online", "usd_per_shot": 0}
Result<DeviceDescription> read_device(const JsonValue& device) {
  DeviceDescription all;
  BORNITE_TRY(const JsonValue name, device["name"]);
  BORNITE_TRY(all.summary.name, name.text());
  BORNITE_TRY(const JsonValue qubits, device["qubits"]);
  BORNITE_TRY(all.summary.qubits, qubits.count());
  BORNITE_TRY(all.summary.status, device.text_or("status", ""));
  all.summary.available = all.summary.status == "online";
  BORNITE_TRY(const JsonValue price, device["usd_per_shot"]);
  BORNITE_TRY(all.usd_per_shot, price.number());
  return all;
}

JobState state_of(const std::string& word) {
  if (word == "done") return JobState::done;
  if (word == "failed") return JobState::failed;
  if (word == "cancelled") return JobState::cancelled;
  return word == "running" ? JobState::running : JobState::queued;  // also words that nobody knows yet
}

class ExampleAdapter final : public RestAdapter {
 public:
  ExampleAdapter(std::string endpoint, std::string device)
      : endpoint_(std::move(endpoint)), device_(std::move(device)) {}

  [[nodiscard]] std::string provider() const override { return "Example Cloud"; }

  [[nodiscard]] Result<std::vector<DeviceSummary>> devices(Exchange& exchange) const override {
    BORNITE_TRY(const JsonValue reply, get_json(*this, exchange, endpoint_ + "/devices"));
    BORNITE_TRY(const auto elements, reply.elements());
    std::vector<DeviceSummary> all;
    for (const JsonValue& element : elements) {
      BORNITE_TRY(DeviceDescription device, read_device(element));
      all.push_back(std::move(device.summary));
    }
    return all;
  }
  [[nodiscard]] Result<DeviceDescription> describe(const std::string& device, Exchange& exchange) const override {
    BORNITE_TRY(const JsonValue reply, get_json(*this, exchange, endpoint_ + "/devices/" + percent_encode(device)));
    return read_device(reply);
  }

  // A job is one circuit, because capabilities.toml says rows = 1. The label is how find() knows the job again.
  [[nodiscard]] Result<HttpRequest> submission(const Submission& job) const override {
    return json_request("POST", endpoint_ + "/jobs",
                        {{"device", device_},
                         {"label", job.token},
                         {"shots", job.request.shots.of_row(0)},
                         {"program", job.program.writer.bound(job.request.rows[0])}});
  }
  [[nodiscard]] Result<JobId> read_submission(const HttpReply& reply) const override {
    BORNITE_TRY(const JsonValue json, read_json(*this, reply, "the submission"));
    BORNITE_TRY(const JsonValue id, json["id"]);
    return id.text();
  }

  [[nodiscard]] HttpRequest status(const JobId& job) const override { return {.url = job_url(job)}; }
  [[nodiscard]] Result<JobStatus> read_status(const JobId& job, const HttpReply& reply) const override {
    BORNITE_TRY(const JsonValue json, read_json(*this, reply, "job " + job));
    BORNITE_TRY(const JsonValue word, json["status"]);
    BORNITE_TRY(const std::string text, word.text());
    JobStatus status{.state = state_of(text)};
    BORNITE_TRY(status.message, json.text_or("message", ""));
    return status;
  }

  // {"counts": {"011": 12, ...}}, qubit 0 on the right. The reader makes sure of every width and of the sum.
  [[nodiscard]] Result<ShotTable> results(const JobId& job, const JobShape& shape, Exchange& exchange) const override {
    BORNITE_TRY(const JsonValue reply, get_json(*this, exchange, job_url(job) + "/counts"));
    BORNITE_TRY(const JsonValue counts, reply["counts"]);
    BORNITE_TRY(ShotRow row, read_counts(counts, shape.qubits, shape.shots.at(0), BitOrder::first_right));
    return ShotTable::create({std::move(row)});
  }

  [[nodiscard]] HttpRequest cancellation(const JobId& job) const override {
    return {.method = "DELETE", .url = job_url(job)};
  }

  // A label has one job at most. A provider's list of all jobs has pages: they must be walked to the end.
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token, Exchange& exchange) const override {
    BORNITE_TRY(const JsonValue reply, get_json(*this, exchange, endpoint_ + "/jobs?label=" + percent_encode(token)));
    BORNITE_TRY(const auto jobs, reply.elements());
    if (jobs.empty()) return JobLookup{JobLookup::Answer::absent};
    BORNITE_TRY(const JsonValue id, jobs[0]["id"]);
    BORNITE_TRY(JobId job, id.text());
    return JobLookup{JobLookup::Answer::found, std::move(job)};
  }

 private:
  [[nodiscard]] std::string job_url(const JobId& job) const { return endpoint_ + "/jobs/" + percent_encode(job); }

  std::string endpoint_, device_;
};

Result<std::unique_ptr<QuantumBackend>> make_example(const std::string& device, const BackendOptions& options) {
  BORNITE_TRY(Provider provider, Provider::open(capability_file, "example", device, options));
  BORNITE_TRY(Secret key, provider.token());
  auto adapter = std::make_unique<ExampleAdapter>(provider.endpoint, device);
  auto bearer = std::make_unique<HeaderAuthenticator>("Authorization", "Bearer ", std::move(key));
  return std::move(provider).finish(std::move(adapter), std::move(bearer));
}

}  // namespace

BORNITE_PLUGIN("example", "0.1.0", "An invented provider, to copy when you write a plugin", make_example)
