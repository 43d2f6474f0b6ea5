#pragma once
// One benchmark: its name, what it runs, and what that costs by the algorithm's own count.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bornite/util/error.hpp"
#include "bornite/util/parallel.hpp"

namespace bornite::bench {

/// Numbers that do not depend on the machine; 0 where nothing is counted.
struct Work {
  double multiply_adds = 0;  ///< of doubles; an addition or a multiplication alone counts as one
  double bytes = 0;          ///< read plus written by a schedule of few passes over memory
  std::size_t data = 0;      ///< bytes of the data that a pass goes over: decides whose bandwidth applies
  double pass = 0;           ///< bytes that one pass reads and writes
};

/// What a time is divided by.
struct Items {
  std::string_view unit;  ///< in the singular: "shot"
  double count = 1;       ///< per run
};

struct BenchmarkCase {
  std::string group;
  std::string name;      ///< GROUP/WHAT/SIZE; "/tTHREADS" is added for each number of threads
  std::size_t bits = 0;  ///< N
  Items items;
  Work work;
  /// Runs on so many threads; called once per repetition and once more.
  std::function<void(benchmark::State&, std::size_t threads)> run;
};

/// What the groups need to know about the settings.
struct Scope {
  bool quick;

  template <typename T>
  [[nodiscard]] T pick(T full, T small) const {
    return quick ? std::move(small) : std::move(full);
  }
};

/// How many items a run turned out to have, where that is known only afterwards.
inline constexpr const char* items_counter = "items";

/// Calls body() once to warm up, then as often as `state` wants. Its error ends the benchmark.
template <typename Body>
void measure(benchmark::State& state, std::size_t threads, const Body& body) {
  const ThreadLimit limit(threads);
  Result<void> outcome = body();
  for (auto _ : state)
    if (outcome) outcome = body();
  if (!outcome) state.SkipWithError(describe(outcome.error()).c_str());
}

using BenchmarkCases = std::vector<BenchmarkCase>;

// The groups, one file each.
[[nodiscard]] BenchmarkCases forward_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases gradient_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases sampling_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases inference_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases network_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases training_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases shot_step_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases qasm_cases(const Scope& scope);
[[nodiscard]] BenchmarkCases compile_cases(const Scope& scope);

}  // namespace bornite::bench
