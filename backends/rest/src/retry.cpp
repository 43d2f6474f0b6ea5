#include "bornite/rest/retry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "bornite/util/random.hpp"
#include "bornite/util/secret.hpp"
#include "url.hpp"

namespace bornite {
namespace {

bool passing_trouble(int status) {
  return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504) ||
         (status >= 520 && status <= 529);
}

std::string host_of(const HttpRequest& request) {
  const auto url = parse_url(request.url);
  return url ? url->host : "The provider";
}

Error maybe_accepted(const HttpRequest& request, int status) {
  return {ErrorKind::network,
          scrubbed(fmt::format("{} failed with status {} and may have accepted the request all the same.",
                               host_of(request), status)),
          "Look for it there before it is sent again.", true, true};
}

}  // namespace

bool wants_new_credentials(const HttpReply& reply) {
  if (reply.status == 401) return true;
  if (reply.status != 400 && reply.status != 403) return false;
  const std::string_view type = reply.header("x-amzn-ErrorType").value_or("");
  const std::string_view beginning = std::string_view(reply.body).substr(0, 4096);
  return type.find("ExpiredToken") != type.npos || beginning.find("ExpiredToken") != beginning.npos;
}

struct RetryingExchange::Pending {
  const HttpRequest* request;
  Result<HttpReply> result = Error{ErrorKind::network, {}};
  Clock::Duration due{};  ///< on the clock's elapsed()
  int attempts = 0;
  bool renewed = false;
  bool finished = false;
};

Result<HttpReply> Exchange::send(const HttpRequest& request, Repeat repeat) {
  return std::move(send_all({&request, 1}, repeat).front());
}

RetryingExchange::RetryingExchange(HttpTransport& transport, Authenticator& authenticator, Clock& clock,
                                   RetryPolicy policy, std::uint64_t seed)
    : transport_(transport), authenticator_(authenticator), clock_(clock), policy_(policy), seed_(seed) {}

std::vector<Result<HttpReply>> RetryingExchange::send_all(std::span<const HttpRequest> requests, Repeat repeat) {
  const Clock::Duration started = clock_.elapsed();
  std::vector<Pending> pending;
  for (const HttpRequest& request : requests) pending.push_back({.request = &request, .due = started});
  for (;;) {
    // Unfinished ones first, those that are due before the others.
    const auto unfinished = std::ranges::stable_partition(pending, [](const Pending& p) { return !p.finished; });
    const std::span<Pending> open(pending.begin(), unfinished.begin());
    if (open.empty()) break;
    const Clock::Duration next = std::ranges::min(open, {}, &Pending::due).due;
    if (const Clock::Duration now = clock_.elapsed(); next > now) clock_.sleep(next - now);
    const Clock::Duration now = clock_.elapsed();
    const auto later = std::ranges::stable_partition(open, [&](const Pending& p) { return p.due <= now; });
    send_due(std::span<Pending>(open.begin(), later.begin()), repeat, started);
  }
  std::ranges::sort(pending, std::less<const HttpRequest*>(), &Pending::request);
  std::vector<Result<HttpReply>> results;
  for (Pending& p : pending) results.push_back(std::move(p.result));
  return results;
}

void RetryingExchange::send_due(std::span<Pending> due, Repeat repeat, Clock::Duration started) {
  std::vector<HttpRequest> signed_requests;
  std::vector<Pending*> sent;
  bool refreshed = false;
  for (Pending& pending : due) {
    ++pending.attempts;
    HttpRequest request = *pending.request;
    if (request.time_limit) *request.time_limit -= clock_.elapsed() - started;
    if (auto done = authenticator_.sign(request); !done) {
      Error error = std::move(done).error();
      error.outcome_unknown = false;
      judge(pending, std::move(error), repeat, started, refreshed);
      continue;
    }
    signed_requests.push_back(std::move(request));
    sent.push_back(&pending);
  }
  auto results = transport_.exchange(signed_requests);
  for (std::size_t i = 0; i < sent.size(); ++i) judge(*sent[i], std::move(results[i]), repeat, started, refreshed);
}

void RetryingExchange::judge(Pending& pending, Result<HttpReply> result, Repeat repeat, Clock::Duration started,
                             bool& refreshed) {
  pending.result = std::move(result);
  pending.finished = true;
  if (!pending.result) {
    Error error = pending.result.error();
    error.message = scrubbed(std::move(error.message));
    error.hint = scrubbed(std::move(error.hint));
    // Of what is safe to repeat nobody needs to know whether it was done.
    error.outcome_unknown = error.outcome_unknown && repeat == Repeat::once;
    const bool again = error.retryable && !error.outcome_unknown;
    pending.result = std::move(error);
    if (again) wait_or_give_up(pending, std::nullopt, started);
    return;
  }
  const HttpReply& reply = *pending.result;
  if (wants_new_credentials(reply)) {
    if (pending.renewed) return;
    pending.renewed = true;
    // One refresh is enough for all replies of a round: they were signed with the same credentials.
    if (!refreshed && !authenticator_.refresh()) return;
    refreshed = true;
    --pending.attempts;
    pending.due = clock_.elapsed();
    pending.finished = false;
    return;
  }
  if (repeat == Repeat::once && reply.status >= 500) {
    pending.result = maybe_accepted(*pending.request, reply.status);
    return;
  }
  if (!passing_trouble(reply.status) || (repeat == Repeat::once && reply.status != 429)) return;
  std::optional<Clock::Duration> asked;
  if (const auto value = reply.header("Retry-After"); value && (reply.status == 429 || reply.status == 503))
    asked = retry_after(*value, clock_.now());
  wait_or_give_up(pending, asked, started);
}

void RetryingExchange::wait_or_give_up(Pending& pending, std::optional<Clock::Duration> asked,
                                       Clock::Duration started) const {
  if (pending.attempts >= policy_.attempts) return;
  Clock::Duration longest = policy_.base;
  for (int i = 1; i < pending.attempts && longest < policy_.cap; ++i) longest *= 2;
  const Clock::Duration wait = asked ? *asked + jitter(policy_.base) : jitter(std::min(longest, policy_.cap));
  const Clock::Duration due = clock_.elapsed() + wait;
  if (due > started + pending.request->time_limit.value_or(policy_.deadline)) return;
  pending.due = due;
  pending.finished = false;
}

Clock::Duration RetryingExchange::jitter(Clock::Duration longest) const {
  const std::uint64_t draw = draws_++;
  const auto bits = philox4x32({static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(draw >> 32), 0, 0},
                               {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)});
  const double fraction = bits[0] / 4294967296.0;
  return Clock::Duration(static_cast<Clock::Duration::rep>(fraction * static_cast<double>(longest.count() + 1)));
}

}  // namespace bornite
