// The command `bornite`.

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include "command.hpp"

namespace {

constexpr bornite::cli::ProgramText program{
    .name = "bornite",
    .description = "Bornite trains binary neural networks with quantum circuits: the measured bits are the weights.",
    .examples = R"(Examples:
  bornite train --problem mnist01 --objective elbo
  bornite train my-problem.toml --restarts 10 --seed 1
  bornite problems
Each subcommand has its own --help.)"};

/// Files opened later must not get the numbers of standard streams that are closed: what is printed would go into them.
void keep_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(number, F_GETFD) == -1) ::open("/dev/null", number == STDOUT_FILENO ? O_RDONLY : O_RDWR);
}

/// OpenSSL would take back at the end of the program what it keeps for threads that may still run.
void keep_openssl_to_the_end() { ::OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr); }

/// Output that did not arrive, on a full disk for instance, is a failure.
int finish_output(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  bornite::cli::tell(fmt::format("bornite: Cannot write the output: {}.\n", std::strerror(errno)));
  return 1;
}

void add_commands(CLI::App& app, int& exit_code) {
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
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_streams();
  keep_openssl_to_the_end();
  try {
    return finish_output(bornite::cli::run_command_line(program, add_commands, argc, argv));
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
