#pragma once
// What a provider must say to be a backend.

#include "bornite/backend/backend.hpp"
#include "bornite/rest/exchange.hpp"
#include "bornite/rest/http.hpp"
#include "bornite/rest/program.hpp"
#include "bornite/rest/session_adapter.hpp"
#include "bornite/util/error.hpp"
#include "bornite/util/json_value.hpp"

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// What a submission is made of.
struct Submission {
  const SampleRequest& request;
  const SubmissionToken& token;
  const Program& program;
  const JobShape& shape;
  std::string_view session{};  ///< that it runs in, if the adapter has sessions(); else empty
};

/// Translates between bornite and one provider: builds requests and reads replies. It holds no state that changes,
/// opens no sockets, never waits and never tries again; the exchange that it is handed does all that, and adds the
/// credentials. Everything that an adapter reads comes from outside and may be wrong: it names the field.
///
/// Replies that it is handed have a status of success.
class RestAdapter {
 public:
  virtual ~RestAdapter() = default;

  /// The provider's name in messages, e.g. "IonQ".
  [[nodiscard]] virtual std::string provider() const = 0;

  [[nodiscard]] virtual Result<std::vector<DeviceSummary>> devices(Exchange& exchange) const = 0;
  /// All about one device. Refuses one that is not there by its name.
  [[nodiscard]] virtual Result<DeviceDescription> describe(const std::string& device, Exchange& exchange) const = 0;

  /// The request that starts a job. It carries the token where find() or the provider itself will see it.
  [[nodiscard]] virtual Result<HttpRequest> submission(const Submission& submission) const = 0;
  [[nodiscard]] virtual Result<JobId> read_submission(const HttpReply& reply) const = 0;

  [[nodiscard]] virtual HttpRequest status(const JobId& job) const = 0;
  [[nodiscard]] virtual Result<JobStatus> read_status(const JobId& job, const HttpReply& reply) const = 0;

  /// The outcomes of a job that is done, with as many calls as it takes.
  [[nodiscard]] virtual Result<ShotTable> results(const JobId& job, const JobShape& shape,
                                                  Exchange& exchange) const = 0;

  /// The request that cancels a job; sent only to jobs that are not finished.
  [[nodiscard]] virtual HttpRequest cancellation(const JobId& job) const = 0;

  /// How to open and close what jobs run in together; by default nullptr, and each job runs by itself.
  [[nodiscard]] virtual const SessionAdapter* sessions() const { return nullptr; }

  /// Looks for a job by its token.
  [[nodiscard]] virtual Result<JobLookup> find(const SubmissionToken& token, Exchange& exchange) const = 0;

  /// What the job will cost, if the provider has an own way to tell. By default nothing is known, and the prices of the
  /// device or of the capability file are taken.
  [[nodiscard]] virtual Result<Price> price(const Submission& submission, Exchange& exchange) const;
  /// What results() will need to know beyond the shape itself.
  [[nodiscard]] virtual std::string note(const Submission& submission) const;
  /// The provider's words in a reply that refuses something. By default the texts that "message", "error" and the like
  /// hold, wherever they are, without secrets.
  [[nodiscard]] virtual std::string explain(const HttpReply& reply) const;
};

/// A request with JSON in it.
[[nodiscard]] HttpRequest json_request(std::string method, std::string url, const nlohmann::json& body);

/// Sends a request that changes nothing and reads the JSON of its reply. A status that is no success is an error with
/// the provider's words.
[[nodiscard]] Result<JsonValue> get_json(const RestAdapter& adapter, Exchange& exchange, const std::string& url);

/// A reply's JSON.
[[nodiscard]] Result<JsonValue> read_json(const RestAdapter& adapter, const HttpReply& reply, std::string_view about);

/// What a status that is no success means, with the provider's words. `about` ends "The service refused ". That may
/// pass, and so is retryable: a service that is busy or broken, and credentials that it knows no more, which somebody
/// may renew meanwhile (wants_new_credentials()).
[[nodiscard]] Error refusal(const RestAdapter& adapter, const HttpReply& reply, std::string_view about);

}  // namespace bornite
