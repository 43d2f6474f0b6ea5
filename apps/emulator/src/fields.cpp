#include "fields.hpp"

#include <algorithm>

namespace bornite::emulator {

std::optional<Json> parse_object(std::string_view text) {
  Json document = Json::parse(text, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  return document;
}

std::optional<std::string> unknown_key(const Json& object, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : object.items())
    if (std::ranges::find(known, key) == known.end()) return key;
  return std::nullopt;
}

const Json* member(const Json& object, std::string_view key) {
  const auto found = object.find(std::string(key));
  return found == object.end() ? nullptr : &*found;
}

std::string text_member(const Json& object, std::string_view key) {
  const Json* value = member(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

bool is_count(const Json& value, std::int64_t least, std::int64_t most) {
  return value.is_number_integer() && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
}

bool is_string_map(const Json& value) {
  return value.is_object() && std::ranges::all_of(value, [](const Json& entry) { return entry.is_string(); });
}

bool says_json(const HttpCall& call) {
  return call.header("Content-Type").value_or("").starts_with("application/json");
}

}  // namespace bornite::emulator
