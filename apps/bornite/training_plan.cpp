#include "training_plan.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "bornite/job/job_engine.hpp"
#include "command.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string in_bytes(std::uint64_t bytes) {
  if (bytes == 0) return "none";
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  constexpr std::array units{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double amount = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; amount >= 1024 && unit + 1 < units.size(); ++unit) amount /= 1024;
  return fmt::format("{:.1f} {}", amount, units[unit]);
}

/// What one request takes, and how often it is made.
struct Line {
  std::string purpose;
  std::uint64_t circuits;
  std::uint64_t times;
  Spending once;
};

Spending times(const Spending& once, std::uint64_t n) {
  const auto factor = static_cast<double>(n);
  return {.jobs = once.jobs * n,
          .shots = once.shots * n,
          .usd = once.usd * factor,
          .qpu_seconds = once.qpu_seconds * factor,
          .jobs_without_usd = once.jobs_without_usd * n,
          .jobs_without_seconds = once.jobs_without_seconds * n};
}

Result<std::vector<Line>> ask_for_prices(const TrainingPlan& plan, QuantumBackend& backend) {
  std::vector<Line> lines;
  for (const PlannedRequest& planned : plan.requests) {
    BORNITE_TRY(const Spending once, forecast(planned.request, backend));
    lines.push_back({planned.purpose, planned.request.rows.rows(), planned.times, once});
  }
  return lines;
}

Spending total_of(const std::vector<Line>& lines) {
  Spending total;
  for (const Line& line : lines) total += times(line.once, line.times);
  return total;
}

OrderedJson to_json(const Spending& spending) {
  return {{"jobs", spending.jobs},
          {"shots", spending.shots},
          {"usd", spending.jobs_without_usd == 0 ? OrderedJson(spending.usd) : OrderedJson()},
          {"qpu_seconds", spending.jobs_without_seconds == 0 ? OrderedJson(spending.qpu_seconds) : OrderedJson()}};
}

void print_json(const TrainingPlan& plan, const Problem& problem, const TrainingSettings& settings,
                const std::vector<Line>& lines) {
  OrderedJson document{{"problem", problem.name},
                       {"backend", settings.backend},
                       {"qubits", plan.qubits},
                       {"parameters", plan.parameters},
                       {"restarts", settings.restarts},
                       {"evaluations", plan.evaluations},
                       {"table_bytes", plan.table_bytes},
                       {"run_directory_bytes", plan.run_directory_bytes},
                       {"requests", OrderedJson::array()},
                       {"total", to_json(total_of(lines))}};
  for (const Line& line : lines)
    document["requests"].push_back(
        {{"purpose", line.purpose}, {"times", line.times}, {"circuits", line.circuits}, {"once", to_json(line.once)}});
  print_document(document);
}

std::vector<std::string> cells(const std::string& purpose, const std::string& often, const std::string& circuits,
                               const Spending& spending, bool remote) {
  const auto known = [](std::uint64_t without, double amount) {
    return without > 0 ? std::string("not known") : fmt::format("{:.2f}", amount);
  };
  std::vector<std::string> row{purpose, often, circuits, std::to_string(spending.jobs), std::to_string(spending.shots)};
  if (remote) {
    row.push_back(known(spending.jobs_without_usd, spending.usd));
    row.push_back(known(spending.jobs_without_seconds, spending.qpu_seconds));
  }
  return row;
}

void print_requests(const std::vector<Line>& lines, bool remote) {
  using enum TextTable::Align;
  std::vector<TextTable::Column> columns{{"", left}, {"times"}, {"circuits"}, {"jobs"}, {"shots"}};
  if (remote) {
    columns.push_back({"US dollars"});
    columns.push_back({"processor, s"});
  }
  TextTable table(std::move(columns));
  for (const Line& line : lines)
    table.add_row(cells(line.purpose, std::to_string(line.times), std::to_string(line.circuits), line.once, remote));
  table.add_row(cells("in total", "", "", total_of(lines), remote));
  fmt::print("\n{}\n", table.to_text());
  if (remote) fmt::print("Money and time are what the provider, or its public price list, estimates.\n");
}

}  // namespace

Result<int> print_plan(const TrainingPlan& plan, const Problem& problem, const TrainingSettings& settings,
                       QuantumBackend& backend, bool json) {
  BORNITE_TRY(const std::vector<Line> lines, ask_for_prices(plan, backend));
  if (json) {
    print_json(plan, problem, settings, lines);
    return 0;
  }
  fmt::print("Nothing was run. This training would take, at most:\n");
  fmt::print("  circuit        {} qubits, {} parameters, {} of depth {}\n", plan.qubits, plan.parameters,
             to_string(settings.circuit.ansatz), settings.circuit.depth);
  fmt::print("  evaluations    {} in {} restart{} ({}, {})\n", plan.evaluations, settings.restarts,
             settings.restarts == 1 ? "" : "s", settings.objective.name, settings.optimizer.name);
  if (lines.empty()) fmt::print("  on {:<11} exact probabilities, no shots\n", settings.backend);
  fmt::print("  cost table     {}\n", in_bytes(plan.table_bytes));
  fmt::print("  run directory  {}\n", in_bytes(plan.run_directory_bytes));
  if (!lines.empty()) print_requests(lines, backend.capabilities().remote);
  return 0;
}

}  // namespace bornite::cli
