#include "bornite/emulator/faults.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>

#include "bornite/util/file.hpp"

namespace bornite::emulator {
namespace {

constexpr std::array call_names{"token", "submit", "status", "result", "cancel", "list", "devices", "other"};
constexpr std::array action_names{"drop_before", "drop_after",  "delay",       "status",       "truncate",
                                  "malformed",   "wrong_width", "wrong_shots", "expire_token", "stuck",
                                  "fail_job",    "slow",        "gzip_bomb"};
constexpr std::array provider_names{"ionq", "ibm", "braket", "qbraid"};
constexpr std::array keys{"provider", "call",   "nth",     "every",  "probability", "every_seconds",
                          "times",    "action", "seconds", "status", "retry_after", "megabytes"};

/// One [[fault]] table and what to call it in errors.
class FaultTable {
 public:
  FaultTable(const toml::table& table, std::string_view source) : table_(table), source_(source) {}

  [[nodiscard]] Error error(std::string_view problem, std::string_view hint) const {
    return {ErrorKind::configuration,
            fmt::format("The fault at line {} of {} {}.", table_.source().begin.line, source_, problem),
            std::string(hint)};
  }

  template <typename Names>
  Result<std::optional<std::size_t>> choice(std::string_view key, const Names& names) const {
    if (!table_.contains(key)) return std::optional<std::size_t>();
    const auto text = table_[key].value<std::string>();
    const auto found = text ? std::ranges::find(names, *text) : names.end();
    if (found == names.end())
      return error(fmt::format("has no known {}", key), fmt::format("Known are {}.", fmt::join(names, ", ")));
    return std::optional(static_cast<std::size_t>(found - names.begin()));
  }

  Result<std::uint64_t> count(std::string_view key, std::uint64_t otherwise, std::int64_t least = 1) const {
    if (!table_.contains(key)) return otherwise;
    const auto number = table_[key].value_exact<std::int64_t>();
    if (!number || *number < least)
      return error(fmt::format("has a {} that is no whole number from {} on", key, least), "");
    return static_cast<std::uint64_t>(*number);
  }

  Result<double> number(std::string_view key, double otherwise, double most) const {
    if (!table_.contains(key)) return otherwise;
    const auto value = table_[key].value<double>();
    if (!value || !(*value >= 0) || *value > most)
      return error(fmt::format("has a {} that is not between 0 and {}", key, most), "");
    return *value;
  }

  Result<void> refuse_unknown() const {
    for (const auto& entry : table_)
      if (std::ranges::find(keys, entry.first.str()) == keys.end())
        return error(fmt::format("has the unknown key \"{}\"", entry.first.str()),
                     fmt::format("Known are {}.", fmt::join(keys, ", ")));
    return {};
  }

  Result<Fault> read() const {
    BORNITE_CHECK(refuse_unknown());
    BORNITE_TRY(const auto action, choice("action", action_names));
    if (!action) return error("has no action", fmt::format("Known are {}.", fmt::join(action_names, ", ")));
    Fault fault{.action = static_cast<FaultAction>(*action)};
    BORNITE_TRY(const auto provider, choice("provider", provider_names));
    if (provider) fault.provider = provider_names[*provider];
    BORNITE_TRY(const auto call, choice("call", call_names));
    if (call) fault.call = static_cast<CallKind>(*call);
    BORNITE_TRY(fault.nth, count("nth", 0));
    BORNITE_TRY(fault.every, count("every", 0));
    BORNITE_TRY(fault.probability, number("probability", 0, 1));
    BORNITE_TRY(fault.every_seconds, number("every_seconds", 0, 86400));
    const int times =
        (fault.nth != 0) + (fault.every != 0) + table_.contains("probability") + (fault.every_seconds > 0);
    if (times != 1)
      return error("says not just once when it strikes", "Give one of nth, every, probability and every_seconds.");
    BORNITE_TRY(fault.times, count("times", fault.times));
    BORNITE_TRY(fault.seconds, number("seconds", fault.seconds, 3600));
    BORNITE_TRY(fault.megabytes, count("megabytes", fault.megabytes));
    BORNITE_TRY(const std::uint64_t status, count("status", 503));
    if (status < 400 || status > 599) return error(fmt::format("has the status {}, not an error's", status), "");
    fault.status = static_cast<int>(status);
    if (table_.contains("retry_after")) {
      BORNITE_TRY(fault.retry_after, count("retry_after", 1, 0));
    }
    return fault;
  }

 private:
  const toml::table& table_;
  std::string_view source_;
};

Result<std::vector<Fault>> read_rules(const toml::table& root, std::string_view source) {
  std::vector<Fault> rules;
  const toml::array* list = root["fault"].as_array();
  if (list == nullptr || !list->is_array_of_tables())
    return Error{ErrorKind::configuration, fmt::format("{} has no [[fault]].", source),
                 "Each fault is a table [[fault]] with an action."};
  for (const toml::node& node : *list) {
    BORNITE_TRY(rules.emplace_back(), FaultTable(*node.as_table(), source).read());
  }
  return rules;
}

}  // namespace

std::string_view to_string(CallKind kind) { return call_names[static_cast<std::size_t>(kind)]; }

FaultEngine::FaultEngine(std::vector<Fault> rules, std::uint64_t seed) {
  for (Fault& fault : rules)
    rules_.push_back(
        {std::move(fault), 0, 0,
         RandomStream(
             {.seed = seed, .purpose = StreamPurpose::test, .row = static_cast<std::uint32_t>(rules_.size())})});
}

Result<FaultEngine> FaultEngine::parse(std::string_view toml, std::string_view source) {
  try {
    const toml::table root = toml::parse(toml);
    for (const auto& entry : root)
      if (entry.first.str() != "fault" && entry.first.str() != "seed")
        return Error{ErrorKind::configuration, fmt::format("{} has the unknown key \"{}\".", source, entry.first.str()),
                     "Known are seed and [[fault]]."};
    BORNITE_TRY(std::vector<Fault> rules, read_rules(root, source));
    return FaultEngine(std::move(rules), static_cast<std::uint64_t>(root["seed"].value_or(std::int64_t{1})));
  } catch (const toml::parse_error& error) {
    return Error{ErrorKind::configuration,
                 fmt::format("{}, line {}, is not TOML: {}.", source, error.source().begin.line, error.description())};
  }
}

Result<FaultEngine> FaultEngine::load(const std::filesystem::path& file) {
  BORNITE_TRY(const std::string text, read_file(file));
  return parse(text, file.string());
}

bool FaultEngine::strikes(Rule& rule, Clock::Instant now) {
  ++rule.calls;
  if (!rule.since) rule.since = now;
  if (rule.struck >= rule.fault.times) return false;
  if (rule.fault.nth != 0) return rule.calls == rule.fault.nth;
  if (rule.fault.every != 0) return rule.calls % rule.fault.every == 0;
  if (rule.fault.every_seconds > 0) return now - *rule.since >= std::chrono::duration<double>(rule.fault.every_seconds);
  return rule.dice.uniform() < rule.fault.probability;
}

const Fault* FaultEngine::next(std::string_view provider, CallKind call, Clock::Instant now) {
  Rule* first = nullptr;
  for (Rule& rule : rules_) {
    if (!rule.fault.provider.empty() && rule.fault.provider != provider) continue;
    if (rule.fault.call && *rule.fault.call != call) continue;
    if (strikes(rule, now) && first == nullptr) first = &rule;
  }
  if (first == nullptr) return nullptr;
  ++first->struck;
  first->since = now;
  return &first->fault;
}

}  // namespace bornite::emulator
