// Costs of binary networks over their training data: of all of them, and of a thousand.

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <utility>

#include "benchmark_case.hpp"
#include "bornite/network/network_cost.hpp"
#include "bornite/util/random.hpp"
#include "problems.hpp"

namespace bornite::bench {
namespace {

void run_table(benchmark::State& state, std::size_t threads, const Problem& problem) {
  measure(state, threads, [&]() -> Result<void> {
    BORNITE_TRY(const CostTable table, problem.costs->enumerate());
    benchmark::DoNotOptimize(table.costs().data());
    return {};
  });
}

void run_costs(benchmark::State& state, std::size_t threads, const Problem& problem, std::size_t count) {
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  BitstringList strings(problem.qubits());
  for (std::size_t i = 0; i < count; ++i) {
    Bitstring string(problem.qubits());
    for (std::size_t bit = 0; bit < problem.qubits(); ++bit) string.set(bit, random() >> 63 != 0);
    strings.push_back(string);
  }
  std::vector<double> costs(count);
  measure(state, threads, [&] { return problem.costs->costs(strings, costs); });
}

/// Images of 28 x 28 black or white pixels, drawn at random: a network of weights and inputs of two values each.
Problem bits_problem(std::size_t rows) {
  RandomStream random({.seed = 2, .purpose = StreamPurpose::test});
  Dataset data{.features = 784};
  for (std::size_t i = 0; i < rows * data.features; ++i) data.inputs.push_back(random() >> 63 != 0 ? 1 : -1);
  for (std::size_t row = 0; row < rows; ++row) data.targets.push_back(static_cast<double>(row % 2));
  NetworkSpec spec;
  spec.widths = {data.features, 1};
  const Encoding encoding = Encoding::create(std::move(spec)).value();
  auto costs = std::make_shared<NetworkCost>(NetworkCost::create(encoding, data).value());
  return {.name = "bits784", .costs = std::move(costs), .encoding = encoding, .data = {std::move(data), {}}};
}

/// The items are pairs of a network and a row of the training data.
BenchmarkCase case_of(std::string_view what, const Problem& problem, double networks,
                      std::function<void(benchmark::State&, std::size_t)> run) {
  return {.group = "network",
          .name = fmt::format("network/{}/{}", what, problem.name),
          .bits = problem.qubits(),
          .items = {"network-row", networks * static_cast<double>(problem.data.train.rows())},
          .work = {},
          .run = std::move(run)};
}

}  // namespace

BenchmarkCases network_cases(const Scope& scope) {
  BenchmarkCases cases;
  for (const char* name : {"mnist01", "gaussian2d", "mnist37"}) {
    const Problem problem = builtin_problem(name, scope.quick).value();
    const std::size_t some = scope.pick<std::size_t>(1000, 10);
    cases.push_back(case_of("table", problem, std::ldexp(1.0, static_cast<int>(problem.qubits())),
                            [=](benchmark::State& state, std::size_t threads) { run_table(state, threads, problem); }));
    cases.push_back(
        case_of(fmt::format("costs{}", some), problem, static_cast<double>(some),
                [=](benchmark::State& state, std::size_t threads) { run_costs(state, threads, problem, some); }));
  }
  const Problem bits = bits_problem(scope.pick<std::size_t>(10000, 10));
  const std::size_t some = scope.pick<std::size_t>(1000, 10);
  cases.push_back(
      case_of(fmt::format("costs{}", some), bits, static_cast<double>(some),
              [=](benchmark::State& state, std::size_t threads) { run_costs(state, threads, bits, some); }));
  return cases;
}

}  // namespace bornite::bench
