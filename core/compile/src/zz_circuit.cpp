#include "bornite/compile/zz_circuit.hpp"

#include <cmath>
#include <numbers>

namespace bornite {

void ZzCircuit::local(Qubit qubit, const RotationRun& run) {
  if (!run.is_identity()) operations_.emplace_back(LocalOperation{qubit, run});
}

void ZzCircuit::rotate_z(Qubit qubit, const AngleSum& angle) {
  RotationRun run;
  run.append_rz(angle);
  local(qubit, run);
}

void ZzCircuit::zz(Qubit first, Qubit second, const AngleSum& angle) {
  operations_.emplace_back(ZzOperation{first, second, angle});
}

void ZzCircuit::cz(Qubit first, Qubit second) {
  constexpr double half_pi = std::numbers::pi / 2;
  rotate_z(first, half_pi);
  rotate_z(second, half_pi);
  zz(first, second, -half_pi);
}

void ZzCircuit::cx(Qubit control, Qubit target) {
  local(target, Rotation::hadamard());
  cz(control, target);
  local(target, Rotation::hadamard());
}

void ZzCircuit::swap(Qubit first, Qubit second) {
  cx(first, second);
  cx(second, first);
  cx(first, second);
}

bool is_fully_entangling(const AngleSum& angle) {
  return angle.is_constant() && std::abs(std::cos(angle.offset())) < 1e-14;
}

}  // namespace bornite
