// Shots from a state without structure, state included; one shot shows what the state alone takes.

#include <fmt/format.h>

#include "benchmark_case.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "circuits.hpp"
#include "layered_work.hpp"

namespace bornite::bench {
namespace {

constexpr std::size_t layers = 2;

void run_sampling(benchmark::State& state, std::size_t threads, std::size_t qubits, std::uint64_t shots) {
  StatevectorBackend backend;
  Circuit circuit = layered_circuit(Entanglement::linear, qubits, layers);
  const std::size_t parameters = circuit.parameters();
  const SampleRequest request{std::move(circuit), ParameterRows(1, parameters, random_angles(parameters)), Shots(shots),
                              StreamKey{.seed = 1}};
  std::uint64_t token = 0;
  measure(state, threads, [&]() -> Result<void> {
    BORNITE_TRY(const JobId job, backend.submit(request, fmt::format("sampling {}", token++)));
    BORNITE_TRY(const ShotTable table, backend.fetch(job, shape_of(request)));
    benchmark::DoNotOptimize(table[0].size());
    backend.forget(job);
    return {};
  });
}

BenchmarkCase sampling_case(std::size_t qubits, std::uint64_t shots) {
  Work work = forward_work(Entanglement::linear, qubits, layers, Precision::complex128);
  work.bytes += static_cast<double>(work.data);  // the state is read once more to draw from it
  return {.group = "sampling",
          .name = fmt::format("sampling/n{}/{}shots", qubits, shots),
          .bits = qubits,
          .items = {"shot", static_cast<double>(shots)},
          .work = work,
          .run = [=](benchmark::State& state, std::size_t threads) { run_sampling(state, threads, qubits, shots); }};
}

}  // namespace

BenchmarkCases sampling_cases(const Scope& scope) {
  BenchmarkCases cases;
  for (const std::uint64_t shots : scope.pick<std::vector<std::uint64_t>>({1, 1'000, 100'000, 1'000'000}, {1, 1'000}))
    cases.push_back(sampling_case(scope.pick<std::size_t>(20, 10), shots));
  return cases;
}

}  // namespace bornite::bench
