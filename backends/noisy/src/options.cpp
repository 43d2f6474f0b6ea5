#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <utility>
#include <vector>

#include "bornite/compile/target_file.hpp"
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

/// What a target's file is called among the options.
constexpr const char* target_key = "target";
constexpr const char* properties_key = "properties";

/// The parts of "device.toml,f=0.5".
BackendOptions read_device(const std::string& device) {
  BackendOptions options;
  std::istringstream parts(device);
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t equals = part.find('=');
    const std::string key = equals == std::string::npos ? target_key : part.substr(0, equals);
    options[key] = equals == std::string::npos ? part : part.substr(equals + 1);
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
                 "It has f, one_given_zero, zero_given_one, mode, target and properties."};
  BORNITE_TRY(options.mode, read_mode(text));
  return {};
}

/// The file of this name, with or without .toml or .json, in this folder or in those of BORNITE_TARGET_PATH; empty if
/// there is none.
std::filesystem::path find_target(const std::string& name) {
  std::vector<std::filesystem::path> folders{""};
  const char* const more = std::getenv("BORNITE_TARGET_PATH");
  std::istringstream path(more ? more : "");
  for (std::string folder; std::getline(path, folder, ':');)
    if (!folder.empty()) folders.emplace_back(folder);
  for (const std::filesystem::path& folder : folders)
    for (const char* const extension : {"", ".toml", ".json"})
      if (std::filesystem::is_regular_file(folder / (name + extension))) return folder / (name + extension);
  return {};
}

/// Takes the files out of the options and reads them.
Result<std::optional<Target>> take_target(BackendOptions& options) {
  const auto file = options.extract(target_key);
  const auto properties = options.extract(properties_key);
  if (!file) {
    if (!properties) return std::nullopt;
    return Error{ErrorKind::configuration, "The backend noisy was given properties, but no target that has them.",
                 "Name the target's file: noisy:configuration.json,properties=properties.json."};
  }
  const std::filesystem::path found = find_target(file.mapped());
  if (found.empty())
    return Error{
        ErrorKind::usage,
        fmt::format("Backend noisy has no device '{}': there is no such file, here or where BORNITE_TARGET_PATH says.",
                    file.mapped()),
        "Use noisy, noisy:f=0.5 for half its noise, or noisy:FILE with a device's description as "
        "`bornite compile --target` takes it."};
  return load_target(found, properties ? properties.mapped() : "");
}

}  // namespace

Result<NoisyOptions> read_noisy_options(const std::string& device, const BackendOptions& texts) {
  BackendOptions all = read_device(device);
  all.insert(texts.begin(), texts.end());
  NoisyOptions options;
  BORNITE_TRY(options.target, take_target(all));
  for (const auto& [key, text] : all) BORNITE_CHECK(set_option(options, key, text));
  return options;
}

}  // namespace bornite
