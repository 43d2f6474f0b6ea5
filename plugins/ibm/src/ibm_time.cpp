#include "ibm_time.hpp"

#include <algorithm>

namespace bornite {
namespace {

/// Takes so many digits from the front of the text.
std::optional<int> take_number(std::string_view& text, std::size_t digits, int most) {
  if (text.size() < digits) return {};
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return {};
    value = 10 * value + (c - '0');
  }
  text.remove_prefix(digits);
  return value <= most ? std::optional(value) : std::nullopt;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// The difference to UTC that a time ends with.
std::optional<std::chrono::minutes> read_offset(std::string_view text) {
  if (text.empty() || text == "Z") return std::chrono::minutes(0);
  const bool west = text.front() == '-';
  if (!west && text.front() != '+') return {};
  text.remove_prefix(1);
  const auto hours = take_number(text, 2, 23);
  take(text, ':');
  const auto minutes = take_number(text, 2, 59);
  if (!hours || !minutes || !text.empty()) return {};
  const std::chrono::minutes offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return west ? -offset : offset;
}

}  // namespace

std::optional<Clock::Instant> read_ibm_time(std::string_view text) {
  struct Field {
    std::size_t digits;
    int most;
    char before;
  };
  constexpr Field fields[6] = {{4, 2200, 0}, {2, 12, '-'}, {2, 31, '-'}, {2, 23, 'T'}, {2, 59, ':'}, {2, 60, ':'}};
  int values[6] = {};
  for (std::size_t i = 0; i < 6; ++i) {
    if (fields[i].before != 0 && !take(text, fields[i].before)) return {};
    const auto value = take_number(text, fields[i].digits, fields[i].most);
    if (!value) return {};
    values[i] = *value;
  }
  if (take(text, '.')) text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
  const auto offset = read_offset(text);
  const std::chrono::year_month_day day{std::chrono::year(values[0]),
                                        std::chrono::month(static_cast<unsigned>(values[1])),
                                        std::chrono::day(static_cast<unsigned>(values[2]))};
  if (!offset || !day.ok() || values[0] < 1970) return {};
  return Clock::Instant(std::chrono::sys_days(day)) + std::chrono::hours(values[3]) + std::chrono::minutes(values[4]) +
         std::chrono::seconds(values[5]) - *offset;
}

}  // namespace bornite
