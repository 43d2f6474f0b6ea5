#include "runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>

namespace bornite::bench {
namespace {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Google Benchmark reports all repetitions of a benchmark at once.
class Collector : public benchmark::BenchmarkReporter {
 public:
  Collector(const std::map<std::string, Selected>& selected, const std::function<void(Measurement)>& on_measurement)
      : selected_(selected), on_measurement_(on_measurement) {}

  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    const Selected& selected = selected_.at(runs.front().run_name.function_name);
    const BenchmarkCase& benchmark = *selected.benchmark;
    Measurement measurement{.name = selected.name(),
                            .group = benchmark.group,
                            .bits = benchmark.bits,
                            .threads = selected.threads,
                            .items = benchmark.items,
                            .work = benchmark.work};
    std::vector<double> seconds;
    std::vector<double> cpu;
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      if (run.error_occurred) measurement.error = run.error_message;
      const auto iterations = static_cast<double>(std::max<std::int64_t>(run.iterations, 1));
      seconds.push_back(run.real_accumulated_time / iterations);
      cpu.push_back(run.cpu_accumulated_time / iterations);
      const auto items = run.counters.find(items_counter);
      if (items != run.counters.end()) measurement.items.count = items->second.value;
    }
    if (seconds.empty()) return;
    measurement.repetitions = seconds.size();
    measurement.seconds = median(seconds);
    measurement.cpu = median(cpu);
    measurement.least = std::ranges::min(seconds);
    measurement.most = std::ranges::max(seconds);
    on_measurement_(std::move(measurement));
  }

 private:
  const std::map<std::string, Selected>& selected_;
  const std::function<void(Measurement)>& on_measurement_;
};

}  // namespace

std::string Selected::name() const { return fmt::format("{}/t{}", benchmark->name, threads); }

Result<std::vector<Selected>> select(const BenchmarkCases& cases, const std::vector<std::size_t>& threads,
                                     const std::string& filter) {
  std::regex expression;
  try {
    expression = std::regex(filter);
  } catch (const std::regex_error&) {
    return Error{ErrorKind::usage, fmt::format("--filter: \"{}\" is not a regular expression.", filter),
                 "Write for instance '^forward/linear'."};
  }
  std::vector<Selected> selected;
  for (const BenchmarkCase& benchmark : cases) {
    for (const std::size_t count : threads) {
      const Selected one{&benchmark, count};
      if (std::regex_search(one.name(), expression)) selected.push_back(one);
    }
  }
  if (selected.empty())
    return Error{ErrorKind::usage, fmt::format("--filter: no benchmark has \"{}\" in its name.", filter),
                 "See the names by --list."};
  return selected;
}

void run(const std::vector<Selected>& selected, const Options& options,
         const std::function<void(Measurement)>& on_measurement) {
  std::map<std::string, Selected> by_name;
  for (const Selected& one : selected) {
    by_name.emplace(one.name(), one);
    benchmark::RegisterBenchmark(one.name().c_str(),
                                 [one](benchmark::State& state) { one.benchmark->run(state, one.threads); })
        ->UseRealTime()
        ->MeasureProcessCPUTime()
        ->MinTime(options.min_time)
        ->Repetitions(static_cast<int>(options.repetitions));
  }
  Collector collector(by_name, on_measurement);
  benchmark::RunSpecifiedBenchmarks(&collector, ".");
  benchmark::Shutdown();
}

}  // namespace bornite::bench
