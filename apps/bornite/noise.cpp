// bornite noise

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/backend/sample.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/repeated_sample.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "run_folder.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string run;
  std::vector<double> scales{0, 0.1, 0.2, 0.5, 1, 1.5, 2};
  std::uint64_t shots = 1000;
  std::size_t repeats = 10;
  std::optional<std::size_t> restart;
};

constexpr const char* examples = R"(Examples:
  bornite noise runs/mnist01-mle-1
  bornite noise runs/mnist01-mle-1 --scale 0.5,1,2 --shots 1000 --json
  bornite noise runs/mnist01-mle-1 --backend-option zero_given_one=0.02

Samples the trained circuit on the backend noisy with each f: after every gate on one qubit depolarisation of p = 0.001 f, on
two of p = 0.00375 f. Each sample is taken --repeats times. The mean cost is that of all shots; the best is the lowest cost
among the shots of a sample, averaged over the repeats; +- is one standard error.)";

/// All costs are computed up to here: some seconds at most.
constexpr std::size_t most_enumerated_qubits = 24;

/// What there is to know without noise and without shots.
struct Exact {
  double mean_cost = 0;
  double lowest_cost = 0;
};

struct Level {
  double f;
  RepeatedSample sample;
};

struct Study {
  std::string problem;
  std::size_t restart = 0;
  std::optional<Exact> exact{};  ///< if all costs could be computed
  std::vector<Level> levels{};
};

Result<std::optional<Exact>> compute_exact(const Problem& problem, const Circuit& circuit, Theta theta) {
  if (problem.qubits() > most_enumerated_qubits) return std::nullopt;
  BORNITE_TRY(const CostTable costs, problem.costs->enumerate());
  BORNITE_TRY(const Distribution q, StatevectorBackend().probabilities(circuit, theta));
  Exact exact{.lowest_cost = costs[costs.best()]};
  for (std::size_t k = 0; k != costs.costs().size(); ++k) exact.mean_cost += q.probabilities()[k] * costs[k];
  return exact;
}

/// The same circuit with the same random numbers at each f, so that the levels differ by the noise alone.
Result<Level> sample_level(const Options& options, const Problem& problem, const SampleRequest& request, double f) {
  BORNITE_TRY(const auto backend, make_backend(options.common, fmt::format("noisy:f={}", f)));
  BORNITE_TRY(const ShotTable table, sample(*backend, request));
  BORNITE_TRY(RepeatedSample summary, summarise(table, *problem.costs));
  return Level{f, std::move(summary)};
}

void print_text(const Options& options, const Study& study) {
  TextTable table({{"f"}, {"mean cost"}, {"+-"}, {"more than without noise"}, {"best"}, {"+-"}, {"lowest of all"}});
  for (const auto& [f, sample] : study.levels)
    table.add_row({fmt::format("{}", f), fmt::format("{:.6f}", sample.mean_cost),
                   fmt::format("{:.6f}", sample.mean_cost_error),
                   study.exact ? fmt::format("{:.6f}", sample.mean_cost - study.exact->mean_cost) : "-",
                   fmt::format("{:.8g}", sample.best_cost), fmt::format("{:.1e}", sample.best_cost_error),
                   fmt::format("{:.8g}", sample.lowest_cost)});
  fmt::print("{} shots, {} times at each f, of restart {}\n\n{}", options.shots, options.repeats, study.restart,
             table.to_text());
  if (study.exact)
    fmt::print("\nWithout noise the mean cost is {:.6f}. The lowest of all networks is {:.8g}.\n",
               study.exact->mean_cost, study.exact->lowest_cost);
}

void print_json(const Options& options, const Study& study) {
  nlohmann::ordered_json document{
      {"problem", study.problem}, {"restart", study.restart}, {"shots", options.shots}, {"repeats", options.repeats}};
  if (study.exact) {
    document["mean_cost_without_noise"] = study.exact->mean_cost;
    document["lowest_cost_of_all_networks"] = study.exact->lowest_cost;
  }
  document["levels"] = nlohmann::ordered_json::array();
  for (const auto& [f, sample] : study.levels)
    document["levels"].push_back({{"f", f},
                                  {"mean_cost", sample.mean_cost},
                                  {"mean_cost_standard_error", sample.mean_cost_error},
                                  {"best_cost", sample.best_cost},
                                  {"best_cost_standard_error", sample.best_cost_error},
                                  {"lowest_cost", sample.lowest_cost},
                                  {"lowest", sample.lowest.to_text()}});
  print_document(document);
}

Result<int> study_noise(Options& options) {
  const ThreadLimit limit(options.common.threads);
  const std::filesystem::path run = options.run;
  BORNITE_TRY(Config config, read_run(options.common, run));
  BORNITE_TRY(const TrainedRun trained, read_trained_run(run, std::move(config), options.restart));
  const auto& [problem, settings, circuit, restart, theta] = trained;
  std::vector<double> rows;
  for (std::size_t r = 0; r != options.repeats; ++r) rows.insert(rows.end(), theta.begin(), theta.end());
  const SampleRequest request{.circuit = circuit,
                              .rows = ParameterRows(options.repeats, theta.size(), std::move(rows)),
                              .shots = Shots(options.shots),
                              .stream = {.seed = settings.seed}};
  Study study{.problem = problem.name, .restart = restart};
  BORNITE_TRY(study.exact, compute_exact(problem, circuit, theta));
  for (const double f : options.scales) {
    BORNITE_TRY(Level level, sample_level(options, problem, request, f));
    study.levels.push_back(std::move(level));
  }
  if (options.common.json)
    print_json(options, study);
  else
    print_text(options, study);
  return 0;
}

}  // namespace

void add_noise_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "noise", "Tell what noise makes of a trained circuit", examples);
  add_run_folder(command, options->run);
  add_numbers(command, "--scale", options->scales, "F,F,...",
              "Values of f, with commas between them; default: 0,0.1,0.2,0.5,1,1.5,2");
  add_count(
      command, "--shots", 1, 1'000'000'000, [options](std::size_t n) { options->shots = n; },
      "Of each sample; default: 1000");
  add_count(
      command, "--repeats", 1, 1'000'000, [options](std::size_t n) { options->repeats = n; },
      "Samples at each f; default: 10");
  add_restart_option(command, options->restart);
  add_backend_options(command, options->common);
  add_output_options(command, options->common);
  set_callback(command, [options, &exit_code] {
    exit_code = run_command(options->common, [&] { return study_noise(*options); });
  });
}

}  // namespace bornite::cli
