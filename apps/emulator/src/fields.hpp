#pragma once
// Strict looks into JSON documents that clients send.

#include "bornite/emulator/http.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace bornite::emulator {

/// None if the text is not a JSON object.
[[nodiscard]] std::optional<Json> parse_object(std::string_view text);
/// The first key that is not among those known; none if all are. The document is an object.
[[nodiscard]] std::optional<std::string> unknown_key(const Json& object, std::initializer_list<std::string_view> known);
/// The member, or null if there is none.
[[nodiscard]] const Json* member(const Json& object, std::string_view key);
/// The member, if it is a string; otherwise an empty one.
[[nodiscard]] std::string text_member(const Json& object, std::string_view key);
/// Whether it is a whole number in [least, most].
[[nodiscard]] bool is_count(const Json& value, std::int64_t least, std::int64_t most);
/// Whether it is an object whose values are all strings.
[[nodiscard]] bool is_string_map(const Json& value);
/// Whether the body is said to be JSON.
[[nodiscard]] bool says_json(const HttpCall& call);

}  // namespace bornite::emulator
