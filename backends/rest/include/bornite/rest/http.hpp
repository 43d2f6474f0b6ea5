#pragma once
// HTTP requests and replies as plain values.

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bornite {

struct HttpHeader {
  std::string name;
  std::string value;

  friend bool operator==(const HttpHeader&, const HttpHeader&) = default;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url{};  ///< absolute and encoded: https://host[:port]/path?query
  std::vector<HttpHeader> headers{};
  std::string body{};
  /// What the authenticator signs it for: empty for the provider's API, else what the authenticator knows, such as
  /// "s3".
  std::string audience{};
  /// The longest that it may take in all, further tries and the waits before them included; none: as long as clients
  /// and exchanges allow.
  std::optional<std::chrono::milliseconds> time_limit{};
};

struct HttpReply {
  int status = 0;
  std::vector<HttpHeader> headers{};
  std::string body{};  ///< unpacked: a compressed reply has lost its Content-Encoding and Content-Length

  /// The first header of that name, in whatever case it was sent.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// Everything but letters, digits and -_.~ as %XX, for one segment of a path or one value of a query (RFC 3986).
[[nodiscard]] std::string percent_encode(std::string_view text);

/// "name=value&name=value", encoded. Also the body of a form.
[[nodiscard]] std::string query_string(std::span<const std::pair<std::string_view, std::string_view>> parameters);

/// Whether two header names are the same, which does not depend on case.
[[nodiscard]] bool same_header_name(std::string_view a, std::string_view b);

}  // namespace bornite
