#pragma once
// Amazon Braket's REST API (the public service model of 2019-09-01).

#include "bornite/rest/adapter.hpp"

#include <string>

namespace bornite {

struct BraketOptions {
  std::string endpoint;     ///< "https://braket.REGION.amazonaws.com"
  std::string s3_endpoint;  ///< empty: BUCKET.s3.REGION.amazonaws.com; else SERVER/BUCKET/KEY
  std::string region;
  std::string bucket;  ///< where results go
  std::string prefix;  ///< of their names
};

/// The full name of a device: itself, or that of the simulators sv1, dm1 and tn1.
[[nodiscard]] std::string braket_arn(const std::string& device);
/// The region that a device's name has; empty if it has none.
[[nodiscard]] std::string braket_region(const std::string& arn);

/// One row goes as a program with inputs, several as a program set. Results come from S3.
class BraketAdapter final : public RestAdapter {
 public:
  BraketAdapter(std::string device, BraketOptions options)
      : device_(braket_arn(device)), options_(std::move(options)) {}

  [[nodiscard]] std::string provider() const override { return "Amazon Braket"; }
  [[nodiscard]] Result<std::vector<DeviceSummary>> devices(Exchange& exchange) const override;
  [[nodiscard]] Result<DeviceDescription> describe(const std::string& device, Exchange& exchange) const override;
  [[nodiscard]] Result<HttpRequest> submission(const Submission& submission) const override;
  [[nodiscard]] Result<JobId> read_submission(const HttpReply& reply) const override;
  [[nodiscard]] HttpRequest status(const JobId& job) const override;
  [[nodiscard]] Result<JobStatus> read_status(const JobId& job, const HttpReply& reply) const override;
  [[nodiscard]] Result<ShotTable> results(const JobId& job, const JobShape& shape, Exchange& exchange) const override;
  [[nodiscard]] HttpRequest cancellation(const JobId& job) const override;
  /// Tasks cannot be searched by their token; the same submission again gives the same task.
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token, Exchange& exchange) const override;
  /// The qubit of the program that each outcome bit is read from, separated by spaces.
  [[nodiscard]] std::string note(const Submission& submission) const override;

 private:
  [[nodiscard]] std::string task_url(const JobId& job) const;
  [[nodiscard]] Result<JsonValue> read_s3(Exchange& exchange, const std::string& bucket, const std::string& key) const;

  std::string device_;
  BraketOptions options_;
};

}  // namespace bornite
