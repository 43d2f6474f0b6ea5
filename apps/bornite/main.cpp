// The command `bornite`.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "command.hpp"

namespace {

extern "C" void request_stop(int signal) {
  bornite::cli::stop_requested = true;
  std::signal(signal, SIG_DFL);  // a second one ends the program at once
}

constexpr const char* description =
    "Bornite trains binary neural networks with quantum circuits: the measured bits are the weights.";

constexpr const char* examples = R"(Examples:
  bornite train --problem mnist01 --objective elbo
  bornite train my-problem.toml --restarts 10 --seed 1
  bornite problems
Each subcommand has its own --help.)";

int run(int argc, char** argv) {
  CLI::App app(description, "bornite");
  app.footer(examples);
  app.set_help_all_flag("--help-all", "Print the help of all subcommands");
  int exit_code = 0;
  bornite::cli::add_train_command(app, exit_code);
  bornite::cli::add_evaluate_command(app, exit_code);
  bornite::cli::add_predict_command(app, exit_code);
  bornite::cli::add_sample_command(app, exit_code);
  bornite::cli::add_cost_table_command(app, exit_code);
  bornite::cli::add_problems_command(app, exit_code);
  bornite::cli::add_backends_command(app, exit_code);
  bornite::cli::add_doctor_command(app, exit_code);
  bornite::cli::add_version_command(app, exit_code);
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) throw CLI::RequiredError("A subcommand");
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "bornite: There is not enough memory for this.\n  Use fewer qubits or a smaller data set.\n");
  } catch (const std::exception& error) {
    fmt::print(stderr,
               "bornite: An internal check failed: {}.\n  This is a bug; please report it with the command line.\n",
               error.what());
  }
  return 1;
}
