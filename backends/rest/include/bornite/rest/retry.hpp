#pragma once
// When a request is sent again, and after which wait.

#include <atomic>
#include <cstdint>
#include <optional>

#include "bornite/rest/authenticator.hpp"
#include "bornite/rest/exchange.hpp"
#include "bornite/rest/transport.hpp"
#include "bornite/util/clock.hpp"

namespace bornite {

struct RetryPolicy {
  int attempts = 6;                                       ///< in all; those after new credentials do not count
  Clock::Duration base = std::chrono::milliseconds(500);  ///< the longest first wait, doubled for each further one
  Clock::Duration cap = std::chrono::seconds(30);         ///< the longest wait that nobody asked for
  Clock::Duration deadline = std::chrono::seconds(120);   ///< no attempt begins later than this after the first
};

/// Signs, sends, and sends again, by these rules:
///
/// - 429, also for Repeat::once, since the provider says that it did nothing;
/// - for Repeat::safe also 408, 500, 502, 503, 504, 520 to 529, and retryable failures of the transport;
/// - for Repeat::once failures of the transport only if nothing was sent; 5xx become errors with outcome_unknown;
/// - 401, and AWS's expired tokens, once more at once after Authenticator::refresh().
///
/// Waits are drawn uniformly from zero to the longest ("full jitter": Brooker, AWS Architecture Blog, 2015).
/// Retry-After, in seconds or as a date, is honoured on 429 and 503, with a jitter of at most `base` added. A request's
/// own time_limit takes the place of the deadline. When attempts or time run out the last reply is handed over as it
/// is. All requests of one call share their waits. Any number of threads may use one exchange.
class RetryingExchange final : public Exchange {
 public:
  /// What is given by reference must outlive it. The seed decides the jitter.
  RetryingExchange(HttpTransport& transport, Authenticator& authenticator, Clock& clock, RetryPolicy policy = {},
                   std::uint64_t seed = 0);

  [[nodiscard]] std::vector<Result<HttpReply>> send_all(std::span<const HttpRequest> requests, Repeat repeat) override;

 private:
  struct Pending;

  void send_due(std::span<Pending> due, Repeat repeat, Clock::Duration started);
  void judge(Pending& pending, Result<HttpReply> result, Repeat repeat, Clock::Duration started, bool& refreshed);
  void wait_or_give_up(Pending& pending, std::optional<Clock::Duration> asked, Clock::Duration started) const;
  [[nodiscard]] Clock::Duration jitter(Clock::Duration longest) const;

  HttpTransport& transport_;
  Authenticator& authenticator_;
  Clock& clock_;
  RetryPolicy policy_;
  std::uint64_t seed_;
  mutable std::atomic<std::uint64_t> draws_ = 0;
};

/// Whether the provider does not know the credentials any more: 401, or AWS saying with 400 or 403 that the session
/// token has expired.
[[nodiscard]] bool wants_new_credentials(const HttpReply& reply);

/// The wait that a Retry-After header asks for: seconds, or a date in any of HTTP's three forms (RFC 9110, 5.6.7).
/// Nothing if it is neither. A date in the past is no wait.
[[nodiscard]] std::optional<Clock::Duration> retry_after(std::string_view value, Clock::Instant now);

}  // namespace bornite
