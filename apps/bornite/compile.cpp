// bornite compile

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <numeric>

#include "bornite/circuit/ansatz.hpp"
#include "bornite/compile/target_file.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "compile_output.hpp"
#include "program_file.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string program;     ///< an OpenQASM file; empty: an ansatz
  std::size_t qubits = 0;  ///< of the ansatz
  std::string target;
  std::string properties;
  std::string dialect;
  std::string theta;
  bool keep_state = false;
};

constexpr const char* examples = R"(Examples:
  bornite compile circuit.qasm --target device.toml --dialect ibm > compiled.qasm
  bornite compile --qubits 17 --depth 4 --target configuration.json --properties properties.json
  bornite compile --qubits 5 --ansatz ring --depth 2 --target device.toml --dialect ibm > circuit.qasm
  bornite compile --qubits 17 --depth 4 --target ibm:ibm_fez

The target is IBM's backend configuration with its properties, Braket's device capabilities, IonQ's backend with its
characterization, or a .toml file (core/compile/include/bornite/compile/target_file.hpp shows the form). Without --theta the
parameters are inputs of the program, where the dialect has inputs; what each input stands for is printed too, because gates
are merged, and in a dialect without expressions each angle is an input of its own. With --theta a row holds the values of
the circuit's parameters, in their order. What is printed beside the program is a comment in it.
Qubits that a program neither acts on nor measures are left out: the layout is that of the others, in order.)";

Result<ProgramFile> read_source(const Options& options, const CircuitSettings& settings) {
  if (options.program.empty() == (options.qubits == 0))
    return Error{
        ErrorKind::usage,
        options.program.empty() ? "There is no circuit to compile." : "A program says itself how many qubits it has.",
        "Give either a file of OpenQASM or --qubits N for an ansatz."};
  if (!options.program.empty()) return load_program(options.program);
  Circuit circuit = make_ansatz(settings.ansatz, options.qubits, settings.depth);
  std::vector<Qubit> measured(circuit.qubits());
  std::iota(measured.begin(), measured.end(), Qubit{0});
  std::vector<std::string> parameters;
  for (std::size_t i = 0; i < circuit.parameters(); ++i) parameters.push_back(fmt::format("angle[{}]", i));
  return ProgramFile{std::move(circuit), std::move(measured), std::move(parameters)};
}

/// From a file, or from the provider where the name is no file but a backend's.
Result<Target> read_target(const Options& options) {
  std::error_code ignored;
  if (std::filesystem::exists(options.target, ignored) || options.target.find(':') == std::string::npos)
    return load_target(options.target, options.properties);
  BORNITE_TRY(const auto backend, make_backend(options.common, options.target));
  BORNITE_TRY(DeviceDescription device, backend->describe());
  if (device.target) return *std::move(device.target);
  return Error{ErrorKind::unsupported, fmt::format("{} does not tell what gates and couplings it has.", options.target),
               "Give a file with them, or send it the circuit as it is: its provider compiles."};
}

Result<CompileOutcome> compile_circuit(const Options& options) {
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const std::uint64_t seed, config.count("seed", 0));
  BORNITE_TRY(const CircuitSettings settings, read_circuit_settings(config));
  BORNITE_CHECK(config.refuse_unread());
  BORNITE_TRY(ProgramFile source, read_source(options, settings));
  BORNITE_TRY(Target target, read_target(options));
  Circuit& circuit = source.circuit;
  if (circuit.qubits() > target.qubits.size())
    return Error{
        ErrorKind::unsupported,
        fmt::format("The circuit needs {} qubits; {} has {}.", circuit.qubits(), target.name, target.qubits.size()),
        "Use fewer qubits or another target."};
  CompileOptions how;
  how.simplifications.measured_at_the_end = !options.keep_state;
  how.layout.seed = seed;
  BORNITE_TRY(Compiled compiled, compile(circuit, target, how));
  BORNITE_TRY(const Verification verification, verify(circuit, compiled, target, seed));
  for (std::size_t bit = 0; bit < source.measured.size(); ++bit)
    source.measured[bit] = compiled.final_layout[source.measured[bit]];
  compiled.circuit.measured = std::move(source.measured);
  compiled.report.success_probability = success_probability(compiled.circuit, target);
  Programs programs;
  if (!options.dialect.empty()) {
    BORNITE_TRY(programs, write_programs(compiled.circuit, source.inputs.size(), options.dialect, options.theta));
  }
  return CompileOutcome{std::move(target), std::move(circuit),  std::move(compiled),
                        verification,      std::move(programs), std::move(source.inputs)};
}

Result<int> run_compile(const Options& options) {
  const ThreadLimit limit(options.common.threads);
  BORNITE_TRY(const CompileOutcome outcome, compile_circuit(options));
  fmt::print("{}",
             options.common.json ? compile_json(outcome, options.dialect) : compile_text(outcome, options.dialect));
  return 0;
}

}  // namespace

void add_compile_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_command(app, "compile", "Write a circuit with a device's gates, laid out on its qubits", examples);
  CommonOptions& common = options->common;
  add_path(command, "program", options->program, "FILE.qasm", "OpenQASM 3 or 2; else an ansatz is compiled");
  add_count(
      command, "--qubits", 1, 1'000'000, [options](std::size_t n) { options->qubits = n; },
      "Number of qubits of the ansatz");
  add_circuit_options(command, common);
  require(add_path(command, "--target", options->target, "FILE",
                   "What the device can do, or BACKEND:DEVICE to ask its provider"));
  add_path(command, "--properties", options->properties, "FILE",
           "IBM's backend properties or IonQ's characterization: errors and times");
  add_text(command, "--dialect", options->dialect, "NAME",
           fmt::format("Print the program, in the OpenQASM of: {}", fmt::join(builtin_dialects(), ", ")));
  add_path(command, "--theta", options->theta, "FILE", "File of angles, one row per line: a program for each");
  add_flag(command, "--keep-state", options->keep_state, "Keep gates before measurement that change no probability");
  add_setting(command, common, "--seed", "seed", "Of the search for a layout", "N");
  add_backend_options(command, common);
  add_plugin_options(command, common);
  add_output_options(command, common);
  set_callback(command, [options, &exit_code] {
    exit_code = run_command(options->common, [&] { return run_compile(*options); });
  });
}

}  // namespace bornite::cli
