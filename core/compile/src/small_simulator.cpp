#include "small_simulator.hpp"

#include <utility>

namespace bornite {

void SmallState::apply(const Gate& gate, std::span<const double> theta) {
  std::size_t controls = 0;
  for (const Qubit q : gate.controls) controls |= std::size_t{1} << q;
  const double angle = gate.angle.value(theta);
  const bool phase_alone = gate.kind == GateKind::global_phase, swap = gate.kind == GateKind::swap;
  const std::size_t first = phase_alone ? 0 : std::size_t{1} << gate.targets[0];
  const std::size_t second = swap ? std::size_t{1} << gate.targets[1] : 0;
  const auto u = phase_alone || swap ? std::array<std::complex<double>, 4>{} : matrix(gate.kind, angle);
  for (std::size_t i = 0; i < amplitudes_.size(); ++i) {
    if ((i & controls) != controls) continue;
    if (phase_alone) {
      amplitudes_[i] *= std::polar(1.0, angle);
    } else if (swap) {
      if ((i & first) != 0 && (i & second) == 0) std::swap(amplitudes_[i], amplitudes_[i ^ first ^ second]);
    } else if ((i & first) == 0) {
      const auto zero = amplitudes_[i], one = amplitudes_[i | first];
      amplitudes_[i] = u[0] * zero + u[1] * one;
      amplitudes_[i | first] = u[2] * zero + u[3] * one;
    }
  }
}

}  // namespace bornite
