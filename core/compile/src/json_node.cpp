#include "json_node.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace bornite {
namespace {

/// A value for a message: whole if it is short.
std::string excerpt(const nlohmann::json& value) {
  std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.size() > 40) text = text.substr(0, 40) + "...";
  return text;
}

}  // namespace

Error JsonNode::error(std::string_view problem) const {
  return {ErrorKind::input, fmt::format("{} {}.", place_, problem), "Give the description that the provider serves."};
}

bool JsonNode::has(std::string_view key) const {
  return value_->is_object() && value_->contains(key) && !value_->at(key).is_null();
}

Result<JsonNode> JsonNode::member(std::string_view key) const {
  if (!value_->is_object()) return error(fmt::format("is {}, which is no object", excerpt(*value_)));
  if (!has(key)) return error(fmt::format("has no key \"{}\"", key));
  return JsonNode(value_->at(key), fmt::format("{}{}{}", place_, place_.ends_with(':') ? " " : ".", key));
}

Result<std::vector<JsonNode>> JsonNode::elements() const {
  if (!value_->is_array()) return error(fmt::format("is {}, which is no list", excerpt(*value_)));
  std::vector<JsonNode> nodes;
  for (std::size_t i = 0; i < value_->size(); ++i) nodes.emplace_back((*value_)[i], fmt::format("{}[{}]", place_, i));
  return nodes;
}

Result<std::vector<std::pair<std::string, JsonNode>>> JsonNode::members() const {
  if (!value_->is_object()) return error(fmt::format("is {}, which is no object", excerpt(*value_)));
  std::vector<std::pair<std::string, JsonNode>> nodes;
  for (const auto& [key, value] : value_->items())
    nodes.emplace_back(key, JsonNode(value, fmt::format("{}.{}", place_, key)));
  return nodes;
}

Result<std::string> JsonNode::text() const {
  if (!value_->is_string()) return error(fmt::format("is {}, which is no text", excerpt(*value_)));
  return value_->get<std::string>();
}

Result<double> JsonNode::number(double least, double most) const {
  if (!value_->is_number()) return error(fmt::format("is {}, which is no number", excerpt(*value_)));
  const auto number = value_->get<double>();
  if (!(number >= least && number <= most))
    return error(fmt::format("is {}, which is not from {} to {}", number, least, most));
  return number;
}

Result<std::size_t> JsonNode::count(std::size_t most) const {
  const std::string text = value_->is_string() ? value_->get<std::string>() : excerpt(*value_);
  std::size_t count = 0;
  const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (code != std::errc() || stop != text.data() + text.size() || count > most)
    return error(fmt::format("is {}, which is not a whole number from 0 to {}", excerpt(*value_), most));
  return count;
}

Result<JsonDocument> parse_json(const SourceText& text) {
  try {
    return JsonDocument{nlohmann::json::parse(text.text), std::string(text.source)};
  } catch (const nlohmann::json::parse_error& failure) {
    return Error{ErrorKind::input, fmt::format("{} is not JSON: it breaks off at byte {}.", text.source, failure.byte),
                 "Give the description that the provider serves."};
  }
}

}  // namespace bornite
