#pragma once
// JSON of others, read with errors that name the field.

#include "bornite/util/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bornite {

/// A value somewhere inside a document, and where. Copies share the document. Every error says "SOURCE: PLACE ...".
class JsonValue {
 public:
  /// `source` names the document in errors, e.g. "IonQ's reply about job x"; errors are of that kind, with that hint.
  /// Refuses what is no JSON, what nests lists and objects more than 100 deep (whoever walks through a document may
  /// call himself for each level) and whole numbers that take more than 64 bits. Damaged replies may be fetched again:
  /// then the error can be retried unless it is of ErrorKind::input.
  [[nodiscard]] static Result<JsonValue> parse(std::string_view text, std::string source,
                                               ErrorKind kind = ErrorKind::job, std::string hint = "");

  /// The member of that name. Refuses what is not an object, or has none.
  [[nodiscard]] Result<JsonValue> operator[](std::string_view name) const;
  /// The same, if it is there and not null.
  [[nodiscard]] std::optional<JsonValue> find(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }
  [[nodiscard]] Result<std::vector<JsonValue>> elements() const;
  /// In the order of the document.
  [[nodiscard]] Result<std::vector<std::pair<std::string, JsonValue>>> members() const;

  [[nodiscard]] Result<std::string> text() const;
  /// A text that is not empty, such as the id of a job.
  [[nodiscard]] Result<std::string> name() const;
  /// A finite number from `least` to `most`.
  [[nodiscard]] Result<double> number() const;
  [[nodiscard]] Result<double> number(double least, double most) const;
  /// A whole number from 0 to `most`, which is 2^53 at most, also where it is written with a point.
  [[nodiscard]] Result<std::uint64_t> count(std::uint64_t most = std::uint64_t{1} << 53) const;
  [[nodiscard]] Result<bool> boolean() const;

  /// The same for a member, with a value for when it is missing or null.
  [[nodiscard]] Result<std::string> text_or(std::string_view name, std::string otherwise) const;
  [[nodiscard]] Result<std::uint64_t> count_or(std::string_view name, std::uint64_t otherwise) const;

  [[nodiscard]] bool is_object() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_text() const;
  /// Whether it is a list that begins with a list.
  [[nodiscard]] bool holds_lists() const;
  /// The document from here on.
  [[nodiscard]] std::string dump() const;

  /// "SOURCE: PLACE PROBLEM".
  [[nodiscard]] Error error(std::string_view problem) const;

 private:
  struct Document;
  /// The parser's handle of a value, opaque because the parser's header is long; json_element.hpp tells what it is.
  using Handle = std::array<std::byte, 2 * sizeof(void*)>;
  friend struct JsonAccess;

  JsonValue(std::shared_ptr<const Document> document, const Handle& handle, std::string place)
      : document_(std::move(document)), handle_(handle), place_(std::move(place)) {}
  [[nodiscard]] JsonValue inside(const Handle& handle, std::string_view step) const;
  [[nodiscard]] Error not_a(std::string_view wanted) const;

  std::shared_ptr<const Document> document_;
  Handle handle_;
  std::string place_;
};

}  // namespace bornite
