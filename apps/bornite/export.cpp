// bornite export

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/train/problem.hpp"
#include "bornite/train/settings.hpp"
#include "command.hpp"
#include "programs.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string dialect = "standard";
  std::string theta;
};

constexpr const char* examples = R"(Examples:
  bornite export --problem mnist01 --depth 4 > circuit.qasm
  bornite export --problem mnist01 --dialect braket --theta runs/mnist01-elbo-1/angles.txt

Without --theta the angles are inputs, theta_000 and so on in the order of angles.txt, where the dialect has inputs. With it,
there is one program per row of angles; several are printed as one JSON list by --json, else with a comment between them.
Bit i of register c is qubit i.)";

using Json = nlohmann::ordered_json;

Result<int> run_export(const Options& options) {
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const Problem problem, make_problem(config));
  BORNITE_TRY(const TrainingSettings settings, read_training_settings(config, problem));
  BORNITE_CHECK(config.refuse_unread());
  const Circuit circuit = make_ansatz(settings.circuit.ansatz, problem.qubits(), settings.circuit.depth);
  BORNITE_TRY(const Programs programs, write_programs(circuit, circuit.parameters(), options.dialect, options.theta));
  if (options.common.json) {
    const Json document{{"problem", problem.name},
                        {"qubits", circuit.qubits()},
                        {"parameters", circuit.parameters()},
                        {"dialect", options.dialect},
                        {"programs", programs.texts}};
    print_document(document);
    return 0;
  }
  fmt::print("{}", joined(programs.texts));
  return 0;
}

}  // namespace

void add_export_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "export", "Write a problem's circuit as OpenQASM 3", examples);
  add_problem_options(command, options->common);
  add_circuit_options(command, options->common);
  add_text(command, "--dialect", options->dialect, "NAME",
           fmt::format("Whose OpenQASM: {}; default: standard", fmt::join(builtin_dialects(), ", ")));
  add_path(command, "--theta", options->theta, "FILE", "File of angles, one row per line");
  add_output_options(command, options->common);
  set_callback(command, [options, &exit_code] {
    exit_code = run_command(options->common, [&] { return run_export(*options); });
  });
}

}  // namespace bornite::cli
