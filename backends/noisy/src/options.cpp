#include <fmt/format.h>

#include <array>
#include <charconv>
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

}  // namespace

Result<NoisyOptions> read_noisy_options(const BackendOptions& texts) {
  NoisyOptions options;
  const std::array<std::pair<std::string_view, double*>, 3> numbers{
      {{"f", &options.f}, {"one_given_zero", &options.one_given_zero}, {"zero_given_one", &options.zero_given_one}}};
  for (const auto& [key, text] : texts) {
    if (key == "mode") {
      BORNITE_TRY(options.mode, read_mode(text));
      continue;
    }
    double* number = nullptr;
    for (const auto& [name, place] : numbers)
      if (name == key) number = place;
    if (!number)
      return Error{ErrorKind::configuration, fmt::format("Backend noisy has no option called '{}'.", key),
                   "It has f, one_given_zero, zero_given_one and mode."};
    BORNITE_TRY(*number, read_number(key, text));
  }
  return options;
}

}  // namespace bornite
