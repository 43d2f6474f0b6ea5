// bornite compile

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "bornite/circuit/ansatz.hpp"
#include "bornite/circuit/compact.hpp"
#include "bornite/compile/target_file.hpp"
#include "bornite/compile/verify.hpp"
#include "bornite/qasm/reader.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "programs.hpp"
#include "text_table.hpp"

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

The target is IBM's backend configuration with its properties, Braket's device capabilities, IonQ's backend with its
characterization, or a .toml file (core/compile/include/bornite/compile/target_file.hpp shows the form). Without --theta the
parameters are inputs of the program, where the dialect has inputs. What is printed beside the program is a comment in it.
Qubits that a program neither acts on nor measures are left out: the layout is that of the others, in order.)";

using Json = nlohmann::ordered_json;

struct Outcome {
  Target target;
  Circuit circuit;
  Compiled compiled;
  Verification verification;
  std::vector<std::string> programs;  ///< none without a dialect
};

Json to_json(const CircuitFigures& figures) {
  return {{"gates", figures.gates},
          {"depth", figures.depth},
          {"two_qubit_gates", figures.two_qubit_gates},
          {"two_qubit_depth", figures.two_qubit_depth}};
}

void print_json(const Outcome& outcome, const std::string& dialect) {
  const CompileReport& report = outcome.compiled.report;
  Json document{{"target", outcome.target.name},
                {"qubits", outcome.circuit.qubits()},
                {"parameters", outcome.circuit.parameters()},
                {"before", to_json(report.before)},
                {"after", to_json(report.after)},
                {"swaps", report.swaps},
                {"success_probability", report.success_probability},
                {"duration", report.duration},
                {"initial_layout", outcome.compiled.initial_layout},
                {"final_layout", outcome.compiled.final_layout},
                {"measured", outcome.compiled.circuit.measured},
                {"verification", to_string(outcome.verification)}};
  if (!dialect.empty()) {
    document["dialect"] = dialect;
    document["programs"] = outcome.programs;
  }
  fmt::print("{}\n", document.dump(2));
}

std::string describe(Verification verification) {
  switch (verification) {
    case Verification::checked: return "every gate suits the target; too many qubits to simulate";
    case Verification::equal_states: return "simulated: the same state";
    case Verification::equal_distributions: return "simulated: the same probabilities";
  }
  return "";
}

std::string table_of(const CompileReport& report) {
  TextTable table({{"gates", TextTable::Align::left}, {"before"}, {"after"}});
  const auto row = [&](const std::string& name, std::size_t before, std::size_t after) {
    table.add_row({name, before == 0 ? "" : fmt::format("{}", before), after == 0 ? "" : fmt::format("{}", after)});
  };
  const auto count = [](const CircuitFigures& figures, const std::string& name) {
    const auto found = figures.gates.find(name);
    return found == figures.gates.end() ? std::size_t{0} : found->second;
  };
  std::set<std::string> names;
  for (const CircuitFigures* figures : {&report.before, &report.after})
    for (const auto& [name, gates] : figures->gates) names.insert(name);
  for (const std::string& name : names) row(name, count(report.before, name), count(report.after, name));
  row("on two or more qubits", report.before.two_qubit_gates, report.after.two_qubit_gates);
  row("depth", report.before.depth, report.after.depth);
  row("two-qubit depth", report.before.two_qubit_depth, report.after.two_qubit_depth);
  return table.to_text();
}

std::string summary(const Outcome& outcome) {
  const Compiled& compiled = outcome.compiled;
  std::string text = fmt::format("{} qubits on {}, of {}\n", outcome.circuit.qubits(), outcome.target.name,
                                 outcome.target.qubits.size());
  text += table_of(compiled.report);
  text +=
      fmt::format("swaps: {}\nestimated success: {:.4f}\n", compiled.report.swaps, compiled.report.success_probability);
  if (compiled.report.duration > 0) text += fmt::format("duration: {:.3f} us\n", 1e6 * compiled.report.duration);
  text += fmt::format("layout: {}\n", fmt::join(compiled.initial_layout, " "));
  if (compiled.final_layout != compiled.initial_layout)
    text += fmt::format("after the swaps: {}\n", fmt::join(compiled.final_layout, " "));
  return text + fmt::format("verified: {}\n", describe(outcome.verification));
}

/// Every line as a comment of OpenQASM.
std::string as_comment(const std::string& text) {
  std::string comment = "// ";
  for (std::size_t i = 0; i < text.size(); ++i)
    comment += text[i] == '\n' && i + 1 < text.size() ? "\n// " : text.substr(i, 1);
  return comment;
}

/// A circuit, and which of its qubits are measured, in the order of the outcome's bits.
struct Source {
  Circuit circuit;
  std::vector<Qubit> measured;
};

std::vector<Qubit> all_qubits(const Circuit& circuit) {
  std::vector<Qubit> all(circuit.qubits());
  std::iota(all.begin(), all.end(), Qubit{0});
  return all;
}

Result<Source> read_program(const std::string& path) {
  BORNITE_TRY(const QasmProgram program, load_qasm(path));
  CompactCircuit compact = without_idle_qubits(program.circuit, program.measured);
  std::vector<Qubit> measured;
  for (const Qubit qubit : program.measured)
    measured.push_back(static_cast<Qubit>(std::ranges::lower_bound(compact.qubits, qubit) - compact.qubits.begin()));
  if (measured.empty()) measured = all_qubits(compact.circuit);
  return Source{std::move(compact.circuit), std::move(measured)};
}

Result<Source> read_source(const Options& options, const CircuitSettings& settings) {
  if (options.program.empty() == (options.qubits == 0))
    return Error{
        ErrorKind::usage,
        options.program.empty() ? "There is no circuit to compile." : "A program says itself how many qubits it has.",
        "Give either a file of OpenQASM or --qubits N for an ansatz."};
  if (!options.program.empty()) return read_program(options.program);
  Circuit circuit = make_ansatz(settings.ansatz, options.qubits, settings.depth);
  std::vector<Qubit> measured = all_qubits(circuit);
  return Source{std::move(circuit), std::move(measured)};
}

Result<Outcome> compile_circuit(const Options& options) {
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const std::uint64_t seed, config.count("seed", 0));
  BORNITE_TRY(const CircuitSettings settings, read_circuit_settings(config));
  BORNITE_CHECK(config.refuse_unread());
  BORNITE_TRY(Source source, read_source(options, settings));
  BORNITE_TRY(Target target, load_target(options.target, options.properties));
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
  std::vector<std::string> programs;
  if (!options.dialect.empty()) {
    BORNITE_TRY(programs, write_programs(compiled.circuit, circuit.parameters(), options.dialect, options.theta));
  }
  return Outcome{std::move(target), std::move(circuit), std::move(compiled), verification, std::move(programs)};
}

Result<int> run_compile(const Options& options) {
  const ThreadLimit limit(options.common.threads);
  BORNITE_TRY(const Outcome outcome, compile_circuit(options));
  if (options.common.json)
    print_json(outcome, options.dialect);
  else if (options.dialect.empty())
    fmt::print("{}", summary(outcome));
  else
    fmt::print("{}{}", joined(outcome.programs), as_comment(summary(outcome)));
  return 0;
}

}  // namespace

void add_compile_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("compile", "Write a circuit with a device's gates, laid out on its qubits");
  command.footer(examples);
  CommonOptions& common = options->common;
  add_path(command, "program", options->program, "FILE.qasm", "OpenQASM 3 or 2; else an ansatz is compiled");
  add_count(
      command, "--qubits", 1, 1'000'000, [options](std::size_t n) { options->qubits = n; },
      "Number of qubits of the ansatz");
  add_circuit_options(command, common);
  add_path(command, "--target", options->target, "FILE", "What the device can do").required();
  add_path(command, "--properties", options->properties, "FILE",
           "IBM's backend properties or IonQ's characterization: errors and times");
  command
      .add_option("--dialect", options->dialect,
                  fmt::format("Print the program, in the OpenQASM of: {}", fmt::join(builtin_dialects(), ", ")))
      ->type_name("NAME");
  add_path(command, "--theta", options->theta, "FILE", "File of angles, one row per line: a program for each");
  command.add_flag("--keep-state", options->keep_state, "Keep gates before measurement that change no probability");
  add_setting(command, common, "--seed", "seed", "Of the search for a layout", "N");
  add_output_options(command, common);
  command.callback(
      [options, &exit_code] { exit_code = run_command(options->common, [&] { return run_compile(*options); }); });
}

}  // namespace bornite::cli
