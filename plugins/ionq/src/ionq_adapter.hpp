#pragma once
// IonQ's REST API v0.4 (docs.ionq.com/api-reference).

#include "bornite/rest/adapter.hpp"

#include <string>

namespace bornite {

struct IonqOptions {
  std::string noise_model;  ///< of the simulator; empty: none
  bool debiasing = false;   ///< IonQ's error mitigation; from 500 shots
};

/// One row goes as OpenQASM 3, several as one multi-circuit job of JSON gates whose circuits are called r0, r1, ...
class IonqAdapter final : public RestAdapter {
 public:
  IonqAdapter(std::string endpoint, std::string device, IonqOptions options)
      : endpoint_(std::move(endpoint)), device_(std::move(device)), options_(std::move(options)) {}

  [[nodiscard]] std::string provider() const override { return "IonQ"; }
  [[nodiscard]] Result<std::vector<DeviceSummary>> devices(Exchange& exchange) const override;
  [[nodiscard]] Result<DeviceDescription> describe(const std::string& device, Exchange& exchange) const override;
  [[nodiscard]] Result<HttpRequest> submission(const Submission& submission) const override;
  [[nodiscard]] Result<JobId> read_submission(const HttpReply& reply) const override;
  [[nodiscard]] HttpRequest status(const JobId& job) const override;
  [[nodiscard]] Result<JobStatus> read_status(const JobId& job, const HttpReply& reply) const override;
  [[nodiscard]] Result<ShotTable> results(const JobId& job, const JobShape& shape, Exchange& exchange) const override;
  [[nodiscard]] HttpRequest cancellation(const JobId& job) const override;
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token, Exchange& exchange) const override;
  [[nodiscard]] Result<Price> price(const Submission& submission, Exchange& exchange) const override;

 private:
  [[nodiscard]] std::string job_url(const JobId& job) const;
  [[nodiscard]] Result<JsonValue> get(Exchange& exchange, const std::string& url) const {
    return get_json(*this, exchange, url);
  }
  [[nodiscard]] Result<std::string> result_url(const JsonValue& job) const;
  [[nodiscard]] Result<ShotRow> read_row(const JsonValue& document, const JobId& job, std::size_t qubits,
                                         std::uint64_t shots) const;
  [[nodiscard]] std::optional<StreamKey> stream_of(const JobId& job) const;
  [[nodiscard]] Result<std::vector<JsonValue>> children(const JobId& job, std::size_t rows, Exchange& exchange) const;

  std::string endpoint_;
  std::string device_;
  IonqOptions options_;
};

}  // namespace bornite
