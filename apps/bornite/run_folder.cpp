#include "run_folder.hpp"

#include <fmt/format.h>

#include "bornite/train/run_directory.hpp"

namespace bornite::cli {

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

void start_where_it_started(const std::filesystem::path& run, TrainingSettings& settings) {
  const std::filesystem::path kept = run / RunDirectory::start_file;
  if (std::filesystem::exists(kept)) settings.init = kept;
}

}  // namespace bornite::cli
