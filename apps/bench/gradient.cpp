// All derivatives of the mean of a random diagonal cost, forward run included.

#include <fmt/format.h>

#include <algorithm>

#include "benchmark_case.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "circuits.hpp"
#include "layered_work.hpp"

namespace bornite::bench {
namespace {

void run_gradient(benchmark::State& state, std::size_t threads, const Circuit& circuit, Precision precision) {
  StatevectorBackend backend(precision);
  const std::vector<double> theta = random_angles(circuit.parameters());
  const std::vector<double> costs = random_numbers(std::size_t{1} << circuit.qubits());
  std::vector<double> gradient(circuit.parameters());
  const EffectiveCost cost = [&](std::span<const double>, std::span<double> g) {
    constexpr std::size_t block = std::size_t{1} << 14;
    parallel_blocks(g.size(), block, [&](std::size_t begin, std::size_t end) {
      std::copy(costs.data() + begin, costs.data() + end, g.data() + begin);
    });
  };
  measure(state, threads, [&] { return backend.gradient(circuit, theta, cost, gradient); });
}

BenchmarkCase gradient_case(Entanglement entanglement, std::size_t qubits, std::size_t layers, Precision precision) {
  Circuit circuit = layered_circuit(entanglement, qubits, layers);
  return {.group = "gradient",
          .name = fmt::format("gradient/{}{}/n{}", to_string(entanglement), suffix(precision), qubits),
          .bits = qubits,
          .items = {"derivative", static_cast<double>(circuit.parameters())},
          .work = gradient_work(entanglement, qubits, layers, precision),
          .run = [circuit = std::move(circuit), precision](benchmark::State& state, std::size_t threads) {
            run_gradient(state, threads, circuit, precision);
          }};
}

}  // namespace

BenchmarkCases gradient_cases(const Scope& scope) {
  BenchmarkCases cases;
  for (const Precision precision : {Precision::complex128, Precision::complex64})
    for (const Entanglement entanglement : {Entanglement::linear, Entanglement::brickwork, Entanglement::ring})
      for (const std::size_t qubits : scope.pick<std::vector<std::size_t>>({8, 12, 16, 18, 20}, {8}))
        cases.push_back(gradient_case(entanglement, qubits, 4, precision));
  return cases;
}

}  // namespace bornite::bench
