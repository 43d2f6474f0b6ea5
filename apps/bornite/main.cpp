// The command `bornite`.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <string_view>

#include "command.hpp"

namespace {

constexpr const char* description =
    "Bornite trains binary neural networks with quantum circuits: the measured bits are the weights.";

constexpr const char* examples = R"(Examples:
  bornite train --problem mnist01 --objective elbo
  bornite train my-problem.toml --restarts 10 --seed 1
  bornite problems
Each subcommand has its own --help.)";

/// Files opened later must not get the numbers of standard streams that are closed: what is printed would go into them.
void keep_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(number, F_GETFD) == -1) ::open("/dev/null", number == STDOUT_FILENO ? O_RDONLY : O_RDWR);
}

int refuse_usage(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  const bool json = std::any_of(argv, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; });
  std::string command = "bornite";
  for (const CLI::App* subcommand : app.get_subcommands()) command += ' ' + subcommand->get_name();
  return bornite::cli::fail(
      {bornite::ErrorKind::usage, fmt::format("{}.", error.what()), fmt::format("See `{} --help`.", command)}, json);
}

/// Output that did not arrive, on a full disk for instance, is a failure.
int finish_output(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  bornite::cli::tell(fmt::format("bornite: Cannot write the output: {}.\n", std::strerror(errno)));
  return 1;
}

int run(int argc, char** argv) {
  CLI::App app(description, "bornite");
  app.footer(examples);
  app.set_help_all_flag("--help-all", "Print the help of all subcommands");
  int exit_code = 0;
  bornite::cli::add_train_command(app, exit_code);
  bornite::cli::add_evaluate_command(app, exit_code);
  bornite::cli::add_predict_command(app, exit_code);
  bornite::cli::add_compare_command(app, exit_code);
  bornite::cli::add_noise_command(app, exit_code);
  bornite::cli::add_sample_command(app, exit_code);
  bornite::cli::add_cost_table_command(app, exit_code);
  bornite::cli::add_export_command(app, exit_code);
  bornite::cli::add_compile_command(app, exit_code);
  bornite::cli::add_problems_command(app, exit_code);
  bornite::cli::add_backends_command(app, exit_code);
  bornite::cli::add_jobs_command(app, exit_code);
  bornite::cli::add_doctor_command(app, exit_code);
  bornite::cli::add_emulate_command(app, exit_code);
  bornite::cli::add_version_command(app, exit_code);
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) throw CLI::RequiredError("A subcommand");
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return refuse_usage(app, error, argc, argv);
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_streams();
  try {
    return finish_output(run(argc, argv));
  } catch (const std::bad_alloc&) {
    bornite::cli::tell("bornite: There is not enough memory for this.\n  Use fewer qubits or a smaller data set.\n");
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0) return finish_output(1);
    bornite::cli::tell(
        fmt::format("bornite: An internal check failed: {}.\n"
                    "  This is a bug; please report it with the command line.\n",
                    error.what()));
  }
  return 1;
}
