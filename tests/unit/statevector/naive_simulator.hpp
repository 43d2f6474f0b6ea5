#pragma once
// The plainest state simulation: one gate after the other, one pair of amplitudes after the other.

#include "bornite/circuit/circuit.hpp"

#include <complex>
#include <span>
#include <vector>

namespace bornite::test {

inline std::vector<std::complex<double>> naive_state(const Circuit& circuit, std::span<const double> theta) {
  std::vector<std::complex<double>> state(std::size_t{1} << circuit.qubits());
  state[0] = 1;
  for (const Gate& gate : circuit.gates()) {
    const double angle = gate.angle.value(theta);
    const auto controlled = [&](std::size_t x) {
      for (const Qubit c : gate.controls)
        if ((x >> c & 1) == 0) return false;
      return true;
    };
    for (std::size_t x = 0; x != state.size(); ++x) {
      if (!controlled(x)) continue;
      if (gate.kind == GateKind::global_phase) {
        state[x] *= std::polar(1.0, angle);
      } else if (gate.kind == GateKind::swap) {
        const std::size_t a = std::size_t{1} << gate.targets[0];
        const std::size_t b = std::size_t{1} << gate.targets[1];
        if ((x & a) != 0 && (x & b) == 0) std::swap(state[x], state[x ^ a ^ b]);
      } else if ((x >> gate.targets[0] & 1) == 0) {
        const auto u = matrix(gate.kind, angle);
        auto& low = state[x];
        auto& high = state[x | std::size_t{1} << gate.targets[0]];
        const auto old = low;
        low = u[0] * old + u[1] * high;
        high = u[2] * old + u[3] * high;
      }
    }
  }
  return state;
}

}  // namespace bornite::test
