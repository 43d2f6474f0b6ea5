#pragma once
// A training's folder, as the commands find it that come after the training.

#include "bornite/train/settings.hpp"
#include "command.hpp"

#include <filesystem>
#include <optional>

namespace bornite::cli {

/// The settings of the run in the folder. Refuses a folder that is no run's.
[[nodiscard]] Result<Config> read_run(CommonOptions& options, const std::filesystem::path& run);

/// Refuses a run that has not come to its end.
[[nodiscard]] Result<void> require_finished(const std::filesystem::path& run);

/// The restart's number: the one asked for, or the one that the run's result calls the best. Refuses one that the run
/// has not.
[[nodiscard]] Result<std::size_t> choose_restart(const std::filesystem::path& run, std::optional<std::size_t> wanted,
                                                 std::size_t restarts);

/// The source of a warm start may be gone by now; the run has kept what it took from there.
void start_where_it_started(const std::filesystem::path& run, TrainingSettings& settings);

}  // namespace bornite::cli
