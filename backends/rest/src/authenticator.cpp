#include "bornite/rest/authenticator.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace bornite {
namespace {

constexpr Clock::Duration longest_margin = std::chrono::minutes(5);
constexpr Clock::Duration pause_after_failure = std::chrono::seconds(30);

}  // namespace

HeaderAuthenticator::HeaderAuthenticator(std::string name, std::string prefix, Secret key)
    : name_(std::move(name)), prefix_(std::move(prefix)), key_(std::move(key)) {}

Result<void> HeaderAuthenticator::sign(HttpRequest& request) {
  request.headers.push_back({name_, prefix_ + std::string(key_.reveal())});
  return {};
}

BearerAuthenticator::BearerAuthenticator(HttpTransport& transport, Clock& clock, Fetch fetch)
    : transport_(transport), clock_(clock), fetch_(std::move(fetch)) {}

Result<Secret> BearerAuthenticator::token() {
  const std::lock_guard lock(mutex_);
  const Clock::Instant now = clock_.now();
  if (token_ && now < renew_at_) return token_->token;
  auto fetched = fetch_(transport_);
  if (!fetched) {
    if (!token_ || now >= token_->expires) return std::move(fetched).error();
    renew_at_ = std::min(token_->expires, now + pause_after_failure);
    return token_->token;
  }
  token_ = std::move(*fetched);
  renew_at_ = token_->expires - std::clamp((token_->expires - now) / 10, Clock::Duration(0), longest_margin);
  return token_->token;
}

Result<void> BearerAuthenticator::sign(HttpRequest& request) {
  BORNITE_TRY(const Secret secret, token());
  request.headers.push_back({"Authorization", "Bearer " + std::string(secret.reveal())});
  return {};
}

bool BearerAuthenticator::refresh() {
  const std::lock_guard lock(mutex_);
  token_.reset();
  return true;
}

}  // namespace bornite
