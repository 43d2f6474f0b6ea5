// bornite predict

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/network/prediction.hpp"
#include "bornite/replay/replay_backend.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/train/state_report.hpp"
#include "bornite/util/file.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "run_folder.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string run;
  std::string data;
  std::string labels;
  std::string network = "posterior";
  std::optional<std::size_t> restart;
};

constexpr const char* examples = R"(Examples:
  bornite predict runs/mnist01-elbo-1
  bornite predict runs/mine --data new.csv --network best > predictions.csv

Predicts the run's test data, or other data in the same layout, target column included: columns and preprocessing are those
of the run. Prints one line per example: its number, the prediction, and the probability of each class (of class 1 for
a binary output). The networks are the posterior (all that the trained circuit yields, weighted), or the most probable or the
best one alone.)";

/// Has the run's configuration read the file of --data for its test data.
Result<void> use_data(const Options& options, Config& config) {
  if (!config.has("data.train"))
    return Error{ErrorKind::unsupported,
                 fmt::format("The run in {} has a built-in problem; --data cannot describe its inputs.", options.run),
                 "Leave out --data to predict the problem's own test data."};
  BORNITE_CHECK(config.set("data.predict", std::filesystem::absolute(options.data).string(), "--data"));
  if (options.labels.empty()) return {};
  return config.set("data.predict_labels", std::filesystem::absolute(options.labels).string(), "--labels");
}

/// The record of the run's outcomes, if it kept one, so that nothing is paid for twice and no account is needed; else
/// its backend.
Result<std::unique_ptr<QuantumBackend>> backend_of_run(const Options& options, const TrainingSettings& settings) {
  const std::filesystem::path run = options.run;
  if (std::filesystem::exists(run / "jobs.sqlite")) return make_replay_backend(run, ReplayMatch::step);
  return make_backend(options.common, settings.backend);
}

/// The networks that a trained circuit yields, or the one that was asked for.
Result<NetworkEnsemble> choose_networks(const Options& options, const TrainedRun& trained) {
  const auto& [problem, settings, circuit, restart, theta] = trained;
  BORNITE_TRY(const auto backend, backend_of_run(options, settings));
  std::optional<CostTable> table;
  if (settings.shots == 0) {
    BORNITE_TRY(table, problem.costs->enumerate());
  }
  CachedCosts costs(problem.costs);
  const StateReporter reporter(problem, *backend, circuit, costs, table ? &*table : nullptr, settings.evaluation_shots);
  NetworkEnsemble ensemble;
  BORNITE_TRY(const StateReport state, reporter.report(theta, report_stream(settings.seed, restart), ensemble));
  if (options.network == "posterior") return ensemble;
  NetworkEnsemble one{BitstringList(problem.qubits()), {1.0}};
  one.strings.push_back(options.network == "best" ? state.best.bits : state.most_probable.bits);
  return one;
}

std::string probability_titles(OutputKind kind, std::size_t classes) {
  if (kind == OutputKind::regression) return "";
  if (kind == OutputKind::binary) return ",probability";
  std::string titles;
  for (std::size_t k = 0; k < classes; ++k) titles += fmt::format(",probability_{}", k);
  return titles;
}

void print_predictions(const Options& options, const Encoding& encoding, std::span<const double> outputs) {
  const std::size_t width = encoding.spec().widths.back();
  const OutputKind kind = encoding.spec().output;
  auto document = nlohmann::ordered_json::array();
  if (!options.common.json) fmt::print("row,prediction{}\n", probability_titles(kind, width));
  for (std::size_t row = 0; row * width < outputs.size(); ++row) {
    const std::span<const double> values = outputs.subspan(row * width, width);
    const double prediction =
        kind == OutputKind::regression ? values[0] : static_cast<double>(predicted_class(kind, values));
    if (options.common.json)
      document.push_back(
          {{"row", row}, {"prediction", prediction}, {"outputs", std::vector<double>(values.begin(), values.end())}});
    else if (kind == OutputKind::regression)
      fmt::print("{},{}\n", row, prediction);
    else
      fmt::print("{},{},{:.6f}\n", row, prediction, fmt::join(values, ","));
  }
  if (options.common.json) print_document(document);
}

Result<int> predict(Options& options) {
  const ThreadLimit limit(options.common.threads);
  const std::filesystem::path run = options.run;
  BORNITE_TRY(Config config, read_run(options.common, run));
  if (!options.data.empty()) BORNITE_CHECK(use_data(options, config));
  BORNITE_TRY(const TrainedRun trained, read_trained_run(run, std::move(config), options.restart));
  const Problem& problem = trained.problem;
  if (!problem.encoding || problem.data.test.rows() == 0)
    return Error{ErrorKind::unsupported, fmt::format("The run in {} has no test data to predict.", options.run),
                 "Name a data file with --data; a cost table has nothing to predict."};
  BORNITE_TRY(const NetworkEnsemble networks, choose_networks(options, trained));
  BORNITE_TRY(const std::vector<double> outputs,
              posterior_predictive(*problem.encoding, problem.data.test, networks.strings, networks.weights));
  print_predictions(options, *problem.encoding, outputs);
  return 0;
}

}  // namespace

void add_predict_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "predict", "Predict with the networks of a finished training", examples);
  add_run_folder(command, options->run);
  CLI::Option& data = add_path(command, "--data", options->data, "FILE", "Data file in the layout of the run's own");
  require_with(add_path(command, "--labels", options->labels, "FILE", "Labels of --data, for IDX and NPY files"), data);
  add_word(command, "--network", options->network, {"posterior", "most_probable", "best"},
           "posterior, most_probable or best");
  add_restart_option(command, options->restart);
  add_plugin_options(command, options->common);
  add_output_options(command, options->common);
  set_callback(command,
               [options, &exit_code] { exit_code = run_command(options->common, [&] { return predict(*options); }); });
}

}  // namespace bornite::cli
