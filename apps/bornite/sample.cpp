// bornite sample

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "bornite/backend/sample.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/train/angles.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/train/trainer.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "program_file.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string program;
  std::size_t qubits = 0;
  std::string theta;
  std::size_t most = 16;
};

constexpr const char* examples = R"(Examples:
  bornite sample --qubits 5 --ansatz ring --depth 2 --shots 1000 --seed 1
  bornite sample --qubits 17 --theta runs/mnist01-elbo-1/angles.txt --json
  bornite sample bell.qasm --shots 1000

Bitstrings are printed with qubit 0 first; those of a program with its classical bits in the order of their declaration,
bits that nothing is measured into left out, or with all declared qubits if nothing is measured. Without --theta the angles of an
ansatz are random, from the seed; a program's inputs always need it, in the order of their declaration.)";

/// What is to be run, and which qubits are wanted of its outcomes.
struct Work {
  Circuit circuit;
  std::vector<std::size_t> bits;  ///< empty: all
  ParameterRows rows;
};

/// Indices of the strings, most frequent first.
std::vector<std::size_t> by_count(const ShotRow& row) {
  std::vector<std::size_t> order(row.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return row.counts()[a] > row.counts()[b]; });
  return order;
}

void print_json(const ShotTable& table) {
  nlohmann::ordered_json document{{"rows", nlohmann::ordered_json::array()}};
  for (std::size_t r = 0; r < table.rows(); ++r) {
    nlohmann::ordered_json counts;
    for (const std::size_t i : by_count(table[r])) counts[table[r].strings()[i].to_text()] = table[r].counts()[i];
    document["rows"].push_back({{"shots", table[r].shots()}, {"counts", counts}});
  }
  fmt::print("{}\n", document.dump(2));
}

void print_table(const ShotTable& table, std::size_t most) {
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const ShotRow& row = table[r];
    TextTable text({{"bits", TextTable::Align::left}, {"count"}, {"share"}, {"", TextTable::Align::left}});
    const auto order = by_count(row);
    const double highest = static_cast<double>(row.counts()[order[0]]);
    for (std::size_t k = 0; k < std::min(most, order.size()); ++k) {
      const std::uint64_t count = row.counts()[order[k]];
      text.add_row({row.strings()[order[k]].to_text(), fmt::format("{}", count),
                    fmt::format("{:.4f}", static_cast<double>(count) / static_cast<double>(row.shots())),
                    std::string(static_cast<std::size_t>(static_cast<double>(count) / highest * 30 + 0.5), '#')});
    }
    fmt::print("Row {}: {} shots, {} distinct strings\n{}", r, row.shots(), row.size(), text.to_text());
    if (order.size() > most) fmt::print("... and {} more (--most N shows more, --json all)\n", order.size() - most);
  }
}

Result<ParameterRows> read_rows(const Options& options, std::size_t parameters, ParameterRows otherwise) {
  return options.theta.empty() ? std::move(otherwise) : load_angles(options.theta, parameters);
}

Result<Work> ansatz_work(const Options& options, const CircuitSettings& settings, std::uint64_t seed) {
  Circuit circuit = make_ansatz(settings.ansatz, options.qubits, settings.depth);
  const std::size_t parameters = circuit.parameters();
  BORNITE_TRY(ParameterRows rows,
              read_rows(options, parameters, ParameterRows(1, parameters, initial_angles(parameters, seed, 0))));
  return Work{std::move(circuit), {}, std::move(rows)};
}

/// Without the inputs that come after all that the circuit uses.
ParameterRows first_columns(const ParameterRows& rows, std::size_t columns) {
  std::vector<double> values;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    values.insert(values.end(), rows[row].begin(), rows[row].begin() + static_cast<std::ptrdiff_t>(columns));
  return {rows.rows(), columns, std::move(values)};
}

Result<Work> program_work(const Options& options) {
  BORNITE_TRY(ProgramFile program, load_program(options.program));
  const std::size_t inputs = program.inputs.size();
  if (inputs > 0 && options.theta.empty())
    return Error{ErrorKind::usage,
                 fmt::format("The program {} has {} input{} ({}{}).", options.program, inputs, inputs == 1 ? "" : "s",
                             program.inputs[0], inputs == 1 ? "" : ", ..."),
                 "Give a file with their values, a row per run, with --theta FILE."};
  BORNITE_TRY(const ParameterRows rows, read_rows(options, inputs, ParameterRows(1, 0, {})));
  ParameterRows used = first_columns(rows, program.circuit.parameters());
  return Work{std::move(program.circuit), {program.measured.begin(), program.measured.end()}, std::move(used)};
}

Result<Work> read_work(const Options& options, const CircuitSettings& settings, std::uint64_t seed) {
  if (options.program.empty() == (options.qubits == 0))
    return Error{
        ErrorKind::usage,
        options.program.empty() ? "There is no circuit to run." : "A program says itself how many qubits it has.",
        "Give either a file of OpenQASM or --qubits N for an ansatz."};
  return options.program.empty() ? ansatz_work(options, settings, seed) : program_work(options);
}

Result<int> run_sample(const Options& options) {
  const ThreadLimit limit(options.common.threads);
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const CircuitSettings settings, read_circuit_settings(config));
  BORNITE_TRY(const std::uint64_t shots, config.count("shots", 1024, 1));
  BORNITE_TRY(const std::uint64_t seed, config.count("seed", 0));
  BORNITE_TRY(const std::string specification, config.text("backend", "statevector"));
  BORNITE_CHECK(config.refuse_unread());
  BORNITE_TRY(const auto backend, make_backend(options.common, specification));
  if (options.program.empty()) BORNITE_CHECK(check_qubits(*backend, specification, options.qubits));
  BORNITE_TRY(const Work work, read_work(options, settings, seed));
  BORNITE_CHECK(check_qubits(*backend, specification, work.circuit.qubits()));
  const SampleRequest request{
      .circuit = work.circuit, .rows = work.rows, .shots = Shots(shots), .stream = {.seed = seed}};
  BORNITE_TRY(ShotTable table, sample(*backend, request));
  if (!work.bits.empty()) {
    std::vector<ShotRow> rows;
    for (std::size_t r = 0; r < table.rows(); ++r) rows.push_back(select_bits(table[r], work.bits));
    BORNITE_TRY(table, ShotTable::create(std::move(rows)));
  }
  if (options.common.json)
    print_json(table);
  else
    print_table(table, options.most);
  return 0;
}

}  // namespace

void add_sample_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("sample", "Run a circuit and print the bitstrings that it yields");
  command.footer(examples);
  CommonOptions& common = options->common;
  add_path(command, "program", options->program, "FILE.qasm", "OpenQASM 3 or 2");
  add_count(
      command, "--qubits", 1, 1'000'000, [options](std::size_t n) { options->qubits = n; },
      "Number of qubits of an ansatz");
  add_circuit_options(command, common);
  add_path(command, "--theta", options->theta, "FILE", "File of angles, one row per line; default: random ones");
  add_setting(command, common, "--backend", "backend", "NAME or NAME:DEVICE; see `bornite backends`");
  add_setting(command, common, "--shots", "shots", "Shots of each row; default: 1024", "N");
  add_setting(command, common, "--seed", "seed", "Of all random numbers", "N");
  add_count(
      command, "--most", 1, 1'000'000'000, [options](std::size_t n) { options->most = n; },
      "Strings to print of each row; default: 16");
  add_plugin_options(command, common);
  add_output_options(command, common);
  command.callback(
      [options, &exit_code] { exit_code = run_command(options->common, [&] { return run_sample(*options); }); });
}

}  // namespace bornite::cli
