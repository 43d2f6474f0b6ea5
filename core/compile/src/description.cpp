#include "description.hpp"

#include <string>

namespace bornite {

Result<JsonValue> read_description(const SourceText& text) {
  return JsonValue::parse(text.text, std::string(text.source), ErrorKind::input,
                          "Give the description that the provider serves.");
}

}  // namespace bornite
