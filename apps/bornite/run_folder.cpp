#include "run_folder.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bornite/train/run_directory.hpp"
#include "bornite/util/file.hpp"

namespace bornite::cli {
namespace {

Result<std::size_t> best_restart(const std::filesystem::path& run) {
  BORNITE_TRY(const std::string text, read_file(run / "result.json"));
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object() || !document["best_restart"].is_number_unsigned())
    return Error{ErrorKind::input, fmt::format("{} is not a result of bornite.", (run / "result.json").string()),
                 "Name the restart with --restart."};
  return document["best_restart"].get<std::size_t>();
}

}  // namespace

Result<Config> read_run(CommonOptions& options, const std::filesystem::path& run) {
  options.config_file = (run / "config.toml").string();
  if (!std::filesystem::exists(options.config_file))
    return Error{ErrorKind::io, fmt::format("There is no run in {}: it has no config.toml.", run.string()),
                 "Name the folder that a training printed."};
  return read_config(options);
}

Result<void> require_finished(const std::filesystem::path& run) {
  if (std::filesystem::exists(run / "angles.txt")) return {};
  return Error{ErrorKind::io, fmt::format("The run in {} is not finished: it has no angles.txt.", run.string()),
               fmt::format("Finish it with: bornite train --resume {}", shell_word(run.string()))};
}

Result<std::size_t> choose_restart(const std::filesystem::path& run, std::optional<std::size_t> wanted,
                                   std::size_t restarts) {
  std::size_t restart = wanted.value_or(0);
  if (!wanted) {
    BORNITE_TRY(restart, best_restart(run));
  }
  if (restart < restarts) return restart;
  return Error{ErrorKind::usage,
               fmt::format("The run has no restart {}: there are {}, counted from 0.", restart, restarts),
               "Choose another with --restart."};
}

void start_where_it_started(const std::filesystem::path& run, TrainingSettings& settings) {
  const std::filesystem::path kept = run / RunDirectory::start_file;
  if (std::filesystem::exists(kept)) settings.init = kept;
}

}  // namespace bornite::cli
