// bornite problems

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/train/settings.hpp"
#include "command.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
};

constexpr const char* examples = R"(Examples:
  bornite problems
  bornite problems --problem mnist37          which qubit is which parameter
  bornite problems my-problem.toml

A problem of your own is a TOML file:
  [data]
  train = "train.csv"             # or .npy or IDX files with train_labels
  test_fraction = 0.2
  steps = ["standardise"]         # resize H W, scale D, binarise T, standardise
  [network]
  hidden = [4]
  activation = ["relu", "tanh"]   # two choices: one more qubit searches for the better)";

int list_problems(bool json) {
  if (json) {
    auto document = nlohmann::ordered_json::array();
    for (const auto& [name, description] : builtin_problems())
      document.push_back({{"name", name}, {"description", description}});
    print_document(document);
    return 0;
  }
  TextTable table({{"problem", TextTable::Align::left}, {"", TextTable::Align::left}});
  for (const auto& [name, description] : builtin_problems()) table.add_row({name, description});
  table.add_row({"table:FILE", "A cost for each of 2^N bitstrings, one per line; see `bornite cost-table --help`."});
  table.add_row({"FILE.toml", "Your own data and network; see `bornite problems --help`."});
  fmt::print("{}", table.to_text());
  return 0;
}

/// Such as "2-3-1, biases, relu or tanh, values -1/1, binary, cross_entropy".
std::string network_text(const NetworkSpec& spec) {
  std::string text = fmt::format("{}, {}", fmt::join(spec.widths, "-"), spec.biases ? "biases" : "no biases");
  const auto list = [&](const char* title, const auto& choices, const auto& name) {
    for (std::size_t k = 0; k < choices.size(); ++k) text += (k == 0 ? title : " or ") + name(choices[k]);
  };
  if (spec.widths.size() > 2)
    list(", ", spec.activations, [](Activation choice) { return std::string(to_string(choice)); });
  list(", values ", spec.values, [](const ValueMap& map) { return fmt::format("{}/{}", map.zero, map.one); });
  return text + fmt::format(", {} output, loss {}", to_string(spec.output), to_string(spec.loss));
}

Result<int> describe(const Options& options) {
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const Problem problem, make_problem(config));
  BORNITE_TRY(const TrainingSettings ignored, read_training_settings(config, problem));  // the file may have them
  BORNITE_CHECK(config.refuse_unread());
  const auto parameters = problem.encoding ? problem.encoding->parameters() : std::vector<Parameter>{};
  if (options.common.json) {
    nlohmann::ordered_json document{{"name", problem.name},
                                    {"qubits", problem.qubits()},
                                    {"train_rows", problem.data.train.rows()},
                                    {"test_rows", problem.data.test.rows()}};
    if (problem.encoding) document["network"] = network_text(problem.encoding->spec());
    document["parameters"] = nlohmann::ordered_json::array();
    for (const Parameter& parameter : parameters)
      document["parameters"].push_back({{"qubit", parameter.qubit}, {"name", parameter.name}});
    print_document(document);
    return 0;
  }
  fmt::print("{}: {} qubits, {} examples to train on, {} to test on\n", problem.name, problem.qubits(),
             problem.data.train.rows(), problem.data.test.rows());
  if (problem.encoding) fmt::print("network {}\n", network_text(problem.encoding->spec()));
  TextTable table({{"parameter", TextTable::Align::left}, {"qubit"}});
  for (const Parameter& parameter : parameters) table.add_row({parameter.name, fmt::format("{}", parameter.qubit)});
  if (!parameters.empty()) fmt::print("\n{}", table.to_text());
  return 0;
}

}  // namespace

void add_problems_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "problems", "List the built-in problems, or describe one", examples);
  add_problem_options(command, options->common);
  add_output_options(command, options->common);
  set_callback(command, [options, &exit_code] {
    const bool one = !options->common.config_file.empty() || !options->common.overrides.empty();
    exit_code = run_command(options->common, [&]() -> Result<int> {
      if (one) return describe(*options);
      return list_problems(options->common.json);
    });
  });
}

}  // namespace bornite::cli
