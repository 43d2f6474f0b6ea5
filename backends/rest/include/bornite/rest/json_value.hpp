#pragma once
// JSON from a provider, read with errors that name the field.

#include "bornite/rest/http.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// The document; is_discarded() if the text is no JSON, or nests lists and objects more than 100 deep: whoever walks
/// through one may then call himself for each level.
[[nodiscard]] nlohmann::json parse_json(std::string_view text);

/// A value somewhere inside a document, and where. Copies share the document. Every error is of ErrorKind::job and says
/// "SOURCE: PLACE ...".
class JsonValue {
 public:
  /// `source` names the document in errors, e.g. "IonQ's reply about job x".
  [[nodiscard]] static Result<JsonValue> parse(std::string_view text, std::string source);

  /// The member of that name. Refuses what is not an object, or has none.
  [[nodiscard]] Result<JsonValue> operator[](std::string_view name) const;
  /// The same, if it is there and not null.
  [[nodiscard]] std::optional<JsonValue> find(std::string_view name) const;
  [[nodiscard]] Result<std::vector<JsonValue>> elements() const;
  [[nodiscard]] Result<std::vector<std::pair<std::string, JsonValue>>> members() const;

  [[nodiscard]] Result<std::string> text() const;
  /// A text that is not empty, such as the id of a job.
  [[nodiscard]] Result<std::string> name() const;
  /// A finite number.
  [[nodiscard]] Result<double> number() const;
  /// A whole number from 0 to 2^53, also where it is written with a point.
  [[nodiscard]] Result<std::uint64_t> count() const;
  [[nodiscard]] Result<bool> boolean() const;

  /// The same for a member, with a value for when it is missing or null.
  [[nodiscard]] Result<std::string> text_or(std::string_view name, std::string otherwise) const;
  [[nodiscard]] Result<std::uint64_t> count_or(std::string_view name, std::uint64_t otherwise) const;

  [[nodiscard]] bool is_object() const { return value_->is_object(); }
  [[nodiscard]] bool is_array() const { return value_->is_array(); }
  [[nodiscard]] bool is_text() const { return value_->is_string(); }
  /// The value itself, for those who read very many of them.
  [[nodiscard]] const nlohmann::json& value() const { return *value_; }
  /// The document from here on.
  [[nodiscard]] std::string dump() const { return value_->dump(); }

  /// "SOURCE: PLACE PROBLEM".
  [[nodiscard]] Error error(std::string_view problem) const;

 private:
  struct Document {
    std::string source;
    nlohmann::json root;
  };
  JsonValue(std::shared_ptr<const Document> document, const nlohmann::json* value, std::string place)
      : document_(std::move(document)), value_(value), place_(std::move(place)) {}
  [[nodiscard]] JsonValue inside(const nlohmann::json& value, std::string_view step) const;
  [[nodiscard]] Error not_a(std::string_view wanted) const;

  std::shared_ptr<const Document> document_;
  const nlohmann::json* value_;
  std::string place_;
};

}  // namespace bornite
