#include "bornite/util/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <sstream>

#include "bornite/util/file.hpp"
#include "config_value.hpp"

namespace bornite {

struct Config::Contents {
  struct Entry {
    ConfigValue value;
    std::string source;            // "FILE:LINE" or a flag
    std::filesystem::path folder;  // what relative paths start from; empty: the current folder
  };
  std::map<std::string, Entry, std::less<>> entries;
  std::map<std::string, ConfigValue, std::less<>> used;  // every key read, with the value given out

  const Entry* find(std::string_view key) const {
    const auto entry = entries.find(key);
    return entry == entries.end() ? nullptr : &entry->second;
  }
};

namespace {

void flatten(const toml::table& table, const std::string& prefix, const auto& visit) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix.empty() ? std::string(name.str()) : prefix + "." + std::string(name.str());
    if (const toml::table* child = node.as_table())
      flatten(*child, key, visit);
    else
      visit(key, node);
  }
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

Error parse_failure(std::string_view source, const toml::parse_error& failure) {
  return {ErrorKind::configuration,
          fmt::format("{}:{}:{}: {}.", source, failure.source().begin.line, failure.source().begin.column,
                      failure.description()),
          "Correct the TOML."};
}

}  // namespace

Config::Config() : contents_(std::make_unique<Contents>()) {}
Config::~Config() = default;
Config::Config(const Config& other) : contents_(std::make_unique<Contents>(*other.contents_)) {}
Config& Config::operator=(const Config& other) {
  *contents_ = *other.contents_;
  return *this;
}
Config::Config(Config&&) noexcept = default;
Config& Config::operator=(Config&&) noexcept = default;

Result<Config> Config::load(const std::filesystem::path& path) {
  BORNITE_TRY(const std::string text, read_file(path));
  BORNITE_TRY(Config config, parse(text, path.string()));
  for (auto& [key, entry] : config.contents_->entries) entry.folder = std::filesystem::absolute(path).parent_path();
  return config;
}

Result<Config> Config::parse(std::string_view text, std::string_view source) {
  Config config;
  std::optional<Error> refused;
  try {
    const toml::table table = toml::parse(text, source);
    flatten(table, "", [&](const std::string& key, const toml::node& node) {
      const std::string where = fmt::format("{}:{}", source, node.source().begin.line);
      auto value = ConfigValue::from_toml(node);
      if (value)
        config.contents_->entries.insert_or_assign(key, Contents::Entry{*std::move(value), where, {}});
      else if (!refused)
        refused = Error{ErrorKind::configuration, fmt::format("{} ({}): {}", key, where, value.error().message),
                        "Use numbers, text, true, false or lists of these."};
    });
  } catch (const toml::parse_error& failure) {
    return parse_failure(source, failure);
  }
  if (refused) return *refused;
  return config;
}

Result<void> Config::set(std::string_view key, std::string_view value, std::string_view source) {
  if (key.empty()) return Error{ErrorKind::usage, fmt::format("{} names no key.", source), "Write KEY=VALUE."};
  ConfigValue parsed;
  try {
    const toml::table table = toml::parse(fmt::format("value = {}", value));
    if (table.size() != 1) throw std::invalid_argument("more than one value");
    auto read = ConfigValue::from_toml(*table.get("value"));
    if (!read)
      return Error{ErrorKind::usage, fmt::format("{} ({}): {}", key, source, read.error().message),
                   "Use numbers, text, true, false or lists of these."};
    parsed = *std::move(read);
  } catch (const std::exception&) {  // a bare word such as `adam` or a path
    parsed.value = std::string(value);
  }
  contents_->entries.insert_or_assign(std::string(key), Contents::Entry{std::move(parsed), std::string(source), {}});
  return {};
}

Result<void> Config::assign(std::string_view assignment, std::string_view source) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos)
    return Error{ErrorKind::usage, fmt::format("{} {} has no '='.", source, assignment), "Write KEY=VALUE."};
  return set(assignment.substr(0, equals), assignment.substr(equals + 1), source);
}

std::map<std::string, std::string> Config::texts_below(std::string_view table) {
  std::map<std::string, std::string> texts;
  const std::string prefix = std::string(table) + '.';
  for (const auto& [key, entry] : contents_->entries) {
    if (!key.starts_with(prefix)) continue;
    const auto* const text = std::get_if<std::string>(&entry.value.value);
    texts.emplace(key.substr(prefix.size()), text ? *text : entry.value.to_toml());
    contents_->used.insert_or_assign(key, entry.value);
  }
  return texts;
}

bool Config::has(std::string_view key) const { return contents_->find(key) != nullptr; }

Error Config::error(std::string_view key, std::string_view problem, std::string_view hint) const {
  const auto* entry = contents_->find(key);
  const auto used = contents_->used.find(key);
  std::string value;
  if (entry)
    value = fmt::format(" = {} (from {})", entry->value.to_toml(), entry->source);
  else if (used != contents_->used.end())
    value = fmt::format(" = {} (the default)", used->second.to_toml());
  return {ErrorKind::configuration, fmt::format("{}{} {}", key, value, problem), std::string(hint)};
}

namespace {

/// Reads one key: its own value if it is set and `convert` accepts it, else the default; and records the outcome.
template <typename T, typename Contents>
Result<T> read(Contents& contents, const Config& config, std::string_view key, T otherwise, std::string_view wanted) {
  const auto* entry = contents.find(key);
  T value = std::move(otherwise);
  if (entry) {
    std::optional<T> converted = entry->value.template as<T>();
    if (!converted) return config.error(key, fmt::format("must be {}.", wanted), "");
    value = *std::move(converted);
  }
  contents.used.insert_or_assign(std::string(key), ConfigValue::of(value));
  return value;
}

}  // namespace

Result<bool> Config::boolean(std::string_view key, bool otherwise) {
  return read<bool>(*contents_, *this, key, otherwise, "true or false");
}

Result<std::string> Config::text(std::string_view key, std::string_view otherwise) {
  return read<std::string>(*contents_, *this, key, std::string(otherwise), "text");
}

Result<double> Config::number(std::string_view key, double otherwise, double least, double most) {
  BORNITE_TRY(const double value, read<double>(*contents_, *this, key, otherwise, "a number"));
  const bool in_range = std::isfinite(value) && value >= least && value <= most;
  if (!in_range && most == std::numeric_limits<double>::max())
    return error(key, fmt::format("must be a finite number of at least {}.", least), "");
  if (!in_range) return error(key, fmt::format("must be a number from {} to {}.", least, most), "");
  return value;
}

Result<std::uint64_t> Config::count(std::string_view key, std::uint64_t otherwise, std::uint64_t least,
                                    std::uint64_t most) {
  BORNITE_TRY(const std::int64_t value, read<std::int64_t>(*contents_, *this, key, static_cast<std::int64_t>(otherwise),
                                                           "a whole number below 2^63, written in digits"));
  const bool in_range =
      value >= 0 && static_cast<std::uint64_t>(value) >= least && static_cast<std::uint64_t>(value) <= most;
  if (!in_range && most == INT64_MAX)
    return error(key, fmt::format("must be a whole number of at least {}.", least), "");
  if (!in_range) return error(key, fmt::format("must be a whole number from {} to {}.", least, most), "");
  return static_cast<std::uint64_t>(value);
}

Result<std::vector<std::string>> Config::texts(std::string_view key, std::vector<std::string> otherwise) {
  return read(*contents_, *this, key, std::move(otherwise), "a list of texts");
}

Result<std::vector<double>> Config::numbers(std::string_view key, std::vector<double> otherwise) {
  BORNITE_TRY(auto values, read(*contents_, *this, key, std::move(otherwise), "a number or a list of numbers"));
  if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); }))
    return error(key, "has a number that is not finite.", "");
  return values;
}

Result<std::vector<std::vector<double>>> Config::number_lists(std::string_view key,
                                                              std::vector<std::vector<double>> otherwise) {
  return read(*contents_, *this, key, std::move(otherwise), "a list of numbers or a list of such lists");
}

Result<std::filesystem::path> Config::path(std::string_view key) {
  const auto* entry = contents_->find(key);
  if (!entry) return std::filesystem::path();
  const std::optional<std::string> text = entry->value.as<std::string>();
  if (!text || text->empty()) return error(key, "must be a path.", "");
  const std::filesystem::path path = absolute(key, *text);
  record(key, path.string());
  return path;
}

std::filesystem::path Config::absolute(std::string_view key, std::string_view text) const {
  const auto* entry = contents_->find(key);
  const bool from_file = entry && !entry->folder.empty();
  const std::filesystem::path folder = from_file ? entry->folder : std::filesystem::current_path();
  return (folder / text).lexically_normal();
}

void Config::record(std::string_view key, std::string value) {
  contents_->used.insert_or_assign(std::string(key), ConfigValue::of(std::move(value)));
}

Result<void> Config::refuse_unread() const {
  for (const auto& [key, entry] : contents_->entries) {
    if (contents_->used.contains(key)) continue;
    const auto nearest = std::ranges::min_element(
        contents_->used, {}, [&, &name = key](const auto& known) { return edit_distance(known.first, name); });
    const bool close = nearest != contents_->used.end() &&
                       edit_distance(nearest->first, key) <= std::min<std::size_t>(3, key.size() / 4);
    return Error{
        ErrorKind::configuration, fmt::format("There is no setting \"{}\" here (from {}).", key, entry.source),
        close ? fmt::format("Did you mean \"{}\"?", nearest->first) : "Remove it, or see --help for the settings."};
  }
  return {};
}

std::string Config::resolved() const {
  std::map<std::string, std::string> sections;  // "" is the top of the file
  for (const auto& [key, value] : contents_->used) {
    const std::size_t dot = key.rfind('.');
    const std::string section = dot == std::string::npos ? "" : key.substr(0, dot);
    sections[section] +=
        fmt::format("{} = {}\n", dot == std::string::npos ? key : key.substr(dot + 1), value.to_toml());
  }
  std::string text = sections[""];
  sections.erase("");
  for (const auto& [section, lines] : sections) text += fmt::format("\n[{}]\n{}", section, lines);
  return text;
}

}  // namespace bornite
