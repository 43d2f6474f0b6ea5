#pragma once
// One configuration value: the part of TOML that settings need.

#include "bornite/util/error.hpp"

#include <toml++/toml.h>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bornite {

struct ConfigValue {
  std::variant<bool, std::int64_t, double, std::string, std::vector<ConfigValue>> value{false};

  /// Refuses dates and tables inside lists.
  static Result<ConfigValue> from_toml(const toml::node& node);
  [[nodiscard]] std::string to_toml() const;

  static ConfigValue of(bool value) { return {value}; }
  static ConfigValue of(std::int64_t value) { return {value}; }
  static ConfigValue of(double value) { return {value}; }
  static ConfigValue of(std::string value) { return {std::move(value)}; }
  template <typename T>
  static ConfigValue of(const std::vector<T>& values) {
    std::vector<ConfigValue> list;
    for (const T& value : values) list.push_back(of(value));
    return {std::move(list)};
  }

  /// The value as a T, or nothing. Whole numbers are numbers; where a list is wanted, a single value is a list of one.
  template <typename T>
  [[nodiscard]] std::optional<T> as() const;
};

template <>
std::optional<bool> ConfigValue::as() const;
template <>
std::optional<std::int64_t> ConfigValue::as() const;
template <>
std::optional<double> ConfigValue::as() const;
template <>
std::optional<std::string> ConfigValue::as() const;
template <>
std::optional<std::vector<double>> ConfigValue::as() const;
template <>
std::optional<std::vector<std::string>> ConfigValue::as() const;
template <>
std::optional<std::vector<std::vector<double>>> ConfigValue::as() const;

}  // namespace bornite
