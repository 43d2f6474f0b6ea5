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
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::size_t qubits = 0;
  std::string theta;
  std::size_t most = 16;
};

constexpr const char* examples = R"(Examples:
  bornite sample --qubits 5 --ansatz ring --depth 2 --shots 1000 --seed 1
  bornite sample --qubits 17 --theta runs/mnist01-elbo-1/angles.txt --json

Without --theta the angles are random, from the seed. Bitstrings are printed with qubit 0 first.)";

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

Result<int> run_sample(const Options& options) {
  const ThreadLimit limit(options.common.threads);
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const CircuitSettings settings, read_circuit_settings(config));
  BORNITE_TRY(const std::uint64_t shots, config.count("shots", 1024, 1));
  BORNITE_TRY(const std::uint64_t seed, config.count("seed", 0));
  BORNITE_TRY(const std::string specification, config.text("backend", "statevector"));
  BORNITE_CHECK(config.refuse_unread());
  BORNITE_TRY(const auto backend, make_backend(options.common, specification));
  BORNITE_CHECK(check_qubits(*backend, specification, options.qubits));
  const Circuit circuit = make_ansatz(settings.ansatz, options.qubits, settings.depth);
  ParameterRows rows(1, circuit.parameters(), initial_angles(circuit.parameters(), seed, 0));
  if (!options.theta.empty()) {
    BORNITE_TRY(rows, load_angles(options.theta, circuit.parameters()));
  }
  BORNITE_TRY(const ShotTable table,
              sample(*backend, {.circuit = circuit, .rows = rows, .shots = Shots(shots), .stream = {.seed = seed}}));
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
  add_count(
      command, "--qubits", 1, 1'000'000, [options](std::size_t n) { options->qubits = n; }, "Number of qubits")
      .required();
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
