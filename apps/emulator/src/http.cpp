#include "bornite/emulator/http.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace bornite::emulator {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<std::string_view> find_header(const std::vector<HttpHeader>& headers, std::string_view name) {
  for (const HttpHeader& header : headers)
    if (same_name(header.name, name)) return header.value;
  return std::nullopt;
}

std::string_view HttpCall::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view HttpCall::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

HttpAnswer json_answer(const Json& document, int status) { return {.status = status, .body = document.dump()}; }

std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hexadecimal(text[i + 1]) >= 0 && hexadecimal(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::string percent_encode(std::string_view text, bool keep_slashes) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = byte < 128 && std::isalnum(byte);
    if (letter || std::string_view("-_.~").find(c) != std::string_view::npos || (keep_slashes && c == '/'))
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", byte);
  }
  return encoded;
}

std::vector<std::string> path_parts(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  std::vector<std::string> parts;
  if (path.empty()) return parts;
  for (const std::string_view part : split(path, '/')) parts.push_back(percent_decode(part));
  return parts;
}

QueryValues::QueryValues(std::string_view text) {
  if (text.empty()) return;
  for (const std::string_view pair : split(text, '&')) {
    const std::size_t equals = pair.find('=');
    const auto decode = [](std::string_view part) {
      std::string spaced(part);
      std::ranges::replace(spaced, '+', ' ');
      return percent_decode(spaced);
    };
    pairs_.emplace_back(decode(pair.substr(0, equals)),
                        equals == std::string_view::npos ? std::string() : decode(pair.substr(equals + 1)));
  }
}

std::optional<std::string> QueryValues::get(std::string_view name) const {
  for (const auto& [key, value] : pairs_)
    if (key == name) return value;
  return std::nullopt;
}

std::vector<std::string> QueryValues::list(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : pairs_)
    if (key == name)
      for (const std::string_view part : split(value, ',')) values.emplace_back(part);
  return values;
}

std::optional<std::uint64_t> QueryValues::count(std::string_view name, std::uint64_t otherwise) const {
  const auto text = get(name);
  if (!text) return otherwise;
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (code != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::string iso_time(std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds> time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (time - seconds).count());
}

}  // namespace bornite::emulator
