#pragma once
// Runs benchmarks by Google Benchmark and hands over each time as soon as it is known.

#include <functional>
#include <vector>

#include "benchmark_case.hpp"
#include "measurement.hpp"
#include "options.hpp"

namespace bornite::bench {

/// A benchmark on a number of threads.
struct Selected {
  const BenchmarkCase* benchmark;
  std::size_t threads;

  [[nodiscard]] std::string name() const;
};

/// Those whose names match the filter, each on one thread and on all that are wanted. Refuses a wrong expression and
/// one that nothing matches.
[[nodiscard]] Result<std::vector<Selected>> select(const BenchmarkCases& cases, const std::vector<std::size_t>& threads,
                                                   const std::string& filter);

/// Calls on_measurement for one after the other.
void run(const std::vector<Selected>& selected, const Options& options,
         const std::function<void(Measurement)>& on_measurement);

}  // namespace bornite::bench
