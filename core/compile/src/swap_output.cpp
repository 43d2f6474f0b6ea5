#include "swap_output.hpp"

#include <utility>

namespace bornite {

void SwapOutput::zz(Qubit a, Qubit b, const AngleSum& angle) {
  write_runs(a, b);
  last_[a] = last_[b] = written_.size();
  written_.emplace_back(ZzOperation{a, b, angle});
}

void SwapOutput::swap(Qubit a, Qubit b) {
  if (joins(a, b)) {
    const ZzOperation earlier = std::get<ZzOperation>(std::exchange(written_[*last_[a]], std::monostate()));
    write_swap_after(earlier);
  } else {
    write_cx(a, b);
    write_cx(b, a);
    write_cx(a, b);
  }
  std::swap(after_[a], after_[b]);  // runs pass a swap by changing places
  last_[a] = last_[b] = std::nullopt;
}

ZzCircuit SwapOutput::finish() {
  ZzCircuit circuit(qubits_);
  for (const auto& entry : written_) {
    if (const auto* local = std::get_if<LocalOperation>(&entry)) circuit.local(local->qubit, local->run);
    if (const auto* zz = std::get_if<ZzOperation>(&entry)) circuit.zz(zz->first, zz->second, zz->angle);
  }
  for (Qubit q = 0; q < qubits_; ++q) circuit.local(q, after_[q]);
  return circuit;
}

void SwapOutput::write_runs(Qubit a, Qubit b) {
  for (const Qubit q : {a, b}) written_.emplace_back(LocalOperation{q, std::exchange(after_[q], {})});
}

void SwapOutput::write_cx(Qubit control, Qubit target) {
  ZzCircuit cx(qubits_);
  cx.cx(control, target);
  for (const auto& operation : cx.operations())
    std::visit([&](const auto& one) { written_.emplace_back(one); }, operation);
}

void SwapOutput::write_swap_after(const ZzOperation& earlier) {
  const auto& [a, b, angle] = earlier;
  RotationRun rz;
  if (is_fully_entangling(angle)) {
    // exp(-i t ZZ/2) is CZ and Rz(t) on both; CZ is H CX H, and its CX meets that of the swap.
    written_.emplace_back(LocalOperation{b, Rotation::hadamard()});
    write_cx(b, a);
    write_cx(a, b);
    written_.emplace_back(LocalOperation{a, Rotation::hadamard()});
    rz.append_rz(angle);
    for (const Qubit q : {a, b}) written_.emplace_back(LocalOperation{q, rz});
    return;
  }
  rz.append_rz(angle);  // exp(-i t ZZ/2) = CX Rz(t) CX, and the second CX meets that of the swap
  write_cx(a, b);
  written_.emplace_back(LocalOperation{b, rz});
  write_cx(b, a);
  write_cx(a, b);
}

}  // namespace bornite
