#include "run_folder.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bornite/train/angles.hpp"
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

}  // namespace

Result<Config> read_run(CommonOptions& options, const std::filesystem::path& run) {
  options.config_file = (run / "config.toml").string();
  if (!std::filesystem::exists(options.config_file))
    return Error{ErrorKind::io, fmt::format("There is no run in {}: it has no config.toml.", run.string()),
                 "Name the folder that a training printed."};
  return read_config(options);
}

Result<TrainedRun> read_trained_run(const std::filesystem::path& run, Config config,
                                    std::optional<std::size_t> restart) {
  BORNITE_CHECK(require_finished(run));
  BORNITE_TRY(Problem problem, make_problem(config));
  BORNITE_TRY(TrainingSettings settings, read_training_settings(config, problem));
  BORNITE_CHECK(config.refuse_unread());
  Circuit circuit = make_ansatz(settings.circuit.ansatz, problem.qubits(), settings.circuit.depth);
  BORNITE_TRY(const ParameterRows angles, load_angles(run / "angles.txt", circuit.parameters()));
  BORNITE_TRY(const std::size_t chosen, choose_restart(run, restart, angles.rows()));
  const Theta theta = angles[chosen];
  return TrainedRun{std::move(problem), std::move(settings), std::move(circuit), chosen, {theta.begin(), theta.end()}};
}

void add_run_folder(CLI::App& command, std::string& run) {
  require(add_path(command, "run", run, "RUN_DIR", "Folder of the run"));
}

void add_restart_option(CLI::App& command, std::optional<std::size_t>& restart) {
  add_count(
      command, "--restart", 0, 1'000'000'000, [&restart](std::size_t n) { restart = n; },
      "Restart whose angles to use; default: the best one");
}

void start_where_it_started(const std::filesystem::path& run, TrainingSettings& settings) {
  const std::filesystem::path kept = run / RunDirectory::start_file;
  if (std::filesystem::exists(kept)) settings.init = kept;
}

}  // namespace bornite::cli
