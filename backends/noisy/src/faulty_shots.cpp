#include "faulty_shots.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace bornite::noisy {
namespace {

/// The bits of a set as those of the register that holds the qubits of `cone` alone.
QubitSet in_register(QubitSet set, QubitSet cone) {
  QubitSet result = 0;
  for (; set != 0; set &= set - 1)
    result |= qubit_set(static_cast<std::size_t>(std::popcount(cone & ((set & -set) - 1))));
  return result;
}

BoundGate in_register(BoundGate gate, QubitSet cone) {
  gate.controls = in_register(gate.controls, cone);
  gate.target = in_register(gate.target, cone);
  gate.other = in_register(gate.other, cone);
  return gate;
}

}  // namespace

/// The outcome as the program's bits.
std::uint64_t read_bits(std::uint64_t outcome, std::span<const Qubit> measured) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i != measured.size(); ++i) bits |= (outcome >> measured[i] & 1) << i;
  return bits;
}

FaultyShots::FaultyShots(const ShotPlan& plan, const FaultlessShots& faultless, StatevectorBackend& engine)
    : plan_(plan),
      amplitudes_(faultless.amplitudes),
      engine_(engine),
      gates_(bind(plan.program.circuit, faultless.theta)),
      angles_(plan.turnable.angles(faultless.theta)) {}

Result<std::uint64_t> FaultyShots::outcome(std::uint64_t faultless, std::span<const std::size_t> events,
                                           RandomStream& random, Workspace& workspace) const {
  const std::size_t places = plan_.program.places.size();
  const std::span<const std::size_t> faults(events.begin(), std::ranges::lower_bound(events, places));
  std::uint64_t qubits = faultless;
  if (!faults.empty()) {
    plan_.builder.build(faults, random, workspace.trajectory);
    if (is_wide(workspace.trajectory)) {
      BORNITE_TRY(qubits, measure_anew(random, workspace));
    } else if (workspace.trajectory.cone != 0) {
      qubits = measure_cone(faultless, random, workspace);
    }
    qubits ^= workspace.trajectory.flips;
  }
  std::uint64_t bits = read_bits(qubits, plan_.program.measured);
  for (const std::size_t event : events.subspan(faults.size())) bits ^= misread(bits, event - places, random);
  return bits;
}

bool FaultyShots::is_wide(const Trajectory& trajectory) const {
  constexpr double advantage = 16;   // of the engine's loops over those of a register
  constexpr double overhead = 2000;  // of starting the engine, in amplitudes that a register changes meanwhile
  const auto has_fault_inside = [](const Step& step) {
    return step.kind == Step::Kind::pauli || step.kind == Step::Kind::relaxation;
  };
  const auto amplitudes = [](int qubits) { return std::ldexp(1.0, qubits); };
  const double cone = static_cast<double>(trajectory.steps.size()) * amplitudes(std::popcount(trajectory.cone));
  const double whole =
      static_cast<double>(gates_.size()) * amplitudes(static_cast<int>(plan_.program.circuit.qubits())) / advantage;
  return cone > whole + overhead && std::ranges::none_of(trajectory.steps, has_fault_inside);
}

Result<std::uint64_t> FaultyShots::measure_anew(RandomStream& random, Workspace& workspace) const {
  workspace.angles = angles_;
  for (const Step& step : workspace.trajectory.steps)
    if (step.kind == Step::Kind::inverse_gate) plan_.turnable.turn(step.number, workspace.angles);
  BORNITE_TRY(const ShotRow shot, engine_.measure(plan_.turnable.circuit(), workspace.angles, 1, {.seed = random()}));
  return shot.strings()[0].index();
}

std::uint64_t FaultyShots::measure_cone(std::uint64_t outcome, RandomStream& random, Workspace& workspace) const {
  const QubitSet cone = workspace.trajectory.cone;
  const std::vector<Step>& steps = workspace.trajectory.steps;
  outcome &= ~cone;
  workspace.cone.load(amplitudes_, cone, outcome);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) undo(*step, workspace);
  for (const Step& step : steps) apply(step, random, workspace);
  std::size_t measured = workspace.cone.measure(random);
  for (QubitSet rest = cone; rest != 0; rest &= rest - 1, measured >>= 1)
    if (measured & 1) outcome |= rest & -rest;
  return outcome;
}

void FaultyShots::undo(const Step& step, Workspace& workspace) const {
  if (step.kind == Step::Kind::gate || step.kind == Step::Kind::inverse_gate)
    workspace.cone.apply(inverse(in_register(gates_[step.number], workspace.trajectory.cone)));
}

void FaultyShots::apply(const Step& step, RandomStream& random, Workspace& workspace) const {
  const QubitSet cone = workspace.trajectory.cone;
  Register& state = workspace.cone;
  switch (step.kind) {
    case Step::Kind::gate: return state.apply(in_register(gates_[step.number], cone));
    case Step::Kind::inverse_gate: return state.apply(inverse(in_register(gates_[step.number], cone)));
    case Step::Kind::pauli: return state.apply(Pauli{in_register(step.pauli.x, cone), in_register(step.pauli.z, cone)});
    case Step::Kind::relaxation: {
      const FaultPlace& place = plan_.program.places[step.number];
      return state.relax(in_register(place.qubits, cone), place.kept, place.jump, random);
    }
  }
}

std::uint64_t FaultyShots::misread(std::uint64_t bits, std::size_t bit, RandomStream& random) const {
  const ReadoutError& error = plan_.program.readout[bit];
  const double probability = (bits >> bit & 1) != 0 ? error.zero_given_one : error.one_given_zero;
  const double most = std::max(error.one_given_zero, error.zero_given_one);
  return random.uniform() * most < probability ? qubit_set(bit) : 0;
}

}  // namespace bornite::noisy
