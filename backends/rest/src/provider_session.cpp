#include "provider_session.hpp"

#include <fmt/format.h>

#include <utility>

namespace bornite {
namespace {

constexpr std::size_t usual_length = 36;
/// For closing, which nobody waits for gladly.
constexpr std::chrono::seconds closing_limit(10);

bool is_success(const HttpReply& reply) { return reply.status >= 200 && reply.status < 300; }

}  // namespace

Result<std::string> ProviderSession::open() {
  const SessionAdapter* const sessions = adapter_.sessions();
  if (!sessions) return std::string();
  const std::lock_guard lock(mutex_);
  if (id_.empty()) {
    BORNITE_TRY(id_, send_opening(*sessions));
  }
  return id_;
}

/// A second one that is opened because the first answer was lost costs nothing; but only the caller knows whether to go
/// on, so that nothing is sent twice here.
Result<std::string> ProviderSession::send_opening(const SessionAdapter& sessions) {
  Result<HttpReply> reply = exchange_.send(sessions.opening(), Repeat::once);
  if (!reply) {
    Error error = std::move(reply).error();
    if (error.outcome_unknown)
      error.message =
          fmt::format("{}'s answer to the opening of a session was lost: {}", adapter_.provider(), error.message);
    if (error.outcome_unknown)
      error.hint = "A session that was opened all the same ends by itself, and costs nothing without jobs.";
    error.outcome_unknown = false;
    return error;
  }
  if (!is_success(*reply)) return refusal(adapter_, *reply, "to open a session");
  return sessions.read_opening(*reply);
}

std::string ProviderSession::placeholder() {
  if (!adapter_.sessions()) return {};
  const std::lock_guard lock(mutex_);
  return id_.empty() ? std::string(usual_length, 'x') : id_;
}

bool ProviderSession::is_over(const std::string& session, const HttpReply& refusal) {
  const SessionAdapter* const sessions = adapter_.sessions();
  if (!sessions || !sessions->is_over(refusal)) return false;
  const std::lock_guard lock(mutex_);
  if (id_ == session) close();  // the provider may have meant something else by its refusal
  return true;
}

void ProviderSession::close() {
  if (id_.empty()) return;
  HttpRequest request = adapter_.sessions()->closing(std::exchange(id_, {}));
  request.time_limit = closing_limit;
  static_cast<void>(exchange_.send(request, Repeat::safe));  // there is nobody to tell
}

}  // namespace bornite
