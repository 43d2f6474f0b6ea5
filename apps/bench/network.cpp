// Costs of binary networks over their training data: of all of them, and of a thousand.

#include <fmt/format.h>

#include <cmath>

#include "benchmark_case.hpp"
#include "bornite/network/cost_model.hpp"
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
    const std::uint64_t mask = (std::uint64_t{1} << problem.qubits()) - 1;
    strings.push_back(Bitstring::from_index(problem.qubits(), random() & mask));
  }
  std::vector<double> costs(count);
  measure(state, threads, [&] { return problem.costs->costs(strings, costs); });
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
  return cases;
}

}  // namespace bornite::bench
