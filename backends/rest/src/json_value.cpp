#include "bornite/rest/json_value.hpp"

#include <fmt/format.h>

#include <cmath>

#include "bornite/util/secret.hpp"

namespace bornite {
namespace {

constexpr std::uint64_t most_exact = std::uint64_t{1} << 53;
constexpr auto largest_whole = static_cast<double>(most_exact);
constexpr std::size_t shown = 200;  // characters of a text that is no JSON
constexpr std::size_t deepest = 100;

/// The beginning of a text of others. Secrets go before it is cut: half of one is a secret too.
std::string beginning(std::string text) { return scrubbed(std::move(text)).substr(0, shown); }

bool nests_deeper(std::string_view text, std::size_t limit) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') ++i;
    if (quoted) continue;
    if ((c == '[' || c == '{') && ++depth > limit) return true;
    if ((c == ']' || c == '}') && depth > 0) --depth;
  }
  return false;
}

}  // namespace

nlohmann::json parse_json(std::string_view text) {
  if (nests_deeper(text, deepest)) return nlohmann::json::value_t::discarded;
  return nlohmann::json::parse(text, nullptr, false);
}

Result<JsonValue> JsonValue::parse(std::string_view text, std::string source) {
  auto document = std::make_shared<Document>();
  document->source = std::move(source);
  document->root = parse_json(text);
  if (document->root.is_discarded())
    return Error{ErrorKind::job,
                 fmt::format("{} is not JSON. It begins: {}", document->source, beginning(std::string(text))),
                 "It was damaged on the way, or something else answered in the service's place.", true};
  const nlohmann::json* const root = &document->root;
  return JsonValue(std::move(document), root, "");
}

JsonValue JsonValue::inside(const nlohmann::json& value, std::string_view step) const {
  return {document_, &value, fmt::format("{}{}{}", place_, place_.empty() ? "" : ".", step)};
}

Error JsonValue::error(std::string_view problem) const {
  return {ErrorKind::job, scrubbed(fmt::format("{}: {} {}.", document_->source,
                                               place_.empty() ? "the document" : "'" + place_ + "'", problem))};
}

Error JsonValue::not_a(std::string_view wanted) const {
  return error(fmt::format("is {}, {} was expected",
                           beginning(value_->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)), wanted));
}

std::optional<JsonValue> JsonValue::find(std::string_view name) const {
  if (!value_->is_object()) return {};
  const auto member = value_->find(name);
  if (member == value_->end() || member->is_null()) return {};
  return inside(*member, name);
}

Result<JsonValue> JsonValue::operator[](std::string_view name) const {
  if (!value_->is_object()) return not_a("an object");
  if (auto member = find(name)) return *std::move(member);
  return error(fmt::format("has no '{}'", name));
}

Result<std::vector<JsonValue>> JsonValue::elements() const {
  if (!value_->is_array()) return not_a("a list");
  std::vector<JsonValue> all;
  all.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i) all.push_back(inside((*value_)[i], std::to_string(i)));
  return all;
}

Result<std::vector<std::pair<std::string, JsonValue>>> JsonValue::members() const {
  if (!value_->is_object()) return not_a("an object");
  std::vector<std::pair<std::string, JsonValue>> all;
  for (const auto& [name, value] : value_->items()) all.emplace_back(name, inside(value, name));
  return all;
}

Result<std::string> JsonValue::text() const {
  if (!value_->is_string()) return not_a("a text");
  return value_->get<std::string>();
}

Result<std::string> JsonValue::name() const {
  BORNITE_TRY(std::string value, text());
  if (value.empty()) return error("is empty");
  return value;
}

Result<double> JsonValue::number() const {
  if (!value_->is_number() || !std::isfinite(value_->get<double>())) return not_a("a number");
  return value_->get<double>();
}

Result<std::uint64_t> JsonValue::count() const {
  if (value_->is_number_unsigned() && value_->get<std::uint64_t>() > most_exact) return not_a("a whole number");
  const double value = value_->is_number() ? value_->get<double>() : -1;
  if (!(value >= 0 && value <= largest_whole) || value != std::floor(value)) return not_a("a whole number");
  return static_cast<std::uint64_t>(value);
}

Result<bool> JsonValue::boolean() const {
  if (!value_->is_boolean()) return not_a("true or false");
  return value_->get<bool>();
}

Result<std::string> JsonValue::text_or(std::string_view name, std::string otherwise) const {
  const auto member = find(name);
  return member ? member->text() : Result<std::string>(std::move(otherwise));
}

Result<std::uint64_t> JsonValue::count_or(std::string_view name, std::uint64_t otherwise) const {
  const auto member = find(name);
  return member ? member->count() : Result<std::uint64_t>(otherwise);
}

}  // namespace bornite
