#include "bornite/rest/rest_backend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <mutex>
#include <utility>

#include "bornite/rest/program.hpp"
#include "provider_session.hpp"

namespace bornite {
namespace {

bool is_success(const HttpReply& reply) { return reply.status >= 200 && reply.status < 300; }

bool has_ended(JobState state) { return state != JobState::queued && state != JobState::running; }

std::string_view why_no_outcomes(JobState state) {
  if (state == JobState::failed) return "it failed";
  return state == JobState::cancelled ? "it was cancelled" : "it is not done yet";
}

class RestBackend final : public QuantumBackend {
 public:
  RestBackend(RestParts parts, std::optional<DeviceDescription> device)
      : parts_(std::move(parts)),
        programs_(parts_.dialect, parts_.compile_for_device && device ? device->target : std::nullopt),
        calibration_(device ? device->calibration : ""),
        session_(*parts_.adapter, *parts_.exchange) {}

  [[nodiscard]] const Capabilities& capabilities() const override { return parts_.capabilities; }

  [[nodiscard]] Result<JobForecast> forecast(const SampleRequest& request) override {
    BORNITE_CHECK(ready(request));
    BORNITE_TRY(const auto program, programs_.get(request.circuit));
    JobForecast forecast{.shape = shape_of(request)};
    const SubmissionToken token(36, 'x');  // as long as a real one
    const std::string session = session_.placeholder();
    const Submission submission{request, token, *program, forecast.shape, session};
    forecast.shape.note = adapter().note(submission);
    forecast.calibration = calibration_;
    BORNITE_TRY(forecast.price, price(program, submission));
    if (capabilities().max_payload_bytes != Capabilities::unlimited) {  // writing a million numbers takes its time
      BORNITE_TRY(const HttpRequest http, adapter().submission(submission));
      forecast.payload_bytes = http.body.size();
    }
    return forecast;
  }

  [[nodiscard]] Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override {
    if (token.empty())
      return Error{ErrorKind::input, fmt::format("A job was submitted to {} without a token.", name()),
                   "Give each submission its own token."};
    BORNITE_CHECK(ready(request));
    if (const auto known = submitted(token)) return *known;
    BORNITE_TRY(const auto program, programs_.get(request.circuit));
    JobShape shape = shape_of(request);
    shape.note = adapter().note({request, token, *program, shape});
    BORNITE_TRY(const HttpReply reply, send({request, token, *program, shape}));
    if (!is_success(reply)) return refused_submission(reply);
    known_ = true;
    Result<JobId> job = adapter().read_submission(reply);
    if (!job) {
      Error error = job.error();
      error.outcome_unknown = true;  // the service said yes, but not to what
      return error;
    }
    remember(token, *job);
    return job;
  }

  [[nodiscard]] Result<JobStatus> poll(const JobId& job) override { return std::move(poll_all(std::span(&job, 1))[0]); }

  [[nodiscard]] std::vector<Result<JobStatus>> poll_all(std::span<const JobId> jobs) override {
    std::vector<HttpRequest> requests;
    for (const JobId& job : jobs) requests.push_back(adapter().status(job));
    const std::vector<Result<HttpReply>> replies = exchange().send_all(requests, Repeat::safe);
    std::vector<Result<JobStatus>> all;
    for (std::size_t i = 0; i < jobs.size(); ++i) all.push_back(read_status(jobs[i], replies[i]));
    return all;
  }

  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token) override {
    if (const auto known = submitted(token)) return JobLookup{JobLookup::Answer::found, *known};
    return adapter().find(token, exchange());
  }

  [[nodiscard]] Result<ShotTable> fetch(const JobId& job, const JobShape& shape) override {
    BORNITE_TRY(const JobStatus status, poll(job));
    if (status.state != JobState::done)
      return Error{ErrorKind::job,
                   fmt::format("Job {} on {} has no outcomes: {}.{}{}", job, name(), why_no_outcomes(status.state),
                               status.message.empty() ? "" : " ", status.message),
                   "", !has_ended(status.state)};
    Result<ShotTable> table = adapter().results(job, shape, exchange());
    if (!table) return judged(table.error());
    BORNITE_CHECK(check_shape(*table, shape));
    return table;
  }

  [[nodiscard]] Result<void> cancel(const JobId& job) override {
    BORNITE_TRY(const JobStatus status, poll(job));
    if (has_ended(status.state)) return {};
    BORNITE_TRY(const HttpReply reply, exchange().send(adapter().cancellation(job), Repeat::safe));
    if (is_success(reply)) return {};
    // Perhaps it has ended meanwhile, or the first of two tries did it and its answer was lost.
    const Result<JobStatus> after = poll(job);
    if (after && has_ended(after->state)) return {};
    return refusal(adapter(), reply, fmt::format("to cancel job {}", job));
  }

  [[nodiscard]] Result<std::vector<DeviceSummary>> devices() override { return adapter().devices(exchange()); }

  [[nodiscard]] Result<DeviceDescription> describe() override {
    if (capabilities().device.empty()) return no_device();
    return adapter().describe(capabilities().device, exchange());
  }

 private:
  [[nodiscard]] const RestAdapter& adapter() const { return *parts_.adapter; }
  [[nodiscard]] Exchange& exchange() { return *parts_.exchange; }
  [[nodiscard]] std::string name() const {
    return fmt::format("{}{}{}", capabilities().name, capabilities().device.empty() ? "" : ":", capabilities().device);
  }

  [[nodiscard]] Error no_device() const {
    return {ErrorKind::usage, fmt::format("Backend {} was named without a device.", capabilities().name),
            fmt::format("Name one as {0}:DEVICE; 'bornite backends devices {0}' lists them.", capabilities().name)};
  }

  [[nodiscard]] Result<void> ready(const SampleRequest& request) const {
    if (capabilities().device.empty()) return no_device();
    return validate(request, capabilities());
  }

  /// Sends a job, once more in another session if it is refused because its own is over: nothing was paid for then.
  [[nodiscard]] Result<HttpReply> send(Submission submission) {
    for (bool first = true;; first = false) {
      const Result<std::string> session = session_.open();
      if (!session) return judged(session.error());
      submission.session = *session;
      BORNITE_TRY(const HttpRequest http, adapter().submission(submission));
      BORNITE_CHECK(check_size(http));
      const Repeat repeat = capabilities().submits_once ? Repeat::safe : Repeat::once;
      BORNITE_TRY(HttpReply reply, exchange().send(http, repeat));
      if (!first || is_success(reply) || !session_.is_over(*session, reply)) return reply;
    }
  }

  [[nodiscard]] Result<void> check_size(const HttpRequest& http) const {
    if (http.body.size() <= capabilities().max_payload_bytes) return {};
    return Error{ErrorKind::unsupported,
                 fmt::format("The request has {} bytes; {} takes {} in one job.", http.body.size(), name(),
                             capabilities().max_payload_bytes),
                 "Split it, or use a smaller circuit."};
  }

  [[nodiscard]] Error refused_submission(const HttpReply& reply) const {
    Error error = judged(refusal(adapter(), reply, "the job"));
    error.outcome_unknown = reply.status >= 500;
    return error;
  }

  /// Credentials that the provider has known before will be known again: a paid job is not given up for that.
  [[nodiscard]] Error judged(Error error) const {
    if (error.kind == ErrorKind::authentication && !known_) error.retryable = false;
    return error;
  }

  [[nodiscard]] Result<JobStatus> read_status(const JobId& job, const Result<HttpReply>& reply) {
    if (!reply) return reply.error();
    if (is_success(*reply)) {
      known_ = true;
      return adapter().read_status(job, *reply);
    }
    Error error = judged(refusal(adapter(), *reply, fmt::format("to tell of job {}", job)));
    // What was accepted a moment ago is not yet known everywhere in a provider's cloud.
    error.retryable = error.retryable || (reply->status == 404 && was_accepted(job));
    return error;
  }

  /// The adapter's word, which may take a call and is remembered for the next job like this one, or the list's.
  [[nodiscard]] Result<Price> price(const std::shared_ptr<const Program>& program, const Submission& submission) {
    const std::uint64_t shots = submission.shape.total_shots();
    {
      const std::lock_guard lock(mutex_);
      if (last_price_.program == program && last_price_.rows == submission.shape.shots.size() &&
          last_price_.shots == shots)
        return last_price_.price;
    }
    BORNITE_TRY(Price price, adapter().price(submission, exchange()));
    if (!price.usd && !price.qpu_seconds) price = listed_price(shots);
    const std::lock_guard lock(mutex_);
    last_price_ = {program, submission.shape.shots.size(), shots, price};
    return price;
  }

  [[nodiscard]] Price listed_price(std::uint64_t shots) const {
    const auto sum = [&](std::optional<double> job, std::optional<double> shot) -> std::optional<double> {
      if (!job && !shot) return {};
      return job.value_or(0) + shot.value_or(0) * static_cast<double>(shots);
    };
    const Price& job = parts_.price_per_job;
    const Price& shot = parts_.price_per_shot;
    return {.usd = sum(job.usd, shot.usd), .qpu_seconds = sum(job.qpu_seconds, shot.qpu_seconds)};
  }

  [[nodiscard]] std::optional<JobId> submitted(const SubmissionToken& token) {
    const std::lock_guard lock(mutex_);
    const auto found = submitted_.find(token);
    return found == submitted_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] bool was_accepted(const JobId& job) {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(submitted_, [&](const auto& known) { return known.second == job; });
  }
  void remember(const SubmissionToken& token, const JobId& job) {
    const std::lock_guard lock(mutex_);
    submitted_.emplace(token, job);
  }

  struct Priced {
    std::shared_ptr<const Program> program{};
    std::size_t rows = 0;
    std::uint64_t shots = 0;
    Price price{};
  };

  RestParts parts_;
  ProgramSource programs_;
  std::string calibration_;
  std::atomic<bool> known_ = false;  // whether the provider has accepted our credentials yet
  std::mutex mutex_;
  std::map<SubmissionToken, JobId> submitted_;
  Priced last_price_;
  ProviderSession session_;
};

/// What the device says of itself comes before what the capability file says of all, whose prices are for processors.
void apply(const DeviceDescription& device, RestParts& parts) {
  Capabilities& limits = parts.capabilities;
  limits.max_qubits = device.summary.qubits > 0 ? device.summary.qubits : std::numeric_limits<std::size_t>::max();
  if (device.summary.simulator) parts.price_per_job = parts.price_per_shot = {};
  if (!device.summary.description.empty()) limits.description = device.summary.description;
  if (device.max_rows) limits.max_rows = *device.max_rows;
  if (device.max_shots) limits.max_shots = *device.max_shots;
  if (device.max_total_shots) limits.max_total_shots = *device.max_total_shots;
  if (device.usd_per_job) parts.price_per_job.usd = device.usd_per_job;
  if (device.usd_per_shot) parts.price_per_shot.usd = device.usd_per_shot;
}

}  // namespace

Result<std::unique_ptr<QuantumBackend>> make_rest_backend(RestParts parts) {
  std::optional<DeviceDescription> device;
  if (!parts.capabilities.device.empty()) {
    BORNITE_TRY(device, parts.adapter->describe(parts.capabilities.device, *parts.exchange));
    apply(*device, parts);
    if (parts.compile_for_device && !device->target && !device->summary.simulator)
      return Error{ErrorKind::job,
                   fmt::format("{} does not tell the gates and couplings of {}.", parts.adapter->provider(),
                               parts.capabilities.device),
                   "Choose another device."};
  }
  return std::make_unique<RestBackend>(std::move(parts), std::move(device));
}

}  // namespace bornite
