// bornite train

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/train/result_json.hpp"
#include "bornite/train/trainer.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "interruption.hpp"
#include "job_session.hpp"
#include "progress_line.hpp"
#include "run_folder.hpp"
#include "settings_help.hpp"
#include "signals.hpp"
#include "text_table.hpp"
#include "training_plan.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string out;
  std::string resume;
  bool dry_run = false;
  JobOptions jobs;
};

constexpr const char* examples = R"(Examples:
  bornite train --problem mnist01 --objective elbo --restarts 3 --seed 1
  bornite train --problem mnist01 --set network.values=[-3,1] --optimizer lbfgs --iterations 500
  bornite train --problem gaussian2d --objective selbo --shots 1024 --iterations 100
  bornite train my-problem.toml --out runs/mine --dry-run
  bornite train --problem mnist01 --objective selbo --shots 1024 --backend ibm:ibm_fez --init runs/mnist01-selbo-1
  bornite train --resume runs/mine)";

std::string score_text(const std::optional<PartScores>& scores) {
  if (!scores) return "-";
  const PredictionScore& score = scores->posterior;
  if (score.classification) return fmt::format("{:.2f} %", 100 * score.classification->accuracy);
  return fmt::format("mse {:.4g}", *score.mean_squared_error);
}

void print_result(const TrainingResult& result, const Problem& problem, const TrainingSettings& settings) {
  using enum TextTable::Align;
  TextTable table({{"restart"},
                   {"objective"},
                   {"expected cost"},
                   {"gap"},
                   {"steps"},
                   {"stopped by", left},
                   {"train"},
                   {"test"},
                   {"best network", left},
                   {"its cost"}});
  for (const RestartResult& r : result.restarts) {
    const std::string gap =
        r.state.optimum ? fmt::format("{:.1e}", r.state.expected_cost - r.state.optimum->cost) : "-";
    table.add_row({fmt::format("{}{}", r.restart == result.best ? "* " : "", r.restart),
                   fmt::format("{:.7f}", r.final_terms.value), fmt::format("{:.7f}", r.state.expected_cost), gap,
                   fmt::format("{}", r.optimum.evaluations), std::string(to_string(r.optimum.stop_reason)),
                   score_text(r.state.train), score_text(r.state.test), shortened(r.state.best.bits.to_text()),
                   fmt::format("{:.7f}", r.state.best.cost)});
  }
  fmt::print("\n{} on {}: {} qubits, {} of depth {}, {} by {}\n\n", problem.name, settings.backend, problem.qubits(),
             to_string(settings.circuit.ansatz), settings.circuit.depth, settings.objective.name,
             settings.optimizer.name);
  fmt::print("{}\n", table.to_text());
  fmt::print(
      "* {}. gap: expected cost above the best of all networks. train, test: accuracy of the posterior\n"
      "predictive. best network: the best of {} drawn from the trained circuit, qubit 0 first.\n",
      settings.shots == 0 ? "lowest objective" : "best network of lowest cost", settings.evaluation_shots);
  if (result.evidence_bound)
    fmt::print("No elbo can be below {:.7f}, the evidence bound; the best restart is {:.1e} above it.\n",
               *result.evidence_bound, result.restarts[result.best].final_terms.value - *result.evidence_bound);
}

/// What failed once the run had a folder can be taken up again there, unless the folder itself is the trouble.
Error with_way_on(Error error, const std::string& folder) {
  if (error.kind == ErrorKind::input) return error;
  error.hint += fmt::format("{}What is done is kept; continue with: bornite train --resume {}",
                            error.hint.empty() ? "" : " ", shell_word(folder));
  return error;
}

Result<RunDirectory> open_directory(const Options& options, const Config& config, const Problem& problem,
                                    const TrainingSettings& settings, const TrainingPlan& plan) {
  std::filesystem::path path = options.out;
  if (path.empty()) {
    const std::string name = problem.name.starts_with("table:") ? "table"
                             : problem.name == "own data"       ? "own"
                                                                : problem.name;
    path = RunDirectory::next_free("runs", fmt::format("{}-{}", name, settings.objective.name));
  }
  return RunDirectory::create(path, config.resolved(), plan.run_directory_bytes);
}

Result<int> train(Options& options) {
  const ThreadLimit limit(options.common.threads);
  std::optional<RunDirectory> directory;
  if (!options.resume.empty()) {
    if (!options.out.empty() || !options.common.config_file.empty() || !options.common.overrides.empty())
      return Error{ErrorKind::usage, "--resume takes all its settings from the run's config.toml.",
                   "Leave out the other settings and --out."};
    BORNITE_TRY(directory, RunDirectory::open(options.resume));
    options.common.config_file = (directory->path() / "config.toml").string();
  }
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const Problem problem, make_problem(config));
  BORNITE_TRY(TrainingSettings settings, read_training_settings(config, problem));
  BORNITE_CHECK(config.refuse_unread());
  if (!options.resume.empty()) start_where_it_started(directory->path(), settings);
  BORNITE_TRY(auto backend, make_backend(options.common, settings.backend));
  if (options.jobs.record && settings.shots == 0)
    return Error{ErrorKind::usage, "Nothing can be recorded of a training on exact probabilities.",
                 "Leave out --record, or train from shots with --shots."};
  BORNITE_TRY(const Trainer planner, Trainer::create(problem, settings, *backend));
  const TrainingPlan plan = planner.plan();
  if (options.dry_run) return print_plan(plan, problem, settings, *backend, options.common.json);
  if (!directory) {
    BORNITE_TRY(directory, open_directory(options, config, problem, settings, plan));
  }

  options.jobs.tell_progress = false;
  if (options.jobs.journal.empty()) options.jobs.journal = (directory->path() / "jobs.sqlite").string();
  if (!options.resume.empty() && std::filesystem::exists(options.jobs.journal)) options.jobs.record = true;
  BORNITE_TRY(JobSession session, JobSession::open(std::move(backend), settings.backend, options.jobs, "train"));
  BORNITE_TRY(Trainer trainer, Trainer::create(problem, settings, session.backend()));

  auto progress = std::make_unique<ProgressLine>(settings.restarts);
  const TrainingHooks hooks{.on_progress = [&](const TrainingProgress& p) { progress->show(p); },
                            .on_phase = [&](const std::string& what) { progress->phase(what); },
                            .stop = &stop_requested()};
  end_on_signals();
  auto outcome = trainer.run(&*directory, hooks);
  progress.reset();
  const std::string folder = directory->path().string();
  if (stop_requested()) settle_jobs(session, options.jobs.on_interrupt);
  if (!outcome) return with_way_on(outcome.error(), folder);
  const TrainingResult& result = *outcome;
  if (result.interrupted)
    return Error{ErrorKind::cancelled, "The training was stopped; what it has done so far is kept.",
                 fmt::format("Continue it with: bornite train --resume {}", shell_word(folder))};
  if (options.common.json) {
    auto document = nlohmann::ordered_json::parse(result_json(problem, settings, plan.parameters, result));
    document["run_directory"] = folder;
    print_document(document);
  } else {
    print_result(result, problem, settings);
    fmt::print("\nRun directory: {}\n", folder);
  }
  return 0;
}

}  // namespace

void add_train_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "train", "Train a circuit so that good networks become likely",
                                  std::string(examples) + "\n\n" + settings_help);
  CommonOptions& common = options->common;
  add_problem_options(command, common);
  add_setting(command, common, "--objective", "objective.name", "mle, cvar, elbo, or selbo, which needs only shots");
  add_setting(command, common, "--backend", "backend", "NAME or NAME:DEVICE; see `bornite backends`");
  add_circuit_options(command, common);
  add_setting(command, common, "--optimizer", "optimizer.name", "adam, lbfgs, spsa, cobyla, ...");
  add_setting(command, common, "--iterations", "optimizer.iterations", "Steps of each restart at most", "N");
  add_setting(command, common, "--restarts", "restarts", "Independent random starts", "N");
  add_setting(command, common, "--seed", "seed", "Of all random numbers", "N");
  add_setting(command, common, "--init", "init", "Start from the angles of a finished run instead of random ones",
              "FOLDER");
  add_setting(command, common, "--shots", "shots", "Per circuit; 0 means exact probabilities", "N");
  add_path(command, "--out", options->out, "FOLDER", "Folder of the run; default: the next free one in runs/");
  add_path(command, "--resume", options->resume, "FOLDER", "Continue the interrupted run in this folder");
  add_flag(command, "--dry-run", options->dry_run, "Print what the training would take, and stop");
  add_job_options(command, options->jobs);
  add_backend_options(command, common);
  add_plugin_options(command, common);
  add_output_options(command, common);
  set_callback(command,
               [options, &exit_code] { exit_code = run_command(options->common, [&] { return train(*options); }); });
}

}  // namespace bornite::cli
