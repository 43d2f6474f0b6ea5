#pragma once
// JSON documents that know where they came from: every error names the source and the key.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bornite/compile/target_file.hpp"

namespace bornite {

class JsonNode {
 public:
  /// The node refers to `document`, which must outlive it.
  JsonNode(const nlohmann::json& document, std::string place) : value_(&document), place_(std::move(place)) {}

  [[nodiscard]] const nlohmann::json& value() const { return *value_; }
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] bool has(std::string_view key) const;

  [[nodiscard]] Result<JsonNode> member(std::string_view key) const;
  [[nodiscard]] Result<std::vector<JsonNode>> elements() const;
  /// Keys and values in the order of the keys.
  [[nodiscard]] Result<std::vector<std::pair<std::string, JsonNode>>> members() const;
  [[nodiscard]] Result<std::string> text() const;
  [[nodiscard]] Result<double> number(double least, double most) const;
  /// A whole number, also as text.
  [[nodiscard]] Result<std::size_t> count(std::size_t most) const;

  [[nodiscard]] Error error(std::string_view problem) const;

 private:
  const nlohmann::json* value_;
  std::string place_;
};

/// A document and its name.
struct JsonDocument {
  nlohmann::json value;
  std::string source;

  [[nodiscard]] JsonNode root() const { return {value, source + ':'}; }
};

[[nodiscard]] Result<JsonDocument> parse_json(const SourceText& text);

}  // namespace bornite
