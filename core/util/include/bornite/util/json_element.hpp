#pragma once
// For those who read a million values of a document: a JsonValue for each would take longer than the parser.

#include "bornite/util/json_value.hpp"

#include <simdjson.h>
#include <bit>

namespace bornite {

/// Between JsonValue and its parser.
struct JsonAccess {
  [[nodiscard]] static simdjson::dom::element element(const JsonValue& value) {
    return std::bit_cast<simdjson::dom::element>(value.handle_);
  }
  [[nodiscard]] static JsonValue::Handle handle(const simdjson::dom::element& element) {
    return std::bit_cast<JsonValue::Handle>(element);
  }
  [[nodiscard]] static JsonValue inside(const JsonValue& object, const simdjson::dom::key_value_pair& member) {
    return object.inside(handle(member.value), member.key);
  }
};

/// The parser's own view of the value, valid for as long as any JsonValue of the document lives.
[[nodiscard]] inline simdjson::dom::element json_element(const JsonValue& value) { return JsonAccess::element(value); }

/// A member that was found through the parser's view, as a JsonValue that knows its place.
[[nodiscard]] inline JsonValue json_inside(const JsonValue& object, const simdjson::dom::key_value_pair& member) {
  return JsonAccess::inside(object, member);
}

}  // namespace bornite
