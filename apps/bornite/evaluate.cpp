// bornite evaluate

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/train/angles.hpp"
#include "bornite/train/result_json.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/train/state_report.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string theta;
};

constexpr const char* examples = R"(Examples:
  bornite evaluate --problem mnist01 --ansatz brickwork --depth 4 --theta angles.txt
  bornite evaluate runs/mnist01-elbo-1/config.toml --theta runs/mnist01-elbo-1/angles.txt

Each line of the file is one row of angles in radians, separated by blanks: for each block, Ry of qubit 0 to N-1 and then
Rz of qubit 0 to N-1.)";

void print_states(const std::vector<StateReport>& states) {
  using enum TextTable::Align;
  TextTable table({{"row"},
                   {"expected cost"},
                   {"most probable", left},
                   {"probability"},
                   {"its cost"},
                   {"best drawn", left},
                   {"probability"},
                   {"its cost"}});
  for (std::size_t row = 0; row < states.size(); ++row) {
    const StateReport& state = states[row];
    table.add_row({fmt::format("{}", row), fmt::format("{:.10g}", state.expected_cost),
                   shortened(state.most_probable.bits.to_text()),
                   fmt::format("{:.6f}", state.most_probable.probability),
                   fmt::format("{:.10g}", state.most_probable.cost), shortened(state.best.bits.to_text()),
                   fmt::format("{:.6f}", state.best.probability), fmt::format("{:.10g}", state.best.cost)});
  }
  fmt::print("{}\n", table.to_text());
  const StateReport& first = states.front();
  if (first.optimum)
    fmt::print("Best of all networks: {} with cost {:.10g}.\n", shortened(first.optimum->bits.to_text()),
               first.optimum->cost);
  else
    fmt::print("Expected costs and probabilities are estimates from {} shots.\n", first.drawn);
  fmt::print("Best drawn: the lowest cost among {} networks drawn.\n", first.drawn);
}

void print_json(const Problem& problem, const TrainingSettings& settings, const std::vector<StateReport>& states) {
  nlohmann::ordered_json document{{"problem", problem.name},
                                  {"backend", settings.backend},
                                  {"ansatz", to_string(settings.circuit.ansatz)},
                                  {"depth", settings.circuit.depth},
                                  {"qubits", problem.qubits()}};
  document["rows"] = nlohmann::ordered_json::array();
  for (const StateReport& state : states) document["rows"].push_back(nlohmann::ordered_json::parse(state_json(state)));
  print_document(document);
}

Result<int> evaluate(const Options& options) {
  const ThreadLimit limit(options.common.threads);
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const Problem problem, make_problem(config));
  BORNITE_TRY(const TrainingSettings settings, read_training_settings(config, problem));
  BORNITE_CHECK(config.refuse_unread());
  BORNITE_TRY(const auto backend, make_backend(options.common, settings.backend));
  BORNITE_CHECK(check_qubits(*backend, settings.backend, problem.qubits()));
  const Circuit circuit = make_ansatz(settings.circuit.ansatz, problem.qubits(), settings.circuit.depth);
  BORNITE_TRY(const ParameterRows rows, load_angles(options.theta, circuit.parameters()));

  std::optional<CostTable> table;
  const bool exact = settings.shots == 0 && dynamic_cast<ExactBackend*>(backend.get());
  if (exact) {
    BORNITE_TRY(table, problem.costs->enumerate());
  }
  CachedCosts costs(problem.costs);
  const std::uint64_t shots = settings.shots > 0 ? settings.shots : settings.evaluation_shots;
  const StateReporter reporter(problem, *backend, circuit, costs, table ? &*table : nullptr, shots);
  std::vector<StateReport> states;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    BORNITE_TRY(StateReport state, reporter.report(rows[row], report_stream(settings.seed, row)));
    states.push_back(std::move(state));
  }
  if (options.common.json)
    print_json(problem, settings, states);
  else
    print_states(states);
  return 0;
}

}  // namespace

void add_evaluate_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "evaluate", "Tell which networks a circuit yields at given angles", examples);
  add_problem_options(command, options->common);
  add_circuit_options(command, options->common);
  add_setting(command, options->common, "--backend", "backend", "NAME or NAME:DEVICE; see `bornite backends`");
  add_setting(command, options->common, "--shots", "shots",
              "Estimate from shots; 0 means exact probabilities where the backend has them", "N");
  add_setting(command, options->common, "--seed", "seed", "Of all random numbers", "N");
  require(add_path(command, "--theta", options->theta, "FILE", "File of angles, one row per line"));
  add_plugin_options(command, options->common);
  add_output_options(command, options->common);
  set_callback(command,
               [options, &exit_code] { exit_code = run_command(options->common, [&] { return evaluate(*options); }); });
}

}  // namespace bornite::cli
