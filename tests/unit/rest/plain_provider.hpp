#pragma once
// A provider as simple as can be, behind a scripted exchange.

#include "bornite/rest/rest_backend.hpp"
#include "bornite/rest/shot_readers.hpp"
#include "scripted_exchange.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bornite::test {

class PlainAdapter : public RestAdapter {
 public:
  explicit PlainAdapter(DeviceDescription device, std::optional<double> usd = {})
      : device_(std::move(device)), usd_(usd) {}

  std::string provider() const override { return "Plain"; }
  Result<std::vector<DeviceSummary>> devices(Exchange&) const override { return std::vector{device_.summary}; }
  Result<DeviceDescription> describe(const std::string& device, Exchange&) const override {
    if (device == device_.summary.name) return device_;
    return Error{ErrorKind::usage, "There is no device " + device + "."};
  }
  Result<HttpRequest> submission(const Submission& submission) const override {
    return HttpRequest{
        .method = "POST", .url = "submit", .body = submission.program.writer.bound(submission.request.rows[0])};
  }
  Result<JobId> read_submission(const HttpReply& reply) const override {
    BORNITE_TRY(const JsonValue json, read_json(*this, reply, "the submission"));
    BORNITE_TRY(const JsonValue id, json["id"]);
    return id.name();
  }
  HttpRequest status(const JobId& job) const override { return {.url = "status/" + job}; }
  Result<JobStatus> read_status(const JobId& job, const HttpReply& reply) const override {
    BORNITE_TRY(const JsonValue json, read_json(*this, reply, "job " + job));
    BORNITE_TRY(const std::string word, json.text_or("status", ""));
    JobStatus status;
    status.state = word == "done"        ? JobState::done
                   : word == "failed"    ? JobState::failed
                   : word == "cancelled" ? JobState::cancelled
                   : word == "running"   ? JobState::running
                                         : JobState::queued;
    BORNITE_TRY(status.message, json.text_or("message", ""));
    return status;
  }
  Result<ShotTable> results(const JobId& job, const JobShape& shape, Exchange& exchange) const override {
    BORNITE_TRY(const JsonValue json, get_json(*this, exchange, "results/" + job));
    BORNITE_TRY(ShotRow row, read_counts(json, shape.qubits, shape.shots[0], BitOrder::first_left));
    return ShotTable::create({std::move(row)});
  }
  HttpRequest cancellation(const JobId& job) const override { return {.method = "DELETE", .url = "cancel/" + job}; }
  Result<JobLookup> find(const SubmissionToken& token, Exchange&) const override {
    return JobLookup{JobLookup::Answer::found, "found-by-" + token};
  }
  Result<Price> price(const Submission&, Exchange& exchange) const override {
    if (!usd_) return Price{};
    BORNITE_CHECK(exchange.send({.url = "price"}, Repeat::safe));
    return Price{.usd = usd_};
  }
  std::string note(const Submission&) const override { return "a note"; }

 private:
  DeviceDescription device_;
  std::optional<double> usd_;
};

inline DeviceDescription device_of(std::size_t qubits) {
  DeviceDescription device;
  device.summary.name = "d";
  device.summary.qubits = qubits;
  return device;
}

inline RestParts parts_of(const std::string& device_name, std::unique_ptr<RestAdapter> adapter,
                          std::unique_ptr<Exchange> exchange) {
  RestParts parts{};
  parts.capabilities.name = "plain";
  parts.capabilities.device = device_name;
  parts.dialect = builtin_dialect("ionq").value();
  parts.adapter = std::move(adapter);
  parts.exchange = std::move(exchange);
  return parts;
}

struct World {
  ScriptedExchange* exchange = nullptr;
  std::unique_ptr<QuantumBackend> backend{};

  explicit World(ScriptedExchange::Script script, DeviceDescription device = device_of(3),
                 const std::function<void(RestParts&)>& change = {}, std::optional<double> usd = {}) {
    auto made = std::make_unique<ScriptedExchange>(std::move(script));
    exchange = made.get();
    RestParts parts = parts_of("d", std::make_unique<PlainAdapter>(std::move(device), usd), std::move(made));
    if (change) change(parts);
    backend = make_rest_backend(std::move(parts)).value();
  }
  explicit World(std::vector<HttpReply> replies)
      : World([replies](const HttpRequest&, std::size_t i) { return replies.at(i); }) {}
};

inline HttpReply reply(int status, std::string body = "{}") { return {status, {}, std::move(body)}; }

inline SampleRequest bell(std::uint64_t shots = 10) {
  return {Circuit(2).h(0).cx(0, 1), ParameterRows(1, 0, {}), Shots(shots), StreamKey{}};
}

}  // namespace bornite::test
