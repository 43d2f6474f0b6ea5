#include "bornite/util/json_value.hpp"

#include <fmt/format.h>

#include <cmath>

#include "bornite/util/json_element.hpp"
#include "bornite/util/secret.hpp"

namespace bornite {

struct JsonValue::Document {
  std::string source;
  ErrorKind kind;
  std::string hint;
  simdjson::dom::document contents;
};

namespace {

namespace dom = simdjson::dom;

constexpr auto largest_whole = static_cast<double>(std::uint64_t{1} << 53);
constexpr std::size_t shown = 200;  // characters of a text that is no JSON
constexpr std::size_t deepest = 100;

/// The beginning of a text of others. Secrets go before it is cut: half of one is a secret too.
std::string beginning(std::string text) { return scrubbed(std::move(text)).substr(0, shown); }

/// Some write a byte order mark, which is none of JSON (RFC 8259, section 8.1).
std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return text;
}

bool parse_into(dom::document& contents, std::string_view text) {
  dom::parser parser;
  if (parser.allocate(text.size(), deepest) != simdjson::SUCCESS) return false;
  return parser.parse_into_document(contents, text.data(), text.size()).error() == simdjson::SUCCESS;
}

std::optional<std::uint64_t> whole_number(const dom::element& element) {
  std::uint64_t whole = 0;
  if (element.get(whole) == simdjson::SUCCESS) return whole;
  double number = -1;
  if (element.get(number) != simdjson::SUCCESS || number < 0 || number > largest_whole || number != std::floor(number))
    return {};
  return static_cast<std::uint64_t>(number);
}

}  // namespace

Result<JsonValue> JsonValue::parse(std::string_view text, std::string source, ErrorKind kind, std::string hint) {
  auto document = std::make_shared<Document>();
  if (!parse_into(document->contents, without_mark(text)))
    return Error{kind, fmt::format("{} is not JSON. It begins: {}", source, beginning(std::string(text))),
                 hint.empty() ? "It was damaged on the way, or something else answered in the service's place." : hint,
                 kind != ErrorKind::input};
  document->source = std::move(source);
  document->kind = kind;
  document->hint = std::move(hint);
  const Handle root = JsonAccess::handle(document->contents.root());
  return JsonValue(std::move(document), root, "");
}

JsonValue JsonValue::inside(const Handle& handle, std::string_view step) const {
  return {document_, handle, fmt::format("{}{}{}", place_, place_.empty() ? "" : ".", step)};
}

Error JsonValue::error(std::string_view problem) const {
  return {document_->kind,
          scrubbed(fmt::format("{}: {} {}.", document_->source, place_.empty() ? "the document" : "'" + place_ + "'",
                               problem)),
          document_->hint};
}

Error JsonValue::not_a(std::string_view wanted) const {
  return error(fmt::format("is {}, {} was expected", beginning(dump()), wanted));
}

std::optional<JsonValue> JsonValue::find(std::string_view name) const {
  dom::element member;
  if (json_element(*this).at_key(name).get(member) != simdjson::SUCCESS || member.is_null()) return {};
  return inside(JsonAccess::handle(member), name);
}

Result<JsonValue> JsonValue::operator[](std::string_view name) const {
  if (!is_object()) return not_a("an object");
  if (auto member = find(name)) return *std::move(member);
  return error(fmt::format("has no '{}'", name));
}

Result<std::vector<JsonValue>> JsonValue::elements() const {
  dom::array array;
  if (json_element(*this).get(array) != simdjson::SUCCESS) return not_a("a list");
  std::vector<JsonValue> all;
  all.reserve(array.size());
  for (const dom::element element : array)
    all.push_back(inside(JsonAccess::handle(element), std::to_string(all.size())));
  return all;
}

Result<std::vector<std::pair<std::string, JsonValue>>> JsonValue::members() const {
  dom::object object;
  if (json_element(*this).get(object) != simdjson::SUCCESS) return not_a("an object");
  std::vector<std::pair<std::string, JsonValue>> all;
  all.reserve(object.size());
  for (const dom::key_value_pair member : object)
    all.emplace_back(member.key, inside(JsonAccess::handle(member.value), member.key));
  return all;
}

Result<std::string> JsonValue::text() const {
  std::string_view text;
  if (json_element(*this).get(text) != simdjson::SUCCESS) return not_a("a text");
  return std::string(text);
}

Result<std::string> JsonValue::name() const {
  BORNITE_TRY(std::string value, text());
  if (value.empty()) return error("is empty");
  return value;
}

Result<double> JsonValue::number() const {
  double number = 0;
  if (json_element(*this).get(number) != simdjson::SUCCESS) return not_a("a number");
  return number;
}

Result<double> JsonValue::number(double least, double most) const {
  BORNITE_TRY(const double value, number());
  if (!(value >= least && value <= most)) return not_a(fmt::format("a number from {} to {}", least, most));
  return value;
}

Result<std::uint64_t> JsonValue::count(std::uint64_t most) const {
  const std::optional<std::uint64_t> whole = whole_number(json_element(*this));
  if (!whole) return not_a("a whole number");
  if (*whole > most) return not_a(fmt::format("a whole number from 0 to {}", most));
  return *whole;
}

Result<bool> JsonValue::boolean() const {
  bool value = false;
  if (json_element(*this).get(value) != simdjson::SUCCESS) return not_a("true or false");
  return value;
}

Result<std::string> JsonValue::text_or(std::string_view name, std::string otherwise) const {
  const auto member = find(name);
  return member ? member->text() : Result<std::string>(std::move(otherwise));
}

Result<std::uint64_t> JsonValue::count_or(std::string_view name, std::uint64_t otherwise) const {
  const auto member = find(name);
  return member ? member->count() : Result<std::uint64_t>(otherwise);
}

bool JsonValue::is_object() const { return json_element(*this).is_object(); }
bool JsonValue::is_array() const { return json_element(*this).is_array(); }
bool JsonValue::is_text() const { return json_element(*this).is_string(); }

bool JsonValue::holds_lists() const {
  dom::array array;
  return json_element(*this).get(array) == simdjson::SUCCESS && array.begin() != array.end() &&
         (*array.begin()).is_array();
}

std::string JsonValue::dump() const { return simdjson::minify(json_element(*this)); }

}  // namespace bornite
