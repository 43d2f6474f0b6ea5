// The program `bornite-bench`.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "benchmark_case.hpp"
#include "bornite/util/file.hpp"
#include "ceilings.hpp"
#include "machine.hpp"
#include "options.hpp"
#include "report.hpp"
#include "runner.hpp"

namespace {

using namespace bornite;
using namespace bornite::bench;

BenchmarkCases all_cases(const Scope& scope) {
  BenchmarkCases cases;
  for (const auto& group : {forward_cases, gradient_cases, sampling_cases, inference_cases, network_cases,
                            training_cases, shot_step_cases, qasm_cases, compile_cases}) {
    BenchmarkCases more = group(scope);
    std::ranges::move(more, std::back_inserter(cases));
  }
  return cases;
}

/// One thread, and as many as are wanted.
std::vector<std::size_t> thread_counts(std::size_t wanted) {
  const std::size_t most = wanted == 0 ? thread_count() : wanted;
  return most == 1 ? std::vector<std::size_t>{1} : std::vector<std::size_t>{1, most};
}

Result<void> write(const std::string& path, const std::string& document) {
  if (path == "-") {
    fmt::print("{}", document);
    return {};
  }
  return write_file_atomically(path, document);
}

Result<int> benchmark_all(const Options& options) {
  const std::vector<std::size_t> threads = thread_counts(options.threads);
  const BenchmarkCases cases = all_cases({options.quick});
  BORNITE_TRY(const auto selected, select(cases, threads, options.filter));
  if (options.list) {
    for (const Selected& one : selected) fmt::print("{}\n", one.name());
    return 0;
  }
  const bool for_people = options.json != "-";
  const Machine machine = describe_machine();
  const Ceilings ceilings = options.skip_ceilings ? Ceilings() : measure_ceilings(threads, options.quick);
  std::size_t name_width = 0;
  for (const Selected& one : selected) name_width = std::max(name_width, one.name().size());
  const ResultTable table(name_width);
  if (for_people) fmt::print("{}\n{}", describe(machine, ceilings), table.header());

  std::vector<Measurement> measurements;
  run(selected, options, [&](Measurement measurement) {
    if (for_people) {
      fmt::print("{}", table.line(measurement, ceilings));
      std::fflush(stdout);
    }
    measurements.push_back(std::move(measurement));
  });
  if (for_people) fmt::print("\n{}", ResultTable::legend());
  if (!options.json.empty()) BORNITE_CHECK(write(options.json, to_json(machine, options, ceilings, measurements)));
  return std::ranges::any_of(measurements, [](const Measurement& m) { return !m.error.empty(); }) ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const ParsedOptions parsed = parse_options(argc, argv);
  if (parsed.exit_code) return *parsed.exit_code;
  try {
    const Result<int> outcome = benchmark_all(parsed.options);
    if (outcome) return *outcome;
    fmt::print(stderr, "bornite-bench: {}\n  {}\n", outcome.error().message, outcome.error().hint);
    return outcome.error().kind == ErrorKind::usage ? 2 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bornite-bench: {}\n", error.what());
    return 1;
  }
}
