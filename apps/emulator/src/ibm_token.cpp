#include "ibm_token.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "digest.hpp"

namespace bornite::emulator {

std::string IbmTokens::sign(const std::string& claim) const {
  return fmt::format("emulated.{}.{}", claim, to_hexadecimal(hmac_sha256(api_key_, claim)));
}

// The number of a token is the time of its issue in milliseconds, or one more than that of the one before.
std::string IbmTokens::issue(Clock::Instant now) {
  last_ = std::max<std::int64_t>(last_ + 1, now.time_since_epoch().count());
  return sign(fmt::format("{}", last_));
}

bool IbmTokens::holds(std::string_view token, Clock::Instant now) const {
  const std::size_t begin = token.find('.') + 1;
  std::int64_t number = 0;
  std::from_chars(token.data() + begin, token.data() + token.size(), number);
  if (!same_secret(token, sign(fmt::format("{}", number))) || number <= revoked_) return false;
  return now < Clock::Instant(Clock::Duration(number)) + life;
}

}  // namespace bornite::emulator
