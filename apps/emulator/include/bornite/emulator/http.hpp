#pragma once
// Requests and replies as plain values.

#include <boost/system/result.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bornite::emulator {

using Json = nlohmann::ordered_json;

struct HttpHeader {
  std::string name;
  std::string value;
};

/// The first header of this name, upper or lower case; none if there is none.
[[nodiscard]] std::optional<std::string_view> find_header(const std::vector<HttpHeader>& headers,
                                                          std::string_view name);

/// A request as it came.
struct HttpCall {
  std::string method;
  std::string target;  ///< path and query, still percent-encoded
  std::vector<HttpHeader> headers{};
  std::string body{};

  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
    return find_header(headers, name);
  }
  /// The target up to the question mark.
  [[nodiscard]] std::string_view path() const;
  /// The target after the question mark.
  [[nodiscard]] std::string_view query() const;
};

/// How a reply goes out. The defaults are a server that works.
struct Delivery {
  bool drop = false;                      ///< close the connection instead
  std::chrono::milliseconds delay{0};     ///< wait before it
  bool truncate = false;                  ///< half of the body, then close
  std::chrono::milliseconds per_byte{0};  ///< a byte at a time, with this pause after each
};

struct HttpAnswer {
  int status = 200;
  std::string body{};
  std::string content_type = "application/json";
  std::vector<HttpHeader> headers{};
  Delivery delivery{};

  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
    return find_header(headers, name);
  }
};

/// What a step of an answer yields, or the reply that refuses the call.
template <typename T>
using Answered = boost::system::result<T, HttpAnswer>;

[[nodiscard]] HttpAnswer json_answer(const Json& document, int status = 200);

/// Replaces %XX. A % without two hexadecimal digits stays.
[[nodiscard]] std::string percent_decode(std::string_view text);
/// Encodes all but letters, digits and -_.~ with capital hexadecimal digits; '/' too unless it is to be kept.
[[nodiscard]] std::string percent_encode(std::string_view text, bool keep_slashes = false);
/// The parts of a path between slashes, decoded; a leading slash makes no part.
[[nodiscard]] std::vector<std::string> path_parts(std::string_view path);

/// The pairs of a query or a form, decoded ('+' is a space), in order.
class QueryValues {
 public:
  explicit QueryValues(std::string_view text);
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
  /// Every value of the name; values may also stand in one, with commas between them.
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  /// A whole number; `otherwise` if there is none, nothing if it is no number.
  [[nodiscard]] std::optional<std::uint64_t> count(std::string_view name, std::uint64_t otherwise) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// "2026-11-20T10:00:00.123Z"
[[nodiscard]] std::string iso_time(std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds> time);

}  // namespace bornite::emulator
