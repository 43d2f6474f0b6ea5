#include "config_value.hpp"

#include <fmt/format.h>

#include <cmath>

namespace bornite {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += {'\\', c};
    else if (c == '\n')
      result += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      result += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      result += c;
  }
  return result + '"';
}

std::string toml_number(double value) {  // shortest text that reads back as the same double, and as a float
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

template <typename T>
std::optional<std::vector<T>> list_of(const ConfigValue& value) {
  const auto* list = std::get_if<std::vector<ConfigValue>>(&value.value);
  std::vector<T> result;
  if (!list) {
    auto single = value.as<T>();
    if (!single) return std::nullopt;
    result.push_back(*std::move(single));
    return result;
  }
  for (const ConfigValue& item : *list) {
    auto converted = item.as<T>();
    if (!converted) return std::nullopt;
    result.push_back(*std::move(converted));
  }
  return result;
}

}  // namespace

Result<ConfigValue> ConfigValue::from_toml(const toml::node& node) {
  if (const auto* boolean = node.as_boolean()) return ConfigValue{boolean->get()};
  if (const auto* integer = node.as_integer()) return ConfigValue{integer->get()};
  if (const auto* number = node.as_floating_point()) return ConfigValue{number->get()};
  if (const auto* text = node.as_string()) return ConfigValue{text->get()};
  const toml::array* array = node.as_array();
  if (!array) return Error{ErrorKind::configuration, "a date or a table cannot be used here."};
  std::vector<ConfigValue> list;
  for (const toml::node& item : *array) {
    BORNITE_TRY(ConfigValue value, from_toml(item));
    list.push_back(std::move(value));
  }
  return ConfigValue{std::move(list)};
}

std::string ConfigValue::to_toml() const {
  if (const bool* boolean = std::get_if<bool>(&value)) return *boolean ? "true" : "false";
  if (const std::int64_t* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
  if (const double* number = std::get_if<double>(&value)) return toml_number(*number);
  if (const std::string* text = std::get_if<std::string>(&value)) return quoted(*text);
  std::string list;
  for (const ConfigValue& item : std::get<std::vector<ConfigValue>>(value)) {
    if (!list.empty()) list += ", ";
    list += item.to_toml();
  }
  return '[' + list + ']';
}

template <>
std::optional<bool> ConfigValue::as() const {
  const bool* boolean = std::get_if<bool>(&value);
  return boolean ? std::optional(*boolean) : std::nullopt;
}

template <>
std::optional<std::int64_t> ConfigValue::as() const {
  const std::int64_t* integer = std::get_if<std::int64_t>(&value);
  return integer ? std::optional(*integer) : std::nullopt;
}

template <>
std::optional<double> ConfigValue::as() const {
  if (const auto integer = as<std::int64_t>()) return static_cast<double>(*integer);
  const double* number = std::get_if<double>(&value);
  return number ? std::optional(*number) : std::nullopt;
}

template <>
std::optional<std::string> ConfigValue::as() const {
  if (const auto integer = as<std::int64_t>()) return fmt::format("{}", *integer);  // "column 0" needs no quotes
  const std::string* text = std::get_if<std::string>(&value);
  return text ? std::optional(*text) : std::nullopt;
}

template <>
std::optional<std::vector<double>> ConfigValue::as() const {
  return list_of<double>(*this);
}

template <>
std::optional<std::vector<std::string>> ConfigValue::as() const {
  return list_of<std::string>(*this);
}

template <>
std::optional<std::vector<std::vector<double>>> ConfigValue::as() const {
  // [-3, 1] is one list, not two lists of one number each.
  if (const auto flat = as<std::vector<double>>();
      flat && std::holds_alternative<std::vector<ConfigValue>>(value) && !flat->empty())
    return std::vector<std::vector<double>>{*flat};
  return list_of<std::vector<double>>(*this);
}

}  // namespace bornite
