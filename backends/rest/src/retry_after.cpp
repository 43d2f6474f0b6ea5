#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bornite/rest/retry.hpp"

namespace bornite {
namespace {

constexpr std::int64_t longest_seconds = 366 * 24 * 3600;

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || value < 0) return std::nullopt;
  return value;
}

/// The words between spaces, commas and hyphens.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" ,-");
    if (end != 0) words.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

std::optional<unsigned> month_of(std::string_view name) {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t place = name.size() == 3 ? names.find(name) : std::string_view::npos;
  if (place == std::string_view::npos || place % 3 != 0) return std::nullopt;
  return static_cast<unsigned>(place / 3 + 1);
}

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hours = number(text.substr(0, 2)), minutes = number(text.substr(3, 2)),
             seconds = number(text.substr(6, 2));
  if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 60) return std::nullopt;
  return std::chrono::seconds(*hours * 3600 + *minutes * 60 + *seconds);
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994".
std::optional<Clock::Instant> http_date(std::string_view text) {
  const auto words = words_of(text);
  const bool asctime = words.size() == 5;
  if (!asctime && (words.size() != 6 || words[5] != "GMT")) return std::nullopt;
  const auto day = number(words[asctime ? 2 : 1]);
  const auto month = month_of(words[asctime ? 1 : 2]);
  auto year = number(words[asctime ? 4 : 3]);
  const auto time = time_of_day(words[asctime ? 3 : 4]);
  if (!day || !month || !year || !time || *day > 31 || *year > 9999) return std::nullopt;
  if (*year < 100) *year += *year < 70 ? 2000 : 1900;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::time_point_cast<Clock::Duration>(std::chrono::sys_days(date) + *time);
}

}  // namespace

std::optional<Clock::Duration> retry_after(std::string_view value, Clock::Instant now) {
  if (const auto seconds = number(value)) return std::chrono::seconds(std::min(*seconds, longest_seconds));
  const auto date = http_date(value);
  if (!date) return std::nullopt;
  return std::max(*date - now, Clock::Duration(0));
}

}  // namespace bornite
