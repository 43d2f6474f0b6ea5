#include "provider_session.hpp"

#include <fmt/format.h>

#include <utility>

namespace bornite {
namespace {

constexpr std::size_t usual_length = 36;
/// For closing, which nobody waits for gladly.
constexpr std::chrono::seconds closing_limit(10);

bool is_success(const HttpReply& reply) { return reply.status >= 200 && reply.status < 300; }

/// There certainly is no job, which alone could cost something: whoever has one to send may try again.
Error lost_opening(const std::string& provider, const Error& error) {
  return {error.kind, fmt::format("{}'s answer to the opening of a session was lost: {}", provider, error.message),
          "A session that was opened all the same ends by itself, and costs nothing without jobs.", error.retryable};
}

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

Result<std::string> ProviderSession::send_opening(const SessionAdapter& sessions) {
  const Result<HttpReply> reply = exchange_.send(sessions.opening(), Repeat::once);
  if (!reply) return reply.error().outcome_unknown ? lost_opening(adapter_.provider(), reply.error()) : reply.error();
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
