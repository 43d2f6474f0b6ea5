#include "wire.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bornite {
namespace {

/// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

bool is_header_value(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return (c >= ' ' && c != 0x7f) || c == '\t'; });
}

Error bad_request(std::string message) {
  return {ErrorKind::configuration, std::move(message), "Nothing was sent. Take line ends and control characters out."};
}

}  // namespace

Result<std::string> wire_format(const HttpRequest& request, const Url& url, std::string_view user_agent) {
  if (!is_token(request.method)) return bad_request("The request's method is not one word.");
  if (!is_header_value(user_agent)) return bad_request("The User-Agent holds characters that no header may hold.");
  std::string text = fmt::format("{} {} HTTP/1.1\r\n", request.method, url.target);
  const auto add = [&](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  const auto add_unless_given = [&](std::string_view name, std::string_view value) {
    const bool given =
        std::ranges::any_of(request.headers, [&](const auto& h) { return same_header_name(h.name, name); });
    if (!given) add(name, value);
  };
  add_unless_given("Host", url.authority());
  add_unless_given("User-Agent", user_agent);
  add_unless_given("Accept-Encoding", "gzip, deflate");
  for (const HttpHeader& header : request.headers) {
    if (!is_token(header.name)) return bad_request("A header of the request has a name that is not one word.");
    if (!is_header_value(header.value))
      return bad_request(fmt::format("The header {} holds characters that no header may hold.", header.name));
    if (same_header_name(header.name, "Content-Length") || same_header_name(header.name, "Transfer-Encoding"))
      return bad_request(fmt::format("The request brings its own {}, which the client sets.", header.name));
    add(header.name, header.value);
  }
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH")
    add("Content-Length", fmt::format("{}", request.body.size()));
  text.append("\r\n").append(request.body);
  return text;
}

}  // namespace bornite
