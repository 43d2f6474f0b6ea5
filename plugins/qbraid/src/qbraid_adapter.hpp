#pragma once
// qBraid's REST API v2 (docs.qbraid.com).

#include "bornite/rest/adapter.hpp"
#include "bornite/rest/shot_readers.hpp"

#include <string>

namespace bornite {

/// One circuit per job, as OpenQASM 3.
class QbraidAdapter final : public RestAdapter {
 public:
  /// `order` is that of the device's bitstrings, which qBraid hands on as they come.
  QbraidAdapter(std::string endpoint, std::string device, BitOrder order)
      : endpoint_(std::move(endpoint)), device_(std::move(device)), order_(order) {}

  [[nodiscard]] std::string provider() const override { return "qBraid"; }
  [[nodiscard]] Result<std::vector<DeviceSummary>> devices(Exchange& exchange) const override;
  [[nodiscard]] Result<DeviceDescription> describe(const std::string& device, Exchange& exchange) const override;
  [[nodiscard]] Result<HttpRequest> submission(const Submission& submission) const override;
  [[nodiscard]] Result<JobId> read_submission(const HttpReply& reply) const override;
  [[nodiscard]] HttpRequest status(const JobId& job) const override;
  [[nodiscard]] Result<JobStatus> read_status(const JobId& job, const HttpReply& reply) const override;
  [[nodiscard]] Result<ShotTable> results(const JobId& job, const JobShape& shape, Exchange& exchange) const override;
  [[nodiscard]] HttpRequest cancellation(const JobId& job) const override;
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token, Exchange& exchange) const override;

 private:
  [[nodiscard]] std::string job_url(const JobId& job) const;

  std::string endpoint_;
  std::string device_;
  BitOrder order_;
};

}  // namespace bornite
