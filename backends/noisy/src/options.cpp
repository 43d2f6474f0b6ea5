#include <fmt/format.h>

#include <array>
#include <charconv>
#include <sstream>
#include <utility>

#include "bornite/noisy/noisy_backend.hpp"

namespace bornite {
namespace {

Result<double> read_number(const std::string& key, const std::string& text) {
  double value = 0;
  const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc() && stop == text.data() + text.size()) return value;
  return Error{ErrorKind::configuration,
               fmt::format("The option {} of the backend noisy is '{}', which is no number.", key, text),
               "Write it as in f=0.5."};
}

Result<NoisyMode> read_mode(const std::string& text) {
  if (text == "trajectories") return NoisyMode::trajectories;
  if (text == "density") return NoisyMode::density;
  return Error{ErrorKind::configuration, fmt::format("The option mode of the backend noisy is '{}'.", text),
               "It is trajectories or density."};
}

/// The parts of "f=0.5,zero_given_one=0.02".
Result<BackendOptions> read_device(const std::string& device) {
  BackendOptions options;
  std::istringstream parts(device);
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos)
      return Error{ErrorKind::usage, fmt::format("Backend noisy has no device called '{}'.", part),
                   "Use noisy, or noisy:f=0.5 for half its noise."};
    options[part.substr(0, equals)] = part.substr(equals + 1);
  }
  return options;
}

Result<void> set_option(NoisyOptions& options, const std::string& key, const std::string& text) {
  const std::array<std::pair<std::string_view, double*>, 3> numbers{
      {{"f", &options.f}, {"one_given_zero", &options.one_given_zero}, {"zero_given_one", &options.zero_given_one}}};
  for (const auto& [name, number] : numbers) {
    if (name != key) continue;
    BORNITE_TRY(*number, read_number(key, text));
    return {};
  }
  if (key != "mode")
    return Error{ErrorKind::configuration, fmt::format("Backend noisy has no option called '{}'.", key),
                 "It has f, one_given_zero, zero_given_one and mode."};
  BORNITE_TRY(options.mode, read_mode(text));
  return {};
}

}  // namespace

Result<NoisyOptions> read_noisy_options(const std::string& device, const BackendOptions& texts) {
  BORNITE_TRY(BackendOptions all, read_device(device));
  all.insert(texts.begin(), texts.end());
  NoisyOptions options;
  for (const auto& [key, text] : all) BORNITE_CHECK(set_option(options, key, text));
  return options;
}

}  // namespace bornite
