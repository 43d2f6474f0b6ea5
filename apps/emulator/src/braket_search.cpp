#include "braket_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fields.hpp"

namespace bornite::emulator {
namespace {

constexpr std::array task_names{"quantumTaskArn", "deviceArn", "jobArn", "status", "createdAt"};
constexpr std::array device_names{"deviceArn", "deviceName", "deviceType", "deviceStatus", "providerName"};
constexpr std::array operator_names{"LT", "LTE", "EQUAL", "GT", "GTE", "BETWEEN"};

template <typename Names>
bool contains(const Names& names, const Json* name) {
  return name != nullptr && std::ranges::any_of(names, [&](const char* known) { return *name == known; });
}

bool is_string_list(const Json* list) {
  return list != nullptr && list->is_array() && !list->empty() &&
         std::ranges::all_of(*list, [](const Json& value) { return value.is_string(); });
}

bool passes(const std::string& value, const std::string& how, const std::vector<std::string>& values) {
  if (how == "LT") return value < values[0];
  if (how == "LTE") return value <= values[0];
  if (how == "GT") return value > values[0];
  if (how == "GTE") return value >= values[0];
  if (how == "BETWEEN") return values.size() == 2 && value >= values[0] && value <= values[1];
  return std::ranges::find(values, value) != values.end();
}

}  // namespace

boost::system::result<void, std::string> check_braket_filters(const Json& body, bool operators) {
  using Problem = boost::system::result<void, std::string>;
  const auto problem = [](std::string text) { return Problem(boost::system::in_place_error, std::move(text)); };
  if (const auto key = unknown_key(body, {"filters", "maxResults", "nextToken"}))
    return problem(fmt::format("There is no field {}.", *key));
  const Json* filters = member(body, "filters");
  if (filters == nullptr || !filters->is_array()) return problem("filters must be a list.");
  if (const Json* most = member(body, "maxResults"); most != nullptr && !is_count(*most, 1, 100))
    return problem("maxResults is from 1 to 100.");
  for (const Json& filter : *filters) {
    if (!filter.is_object() || unknown_key(filter, {"name", "operator", "values"}))
      return problem("A filter has name, operator and values.");
    const Json* name = member(filter, "name");
    if (operators ? !contains(task_names, name) : !contains(device_names, name))
      return problem("A filter has an unknown name.");
    const Json* how = member(filter, "operator");
    if (operators ? !contains(operator_names, how) : how != nullptr) return problem("A filter has a wrong operator.");
    if (!is_string_list(member(filter, "values"))) return problem("A filter's values are a list of strings.");
  }
  return {};
}

bool passes_braket_filters(const Json& summary, const Json& body) {
  return std::ranges::all_of(body.at("filters"), [&](const Json& filter) {
    const std::string value = summary.value(filter.at("name").get<std::string>(), "");
    return passes(value, filter.value("operator", "EQUAL"), filter.at("values").get<std::vector<std::string>>());
  });
}

}  // namespace bornite::emulator
