#include "user_files.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace bornite::cli {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

/// The folder that `variable_name` names, else the usual one below the user's home; empty if there is no home.
std::filesystem::path base_folder(const char* variable_name, const char* below_home) {
  const std::filesystem::path named = variable(variable_name);
  if (named.is_absolute()) return named;  // the XDG specification has others ignored
  const std::string home = variable("HOME");
  return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / below_home;
}

}  // namespace

Result<Config> read_user_config() {
  const std::string named = variable("BORNITE_CONFIG");
  if (!named.empty()) return Config::load(named);
  const std::filesystem::path folder = base_folder("XDG_CONFIG_HOME", ".config");
  const std::filesystem::path usual = folder / "bornite" / "config.toml";
  std::error_code ignored;
  if (folder.empty() || !std::filesystem::exists(usual, ignored)) return Config();
  return Config::load(usual);
}

Result<std::filesystem::path> user_journal() {
  const std::string named = variable("BORNITE_JOURNAL");
  if (!named.empty()) return std::filesystem::path(named);
  const std::filesystem::path base = base_folder("XDG_STATE_HOME", ".local/state");
  if (base.empty())
    return Error{ErrorKind::configuration, "There is no place for the journal of jobs: HOME is not set.",
                 "Name a file with --journal or in BORNITE_JOURNAL."};
  const std::filesystem::path folder = base / "bornite";
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    return Error{ErrorKind::io, fmt::format("Cannot make the folder {}: {}.", folder.string(), failure.message()),
                 "Name another file with --journal or in BORNITE_JOURNAL."};
  return folder / "jobs.sqlite";
}

}  // namespace bornite::cli
