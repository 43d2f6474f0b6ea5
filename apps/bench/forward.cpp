// Outcome probabilities from angles: the whole circuit is run each time.

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "benchmark_case.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "circuits.hpp"
#include "layered_work.hpp"

namespace bornite::bench {
namespace {

std::function<void(benchmark::State&, std::size_t)> run_forward(Circuit circuit, Precision precision) {
  return [circuit = std::move(circuit), precision](benchmark::State& state, std::size_t threads) {
    StatevectorBackend backend(precision);
    const std::vector<double> theta = random_angles(circuit.parameters());
    measure(state, threads, [&]() -> Result<void> {
      BORNITE_TRY(const Distribution distribution, backend.probabilities(circuit, theta));
      benchmark::DoNotOptimize(distribution.probabilities().data());
      return {};
    });
  };
}

BenchmarkCase forward_case(std::string_view what, Circuit circuit, const Work& work,
                           Precision precision = Precision::complex128) {
  const std::size_t qubits = circuit.qubits();
  return {.group = "forward",
          .name = fmt::format("forward/{}{}/n{}", what, suffix(precision), qubits),
          .bits = qubits,
          .items = {"amplitude", std::ldexp(1.0, static_cast<int>(qubits))},
          .work = work,
          .run = run_forward(std::move(circuit), precision)};
}

}  // namespace

BenchmarkCases forward_cases(const Scope& scope) {
  BenchmarkCases cases;
  for (const Precision precision : {Precision::complex128, Precision::complex64}) {
    for (const Entanglement entanglement : {Entanglement::linear, Entanglement::brickwork, Entanglement::ring}) {
      for (const std::size_t qubits : scope.pick<std::vector<std::size_t>>({8, 12, 16, 20, 22, 24}, {8, 12})) {
        const std::size_t layers = qubits == 24 ? 2 : 4;
        cases.push_back(forward_case(to_string(entanglement), layered_circuit(entanglement, qubits, layers),
                                     forward_work(entanglement, qubits, layers, precision), precision));
      }
    }
  }
  const std::size_t qubits = scope.pick<std::size_t>(20, 10);
  cases.push_back(forward_case("fourier", fourier_circuit(qubits), state_work(qubits, Precision::complex128)));
  cases.push_back(forward_case("random", random_circuit(qubits), state_work(qubits, Precision::complex128)));
  cases.push_back(forward_case("toffoli", toffoli_circuit(qubits), state_work(qubits, Precision::complex128)));
  constexpr std::size_t search_rounds = 3;
  cases.push_back(
      forward_case("search", search_circuit(qubits, search_rounds), state_work(qubits, Precision::complex128)));
  return cases;
}

}  // namespace bornite::bench
