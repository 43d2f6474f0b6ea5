#include "bornite/rest/http.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bornite/rest/transport.hpp"

namespace bornite {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool same_header_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> HttpReply::header(std::string_view name) const {
  const auto place = std::ranges::find_if(headers, [&](const auto& h) { return same_header_name(h.name, name); });
  if (place == headers.end()) return std::nullopt;
  return place->value;
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const bool plain =
        (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain)
      encoded += c;
    else
      fmt::format_to(std::back_inserter(encoded), "%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string query_string(std::span<const std::pair<std::string_view, std::string_view>> parameters) {
  std::string query;
  for (const auto& [name, value] : parameters) {
    if (!query.empty()) query += '&';
    query += percent_encode(name) + '=' + percent_encode(value);
  }
  return query;
}

Result<HttpReply> exchange_one(HttpTransport& transport, const HttpRequest& request) {
  return std::move(transport.exchange({&request, 1}).front());
}

}  // namespace bornite
