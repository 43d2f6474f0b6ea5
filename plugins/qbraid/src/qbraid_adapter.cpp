#include "qbraid_adapter.hpp"

#include <fmt/format.h>

namespace bornite {
namespace {

constexpr double usd_per_credit = 0.01;
constexpr std::size_t page_size = 100;
constexpr std::size_t most_pages = 50;  // in which a lost job is looked for

/// Where the submission token stands among a job's tags.
constexpr const char* token_key = "client";

Result<double> credits(const JsonValue& pricing, std::string_view name) {
  const auto price = pricing.find(name);
  return price ? price->number() : Result<double>(0.0);
}

/// In dollars. What also costs by the minute has no price that is known beforehand.
Result<void> read_prices(const JsonValue& pricing, DeviceDescription& description) {
  BORNITE_TRY(const double per_job, credits(pricing, "perTask"));
  BORNITE_TRY(const double per_shot, credits(pricing, "perShot"));
  BORNITE_TRY(const double per_minute, credits(pricing, "perMinute"));
  if (per_minute > 0) return {};
  description.usd_per_job = per_job * usd_per_credit;
  description.usd_per_shot = per_shot * usd_per_credit;
  return {};
}

Result<DeviceDescription> read_device(const JsonValue& device) {
  BORNITE_TRY(const JsonValue name, device["qrn"]);
  DeviceDescription description;
  DeviceSummary& summary = description.summary;
  BORNITE_TRY(summary.name, name.text());
  BORNITE_TRY(summary.status, device.text_or("status", ""));
  summary.available = summary.status == "ONLINE";
  BORNITE_TRY(summary.qubits, device.count_or("numberQubits", 0));
  BORNITE_TRY(const std::string type, device.text_or("deviceType", ""));
  summary.simulator = type == "SIMULATOR";
  BORNITE_TRY(const std::string vendor, device.text_or("vendor", ""));
  BORNITE_TRY(const std::string title, device.text_or("name", summary.name));
  summary.description = vendor.empty() ? title : fmt::format("{} ({})", title, vendor);
  if (const auto queue = device.find("queueDepth")) {
    BORNITE_TRY(summary.queue_length, queue->count());
  }
  if (const auto pricing = device.find("pricing")) BORNITE_CHECK(read_prices(*pricing, description));
  return description;
}

JobState state_of(const std::string& status) {
  if (status == "COMPLETED") return JobState::done;
  if (status == "FAILED") return JobState::failed;
  if (status == "CANCELLED") return JobState::cancelled;
  if (status == "RUNNING" || status == "CANCELLING") return JobState::running;
  return JobState::queued;  // INITIALIZING, QUEUED, VALIDATING, HOLD, and words that nobody knows yet
}

}  // namespace

std::string QbraidAdapter::job_url(const JobId& job) const {
  return fmt::format("{}/jobs/{}", endpoint_, percent_encode(job));
}

Result<std::vector<DeviceSummary>> QbraidAdapter::devices(Exchange& exchange) const {
  BORNITE_TRY(const JsonValue reply, get_json(*this, exchange, endpoint_ + "/devices"));
  BORNITE_TRY(const JsonValue data, reply["data"]);
  BORNITE_TRY(const auto elements, data.elements());
  std::vector<DeviceSummary> all;
  for (const JsonValue& element : elements) {
    BORNITE_TRY(DeviceDescription device, read_device(element));
    all.push_back(std::move(device.summary));
  }
  return all;
}

Result<DeviceDescription> QbraidAdapter::describe(const std::string& device, Exchange& exchange) const {
  BORNITE_TRY(const JsonValue reply,
              get_json(*this, exchange, fmt::format("{}/devices/{}", endpoint_, percent_encode(device))));
  BORNITE_TRY(const JsonValue data, reply["data"]);
  return read_device(data);
}

Result<HttpRequest> QbraidAdapter::submission(const Submission& submission) const {
  const nlohmann::json body{
      {"program", {{"format", "qasm3"}, {"data", submission.program.writer.bound(submission.request.rows[0])}}},
      {"shots", submission.request.shots.of_row(0)},
      {"deviceQrn", device_},
      {"runtimeOptions", nlohmann::json::object()},
      {"tags", {{token_key, submission.token}}},
      {"name", fmt::format("bornite-{}", submission.token)}};
  return json_request("POST", endpoint_ + "/jobs", body);
}

Result<JobId> QbraidAdapter::read_submission(const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "the submission"));
  BORNITE_TRY(const JsonValue data, json["data"]);
  BORNITE_TRY(const JsonValue job, data["jobQrn"]);
  return job.name();
}

HttpRequest QbraidAdapter::status(const JobId& job) const { return {.url = job_url(job)}; }

Result<JobStatus> QbraidAdapter::read_status(const JobId& job, const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "job " + job));
  BORNITE_TRY(const JsonValue data, json["data"]);
  BORNITE_TRY(const JsonValue word, data["status"]);
  BORNITE_TRY(const std::string text, word.text());
  JobStatus status{.state = state_of(text)};
  BORNITE_TRY(status.message, data.text_or("statusMsg", ""));
  if (const auto cost = data.find("cost"); cost && status.state != JobState::queued) {
    BORNITE_TRY(const double spent, cost->number());
    status.price.usd = spent * usd_per_credit;
  }
  return status;
}

Result<ShotTable> QbraidAdapter::results(const JobId& job, const JobShape& shape, Exchange& exchange) const {
  const HttpRequest request{.url = job_url(job) + "/result"};
  BORNITE_TRY(const HttpReply reply, exchange.send(request, Repeat::safe));
  if (reply.status < 200 || reply.status > 299) {
    Error error = refusal(*this, reply, "the outcomes of job " + job);
    error.retryable = error.retryable || reply.status == 409;  // not ready yet
    return error;
  }
  BORNITE_TRY(const JsonValue json, read_json(*this, reply, "the outcomes of job " + job));
  BORNITE_TRY(const JsonValue data, json["data"]);
  BORNITE_TRY(const JsonValue outcomes, data["resultData"]);
  BORNITE_TRY(const JsonValue counts, outcomes["measurementCounts"]);
  BORNITE_TRY(ShotRow row, read_counts(counts, shape.qubits, shape.shots.at(0), order_));
  return ShotTable::create({std::move(row)});
}

HttpRequest QbraidAdapter::cancellation(const JobId& job) const {
  return {.method = "POST", .url = job_url(job) + "/cancel"};
}

Result<JobLookup> QbraidAdapter::find(const SubmissionToken& token, Exchange& exchange) const {
  for (std::size_t page = 1; page <= most_pages; ++page) {
    BORNITE_TRY(const JsonValue reply,
                get_json(*this, exchange, fmt::format("{}/jobs?limit={}&page={}", endpoint_, page_size, page)));
    BORNITE_TRY(const JsonValue data, reply["data"]);
    BORNITE_TRY(const auto jobs, data.elements());
    // Only an empty page is the end: how many jobs are on one is the service's choice.
    if (jobs.empty()) return JobLookup{JobLookup::Answer::absent};
    for (const JsonValue& job : jobs) {
      const auto tags = job.find("tags");
      if (!tags) continue;
      BORNITE_TRY(const std::string client, tags->text_or(token_key, ""));
      if (client != token) continue;
      BORNITE_TRY(const JsonValue name, job["jobQrn"]);
      BORNITE_TRY(JobId id, name.name());
      return JobLookup{JobLookup::Answer::found, std::move(id)};
    }
  }
  return JobLookup{JobLookup::Answer::uncertain};
}

}  // namespace bornite
