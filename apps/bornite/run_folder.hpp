#pragma once
// A training's folder, as the commands find it that come after the training.

#include "bornite/circuit/circuit.hpp"
#include "bornite/train/problem.hpp"
#include "bornite/train/settings.hpp"
#include "command.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bornite::cli {

/// The settings of the run in the folder. Refuses a folder that is no run's.
[[nodiscard]] Result<Config> read_run(CommonOptions& options, const std::filesystem::path& run);

/// What a run trained, and where one of its restarts ended.
struct TrainedRun {
  Problem problem;
  TrainingSettings settings;
  Circuit circuit;
  std::size_t restart;
  std::vector<double> theta;  ///< the restart's final angles
};

/// From the run's settings, and the restart that is asked for or that the run's result calls the best. Refuses a run
/// that has not come to its end, and a restart that it has not.
[[nodiscard]] Result<TrainedRun> read_trained_run(const std::filesystem::path& run, Config config,
                                                  std::optional<std::size_t> restart);

/// The arguments that say which: the folder, and --restart.
void add_run_folder(CLI::App& command, std::string& run);
void add_restart_option(CLI::App& command, std::optional<std::size_t>& restart);

/// The source of a warm start may be gone by now; the run has kept what it took from there.
void start_where_it_started(const std::filesystem::path& run, TrainingSettings& settings);

}  // namespace bornite::cli
