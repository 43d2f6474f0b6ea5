#pragma once
// Access tokens that are given for an API key and run out.

#include "bornite/util/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bornite::emulator {

/// A token says itself until when it holds, signed with the key, so that one outlives a restart.
class IbmTokens {
 public:
  static constexpr std::chrono::seconds life{3600};

  explicit IbmTokens(std::string api_key) : api_key_(std::move(api_key)) {}

  [[nodiscard]] const std::string& api_key() const { return api_key_; }
  [[nodiscard]] std::string issue(Clock::Instant now);
  [[nodiscard]] bool holds(std::string_view token, Clock::Instant now) const;
  /// No token issued so far holds any more.
  void revoke() { revoked_ = last_; }

 private:
  [[nodiscard]] std::string sign(const std::string& claim) const;

  std::string api_key_;
  std::int64_t last_ = 0;     // number of the latest token
  std::int64_t revoked_ = 0;  // tokens up to this number are void
};

}  // namespace bornite::emulator
