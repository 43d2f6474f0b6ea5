// Hidden: run with `unit_statevector "[benchmark]"` in a release build.

#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "random_circuit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace bornite {
namespace {

/// Median seconds of one call, over repetitions that last about a tenth of a second each.
template <typename Call>
double median_seconds(const Call& call) {
  using Clock = std::chrono::steady_clock;
  const auto time = [&](int calls) {
    const auto start = Clock::now();
    for (int i = 0; i < calls; ++i) call();
    return std::chrono::duration<double>(Clock::now() - start).count() / calls;
  };
  const double once = std::max(time(2), 1e-7);
  const int calls = std::clamp(static_cast<int>(0.1 / once), 1, 100000);
  std::vector<double> seconds;
  for (int i = 0; i < 7; ++i) seconds.push_back(time(calls));
  std::ranges::sort(seconds);
  return seconds[seconds.size() / 2];
}

void report(AnsatzKind kind, std::size_t qubits, std::size_t threads) {
  const ThreadLimit limit(threads);
  StatevectorBackend backend;
  const Circuit circuit = make_ansatz(kind, qubits, 4);
  const std::vector<double> theta = test::random_theta(circuit, 7);
  std::vector<double> out(circuit.parameters());
  const EffectiveCost cost = [](std::span<const double> q, std::span<double> g) { std::ranges::copy(q, g.begin()); };
  const double forward = median_seconds([&] { REQUIRE(backend.probabilities(circuit, theta).has_value()); });
  const double gradient = median_seconds([&] { REQUIRE(backend.gradient(circuit, theta, cost, out).has_value()); });
  WARN(fmt::format("{} N={} x{}: probabilities {:.1f} us, gradient {:.1f} us", to_string(kind), qubits, threads,
                   forward * 1e6, gradient * 1e6));
}

}  // namespace

TEST_CASE("how long probabilities and gradients take", "[.][benchmark]") {
  for (const std::size_t threads : {1, 2})
    for (const std::size_t qubits : {4, 8, 12, 14, 17, 20}) report(AnsatzKind::brickwork, qubits, threads);
  for (const AnsatzKind kind : {AnsatzKind::linear, AnsatzKind::ring, AnsatzKind::all_to_all}) report(kind, 17, 1);
}

TEST_CASE("how long shots take", "[.][benchmark]") {
  StatevectorBackend backend;
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 20, 4);
  const ParameterRows rows(1, circuit.parameters(), test::random_theta(circuit, 7));
  for (const std::uint64_t shots : {1'000U, 100'000U, 1'000'000U, 1'000'000'000U}) {
    int n = 0;
    const double seconds = median_seconds([&] {
      const auto job = backend.submit({circuit, rows, Shots(shots), {}}, fmt::format("{}-{}", shots, n++));
      REQUIRE(job.has_value());
      backend.forget(*job);
    });
    WARN(fmt::format("N=20, {} shots: {:.2f} ms, state included", shots, seconds * 1e3));
  }
}

}  // namespace bornite
