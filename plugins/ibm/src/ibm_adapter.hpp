#pragma once
// IBM Quantum Platform's REST API.

#include "bornite/rest/adapter.hpp"
#include "ibm_service.hpp"
#include "ibm_sessions.hpp"

#include <optional>
#include <string>

namespace bornite {

struct IbmOptions {
  IbmSession session{};                        ///< to run in, if any
  std::string dynamical_decoupling{};          ///< XX, XpXm or XY4; empty: none
  bool twirling = false;                       ///< of gates and measurements
  std::optional<std::uint64_t> max_seconds{};  ///< after which IBM cancels the job
};

/// One job of the sampler for each request. Rows with the same number of shots are one pub, whose parameter values are
/// the matrix of rows.
class IbmAdapter final : public RestAdapter {
 public:
  IbmAdapter(IbmService service, std::string device, IbmOptions options)
      : service_(std::move(service)),
        device_(std::move(device)),
        options_(std::move(options)),
        sessions_(*this, service_, device_, options_.session) {}
  IbmAdapter(const IbmAdapter&) = delete;
  IbmAdapter& operator=(const IbmAdapter&) = delete;

  [[nodiscard]] std::string provider() const override { return "IBM Quantum"; }
  [[nodiscard]] Result<std::vector<DeviceSummary>> devices(Exchange& exchange) const override;
  [[nodiscard]] Result<DeviceDescription> describe(const std::string& device, Exchange& exchange) const override;
  [[nodiscard]] Result<HttpRequest> submission(const Submission& submission) const override;
  [[nodiscard]] Result<JobId> read_submission(const HttpReply& reply) const override;
  [[nodiscard]] HttpRequest status(const JobId& job) const override;
  [[nodiscard]] Result<JobStatus> read_status(const JobId& job, const HttpReply& reply) const override;
  [[nodiscard]] Result<ShotTable> results(const JobId& job, const JobShape& shape, Exchange& exchange) const override;
  [[nodiscard]] HttpRequest cancellation(const JobId& job) const override;
  [[nodiscard]] const SessionAdapter* sessions() const override {
    return options_.session.mode.empty() ? nullptr : &sessions_;
  }
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token, Exchange& exchange) const override;
  /// "parametric" or "constant".
  [[nodiscard]] std::string note(const Submission& submission) const override;

 private:
  [[nodiscard]] Result<JsonValue> get(Exchange& exchange, std::string_view path) const;
  [[nodiscard]] nlohmann::json pubs(const Submission& submission) const;
  [[nodiscard]] nlohmann::json options() const;

  IbmService service_;
  std::string device_;
  IbmOptions options_;
  IbmSessions sessions_;
};

}  // namespace bornite
