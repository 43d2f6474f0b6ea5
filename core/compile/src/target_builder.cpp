#include "target_builder.hpp"

#include <algorithm>

namespace bornite {
namespace {

void settle_gate(TargetGate& gate) {
  double worst = std::max(0.0, gate.typical.error);
  for (const auto& [place, figures] : gate.places)
    if (figures.up) worst = std::max(worst, figures.error);
  if (gate.typical.error == unknown) gate.typical.error = worst;
  for (auto& [place, figures] : gate.places)
    if (figures.error == unknown) figures.error = worst;
}

void settle_readout(Target& target, double QubitFigures::*error) {
  double worst = 0;
  for (const QubitFigures& qubit : target.qubits)
    if (qubit.up && qubit.*error < 1) worst = std::max(worst, qubit.*error);
  for (QubitFigures& qubit : target.qubits)
    if (qubit.*error == unknown) qubit.*error = worst;
}

}  // namespace

void settle_unknown(Target& target) {
  for (TargetGate& gate : target.gates) settle_gate(gate);
  settle_readout(target, &QubitFigures::one_given_zero);
  settle_readout(target, &QubitFigures::zero_given_one);
}

}  // namespace bornite
