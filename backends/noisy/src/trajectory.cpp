#include "trajectory.hpp"

namespace bornite::noisy {

struct TrajectoryBuilder::State {
  Trajectory& trajectory;
  Pauli frame{};  ///< still to be moved on; acts after all steps so far

  /// Makes a step of the part of the frame on these qubits.
  void settle(QubitSet qubits) {
    const Pauli part = frame.on(qubits);
    if (part.support() == 0) return;
    trajectory.steps.push_back({.kind = Step::Kind::pauli, .pauli = part});
    trajectory.cone |= part.support();
    frame *= part;
  }
};

TrajectoryBuilder::TrajectoryBuilder(const NoiseProgram& program) : program_(program) {
  for (const Gate& gate : program.circuit.gates()) gate_qubits_.push_back(members(gate));
}

void TrajectoryBuilder::build(std::span<const std::size_t> places, RandomStream& random, Trajectory& trajectory) const {
  trajectory.cone = 0;
  trajectory.steps.clear();
  State state{trajectory};
  auto place = places.begin();
  std::size_t gate = places.empty() ? gate_qubits_.size() : program_.places[*place].gates;
  for (;; ++gate) {
    for (; place != places.end() && program_.places[*place].gates == gate; ++place) add_fault(*place, random, state);
    if (gate == gate_qubits_.size()) break;
    add_gate(gate, state);
  }
  trajectory.flips = state.frame.x;
}

void TrajectoryBuilder::add_fault(std::size_t number, RandomStream& random, State& state) const {
  const FaultPlace& place = program_.places[number];
  if (place.kind == FaultKind::pauli) {
    state.frame *= draw_pauli(place.qubits, random);
    return;
  }
  state.settle(place.qubits);
  state.trajectory.steps.push_back({.kind = Step::Kind::relaxation, .number = number});
  state.trajectory.cone |= place.qubits;
}

void TrajectoryBuilder::add_gate(std::size_t number, State& state) const {
  const QubitSet qubits = gate_qubits_[number];
  Step step{.kind = Step::Kind::gate, .number = number};
  if ((state.frame.support() & qubits) != 0) {
    const Passage passage = pass(state.frame, program_.circuit.gates()[number]);
    if (passage == Passage::inverse) step.kind = Step::Kind::inverse_gate;
    if (passage == Passage::impossible) state.settle(qubits);
  }
  Trajectory& trajectory = state.trajectory;
  if (step.kind == Step::Kind::gate && (trajectory.cone & qubits) == 0) return;
  trajectory.steps.push_back(step);
  trajectory.cone |= qubits;
}

}  // namespace bornite::noisy
