// bornite compare

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/replay/replay_backend.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/device_comparison.hpp"
#include "bornite/train/trainer.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "run_folder.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string run;
  std::size_t lines = 20;
};

constexpr const char* examples = R"(Examples:
  bornite compare runs/fez
  bornite compare runs/fez --lines 1000 --json

Goes through the recorded shots of a training again and compares those of each step with what a perfect device would
give at the same angles: total variation, beside the value that so many perfect shots have on average; squared maximum mean
discrepancy, unbiased, with the run's kernel; and the mean cost of the sampled networks. Nothing is sent anywhere. A run that
has not ended is compared as far as it has come.)";

Result<Kernel> kernel_of(const TrainingSettings& settings, std::size_t qubits) {
  std::vector<double> gammas = settings.objective.gammas;
  if (gammas.empty()) gammas.push_back(2.0 / static_cast<double>(qubits));
  return Kernel::hamming(std::move(gammas));
}

/// At most `lines` of them, evenly spread, the last one among them.
std::vector<DeviceComparison> spread(const std::vector<DeviceComparison>& all, std::size_t lines) {
  if (all.size() <= lines) return all;
  std::vector<DeviceComparison> some;
  for (std::size_t i = 1; i <= lines; ++i) some.push_back(all[i * all.size() / lines - 1]);
  return some;
}

/// Requests after the steps have numbers from the upper end.
bool is_step(std::uint32_t step) { return step < 0xf0000000; }

std::string step_text(std::uint32_t step) { return is_step(step) ? std::to_string(step) : "end"; }

double mean(const std::vector<DeviceComparison>& all, double DeviceComparison::*figure) {
  double sum = 0;
  for (const DeviceComparison& one : all) sum += one.*figure;
  return sum / static_cast<double>(all.size());
}

void print_text(const std::vector<DeviceComparison>& all, std::size_t lines) {
  TextTable table({{"restart"},
                   {"step"},
                   {"shots"},
                   {"total variation"},
                   {"of perfect shots"},
                   {"MMD^2"},
                   {"exact cost"},
                   {"sampled cost"}});
  for (const DeviceComparison& c : spread(all, lines))
    table.add_row({std::to_string(c.restart), step_text(c.step), std::to_string(c.shots),
                   fmt::format("{:.4f}", c.total_variation), fmt::format("{:.4f}", c.mean_total_variation),
                   fmt::format("{:.2e}", c.mmd_squared), fmt::format("{:.5f}", c.expected_cost),
                   fmt::format("{:.5f} +- {:.5f}", c.sampled_cost, c.sampled_cost_error)});
  fmt::print("{}\n", table.to_text());
  fmt::print("Over {} requests: total variation {:.4f}, {:.4f} of perfect shots; MMD^2 {:.2e}.\n", all.size(),
             mean(all, &DeviceComparison::total_variation), mean(all, &DeviceComparison::mean_total_variation),
             mean(all, &DeviceComparison::mmd_squared));
}

void print_json(const std::vector<DeviceComparison>& all) {
  auto document = nlohmann::ordered_json::array();
  for (const DeviceComparison& c : all)
    document.push_back({{"restart", c.restart},
                        {"step", is_step(c.step) ? nlohmann::ordered_json(c.step) : nlohmann::ordered_json("end")},
                        {"shots", c.shots},
                        {"total_variation", c.total_variation},
                        {"mean_total_variation_of_perfect_shots", c.mean_total_variation},
                        {"mmd_squared", c.mmd_squared},
                        {"expected_cost", c.expected_cost},
                        {"sampled_cost", c.sampled_cost},
                        {"sampled_cost_standard_error", c.sampled_cost_error}});
  print_document(document);
}

Result<int> compare(Options& options) {
  const ThreadLimit limit(options.common.threads);
  const std::filesystem::path run = options.run;
  BORNITE_TRY(Config config, read_run(options.common, run));
  BORNITE_TRY(const Problem problem, make_problem(config));
  BORNITE_TRY(TrainingSettings settings, read_training_settings(config, problem));
  BORNITE_CHECK(config.refuse_unread());
  start_where_it_started(run, settings);
  if (settings.shots == 0)
    return Error{ErrorKind::unsupported, fmt::format("The run in {} took no shots to compare.", run.string()),
                 "Name a run that was trained on a device, or with --shots and --record."};
  BORNITE_TRY(const auto recording, make_replay_backend(run, ReplayMatch::step));
  BORNITE_TRY(const CostTable costs, problem.costs->enumerate());
  BORNITE_TRY(const Kernel kernel, kernel_of(settings, problem.qubits()));
  const auto simulator = make_statevector_backend();
  ComparingBackend backend(*recording, *simulator, costs, kernel);
  BORNITE_TRY(Trainer trainer, Trainer::create(problem, settings, backend));
  const auto outcome = trainer.run(nullptr);
  const std::vector<DeviceComparison> all = backend.comparisons();
  if (!outcome && all.empty()) return outcome.error();
  if (options.common.json)
    print_json(all);
  else
    print_text(all, options.lines);
  if (!outcome) tell(fmt::format("The comparison ends there: {}\n", outcome.error().message));
  return 0;
}

}  // namespace

void add_compare_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_command(app, "compare", "Compare the shots of a training with what a simulator predicts", examples);
  add_run_folder(command, options->run);
  add_count(
      command, "--lines", 1, 1'000'000'000, [options](std::size_t n) { options->lines = n; },
      "Steps to show at most, evenly spread; default: 20. JSON has all");
  add_output_options(command, options->common);
  set_callback(command,
               [options, &exit_code] { exit_code = run_command(options->common, [&] { return compare(*options); }); });
}

}  // namespace bornite::cli
