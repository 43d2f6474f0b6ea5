#pragma once
// What all subcommands share.

#include "bornite/backend/registry.hpp"
#include "bornite/util/config.hpp"
#include "bornite/util/error.hpp"
#include "command_line.hpp"

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace bornite::cli {

/// A setting given by a flag of its own or by --set.
struct Override {
  std::string key;
  std::string value;
  std::string flag;
};

/// Options that many subcommands have.
struct CommonOptions {
  bool json = false;
  std::size_t threads = 0;
  std::vector<std::string> plugin_path;
  std::string config_file;          ///< positional
  std::vector<Override> overrides;  ///< in the order given
  BackendOptions backend_options;   ///< of --backend-option
};

void add_output_options(CLI::App& command, CommonOptions& options);
void add_plugin_options(CLI::App& command, CommonOptions& options);
/// --backend-option and --token-stdin.
void add_backend_options(CLI::App& command, CommonOptions& options);
/// A positional configuration file, --problem, and --set.
void add_problem_options(CLI::App& command, CommonOptions& options);
/// --ansatz and --depth.
void add_circuit_options(CLI::App& command, CommonOptions& options);
/// A flag that sets one key.
void add_setting(CLI::App& command, CommonOptions& options, const std::string& flag, const std::string& key,
                 const std::string& help, const std::string& type = "NAME");

/// The settings of the file and the flags; later ones win.
[[nodiscard]] Result<Config> read_config(const CommonOptions& options);

/// The engines of this program, and the plugins from --plugin-path, BORNITE_PLUGIN_PATH and the install folder.
struct Backends {
  BackendRegistry registry;
  std::vector<PluginReport> plugins;
};
[[nodiscard]] Backends find_backends(const CommonOptions& options);

/// Makes the backend that the settings name, with the options of the flags and of the user's configuration.
[[nodiscard]] Result<std::unique_ptr<QuantumBackend>> make_backend(const CommonOptions& options,
                                                                   const std::string& specification);

/// Refuses more qubits than the backend has, before a circuit of such a size is made.
[[nodiscard]] Result<void> check_qubits(const QuantumBackend& backend, const std::string& name, std::size_t qubits);

/// The text as one word of a shell's command line.
[[nodiscard]] std::string shell_word(const std::string& text);

/// Prints on stderr. That nobody can read it is no reason to stop.
void tell(const std::string& text);

/// Prints a document on stdout.
void print_document(const nlohmann::ordered_json& document);

/// Prints the error for people on stderr, and as a JSON document on stdout if asked to. Returns the exit code: 2 for
/// wrong usage or settings, else 1.
int fail(const Error& error, bool json);

/// Runs a subcommand's body, turning its error into output and exit code.
template <typename Body>
int run_command(const CommonOptions& options, const Body& body) {
  const Result<int> outcome = body();
  return outcome ? *outcome : fail(outcome.error(), options.json);
}

// One file each. They add a subcommand whose callback stores the exit code.
void add_train_command(CLI::App& app, int& exit_code);
void add_evaluate_command(CLI::App& app, int& exit_code);
void add_predict_command(CLI::App& app, int& exit_code);
void add_compare_command(CLI::App& app, int& exit_code);
void add_noise_command(CLI::App& app, int& exit_code);
void add_sample_command(CLI::App& app, int& exit_code);
void add_cost_table_command(CLI::App& app, int& exit_code);
void add_export_command(CLI::App& app, int& exit_code);
void add_compile_command(CLI::App& app, int& exit_code);
void add_problems_command(CLI::App& app, int& exit_code);
void add_backends_command(CLI::App& app, int& exit_code);
void add_jobs_command(CLI::App& app, int& exit_code);
void add_doctor_command(CLI::App& app, int& exit_code);
void add_emulate_command(CLI::App& app, int& exit_code);
void add_version_command(CLI::App& app, int& exit_code);

}  // namespace bornite::cli
