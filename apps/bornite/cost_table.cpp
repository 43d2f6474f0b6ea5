// bornite cost-table

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "bornite/train/settings.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string out;
  std::size_t best = 5;
};

constexpr const char* examples = R"(Examples:
  bornite cost-table --problem mnist01 --set network.values=[-3,1]
  bornite cost-table --problem gaussian2d --out gaussian2d.txt
  bornite train --problem table:gaussian2d.txt

The file has one cost per line; line k, counted from 0, is the cost of the string whose bit i, i.e. qubit i, is bit i of k.)";

std::vector<std::uint64_t> lowest(const CostTable& table, std::size_t count) {
  std::vector<std::uint64_t> order(table.costs().size());
  std::iota(order.begin(), order.end(), std::uint64_t{0});
  count = std::min(count, order.size());
  std::ranges::partial_sort(
      order, order.begin() + static_cast<std::ptrdiff_t>(count),
      [&](std::uint64_t a, std::uint64_t b) { return table[a] != table[b] ? table[a] < table[b] : a < b; });
  order.resize(count);
  return order;
}

/// Strings within `gap` of the lowest cost.
std::size_t count_within(const CostTable& table, double gap) {
  const double limit = table[table.best()] + gap;
  return static_cast<std::size_t>(std::ranges::count_if(table.costs(), [&](double cost) { return cost <= limit; }));
}

constexpr std::array gaps{1e-12, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2};

void print_json(const Problem& problem, const CostTable& table, double mean, std::span<const std::uint64_t> best) {
  nlohmann::ordered_json document{{"problem", problem.name},
                                  {"qubits", table.bits()},
                                  {"minimum", table[table.best()]},
                                  {"maximum", *std::ranges::max_element(table.costs())},
                                  {"mean", mean}};
  for (const double gap : gaps) document["within"].push_back({{"gap", gap}, {"strings", count_within(table, gap)}});
  for (const std::uint64_t index : best)
    document["best"].push_back(
        {{"bits", Bitstring::from_index(table.bits(), index).to_text()}, {"cost", table[index]}});
  print_document(document);
}

void print_text(const Problem& problem, const CostTable& table, double mean, std::span<const std::uint64_t> best) {
  fmt::print("{}: the costs of all 2^{} = {} networks\n", problem.name, table.bits(), table.costs().size());
  fmt::print("minimum {:.12g}, mean {:.12g}, maximum {:.12g}\n\n", table[table.best()], mean,
             *std::ranges::max_element(table.costs()));
  TextTable near({{"within"}, {"networks"}});
  for (const double gap : gaps) near.add_row({fmt::format("{:.0e}", gap), fmt::format("{}", count_within(table, gap))});
  TextTable top({{"bits", TextTable::Align::left}, {"cost"}});
  for (const std::uint64_t index : best)
    top.add_row({Bitstring::from_index(table.bits(), index).to_text(), fmt::format("{:.12g}", table[index])});
  fmt::print("{}\n{}", near.to_text(), top.to_text());
}

Result<int> cost_table(const Options& options) {
  const ThreadLimit limit(options.common.threads);
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const Problem problem, make_problem(config));
  BORNITE_TRY(const TrainingSettings ignored, read_training_settings(config, problem));  // the file may have them
  BORNITE_CHECK(config.refuse_unread());
  BORNITE_TRY(const CostTable table, problem.costs->enumerate());
  if (!options.out.empty()) BORNITE_CHECK(table.save(options.out));
  const double sum = std::accumulate(table.costs().begin(), table.costs().end(), 0.0);
  const double mean = sum / static_cast<double>(table.costs().size());
  const auto best = lowest(table, options.best);
  if (options.common.json)
    print_json(problem, table, mean, best);
  else
    print_text(problem, table, mean, best);
  return 0;
}

}  // namespace

void add_cost_table_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "cost-table", "Compute the cost of every network of a problem", examples);
  add_problem_options(command, options->common);
  add_path(command, "--out", options->out, "FILE", "Write all costs into this file");
  add_count(
      command, "--best", 0, 1'000'000'000, [options](std::size_t n) { options->best = n; },
      "Networks to print; default: 5");
  add_output_options(command, options->common);
  set_callback(command, [options, &exit_code] {
    exit_code = run_command(options->common, [&] { return cost_table(*options); });
  });
}

}  // namespace bornite::cli
