#pragma once
// Settings from a TOML file and from the command line, each of which remembers where it came from.

#include "bornite/util/error.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// A set of dotted keys ("optimizer.learning_rate") with values. Every read names a default and is recorded, so that
/// afterwards the keys nobody asked for can be refused and the complete settings, defaults included, written out.
/// Reading functions refuse a value of the wrong type or outside its range in a sentence with key, value and source.
class Config {
 public:
  Config();
  ~Config();
  Config(const Config&);
  Config& operator=(const Config&);
  Config(Config&&) noexcept;
  Config& operator=(Config&&) noexcept;

  [[nodiscard]] static Result<Config> load(const std::filesystem::path& path);
  /// `source` names the text in errors.
  [[nodiscard]] static Result<Config> parse(std::string_view toml, std::string_view source);

  /// Overrides one key with a TOML value ("[-3, 1]", "0.05", "true"); what is not TOML is taken as a string. `source`
  /// names the flag in errors.
  [[nodiscard]] Result<void> set(std::string_view key, std::string_view value, std::string_view source);
  /// The same for "key=value".
  [[nodiscard]] Result<void> assign(std::string_view assignment, std::string_view source);

  [[nodiscard]] bool has(std::string_view key) const;

  [[nodiscard]] Result<bool> boolean(std::string_view key, bool otherwise);
  [[nodiscard]] Result<std::string> text(std::string_view key, std::string_view otherwise);
  /// A finite number in [least, most].
  [[nodiscard]] Result<double> number(std::string_view key, double otherwise, double least, double most);
  /// A whole number in [least, most].
  [[nodiscard]] Result<std::uint64_t> count(std::string_view key, std::uint64_t otherwise, std::uint64_t least = 0,
                                            std::uint64_t most = INT64_MAX);
  /// A list; one value alone is a list of one.
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view key, std::vector<std::string> otherwise);
  [[nodiscard]] Result<std::vector<double>> numbers(std::string_view key, std::vector<double> otherwise);
  /// A list of lists of numbers; one list alone is a list of one list.
  [[nodiscard]] Result<std::vector<std::vector<double>>> number_lists(std::string_view key,
                                                                      std::vector<std::vector<double>> otherwise);
  /// Every plain value below a table, by what follows the table's name in its key; texts as they are, others as TOML.
  [[nodiscard]] std::map<std::string, std::string> texts_below(std::string_view table);
  /// A path; a relative one is taken from the folder of the file that sets it, or from the current folder if a flag
  /// does. Empty if the key is not set.
  [[nodiscard]] Result<std::filesystem::path> path(std::string_view key);

  /// What `text`, found inside the value of `key` as in "table:costs.txt", means as a path by the same rule.
  [[nodiscard]] std::filesystem::path absolute(std::string_view key, std::string_view text) const;
  /// Changes what resolved() writes for a key, e.g. to make a relative path absolute or to fix what was inferred.
  void record(std::string_view key, std::string value);

  /// An error about the value of `key` that only the caller can know: "KEY (from SOURCE): PROBLEM".
  [[nodiscard]] Error error(std::string_view key, std::string_view problem, std::string_view hint) const;

  /// Refuses keys that were set but never read, with the nearest known key as a hint.
  [[nodiscard]] Result<void> refuse_unread() const;

  /// Every key read so far with the value that was used, as TOML; reading it gives the same settings.
  [[nodiscard]] std::string resolved() const;

 private:
  struct Contents;
  std::unique_ptr<Contents> contents_;
};

}  // namespace bornite
