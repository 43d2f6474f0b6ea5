#include "multi_control.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace bornite {
namespace {

/// Up to so many qubits a phase is written with Gray codes.
constexpr std::size_t gray_code_limit = 6;

/// Rotations by +angle or -angle about Z of every parity of the target with a subset of `others`, + where the subset
/// has an even number of qubits: 2^others CX, or one ZZ gate if there is one other.
void append_parities(ZzCircuit& circuit, const std::vector<Qubit>& others, Qubit target, const AngleSum& angle) {
  circuit.rotate_z(target, angle);
  if (others.size() == 1) return circuit.zz(others[0], target, -angle);
  const std::size_t subsets = std::size_t{1} << others.size();
  for (std::size_t step = 1; step <= subsets; ++step) {
    // The bit in which Gray code changes; the last step brings it back to nothing.
    const std::size_t bit = step == subsets ? others.size() - 1 : static_cast<std::size_t>(std::countr_zero(step));
    if (!others.empty()) circuit.cx(others[bit], target);
    if (step < subsets) circuit.rotate_z(target, step % 2 == 1 ? -angle : angle);
  }
}

/// X on the target where both controls are 1, but for signs that a second one with the same qubits takes back: 3 CX
/// (Margolus).
void append_relative_toffoli(ZzCircuit& circuit, Qubit first, Qubit second, Qubit target) {
  constexpr double eighth = std::numbers::pi / 4;
  circuit.local(target, Rotation::about_y(eighth));
  circuit.cx(second, target);
  circuit.local(target, Rotation::about_y(eighth));
  circuit.cx(first, target);
  circuit.local(target, Rotation::about_y(-eighth));
  circuit.cx(second, target);
  circuit.local(target, Rotation::about_y(-eighth));
}

void append_x(ZzCircuit& circuit, const std::vector<Qubit>& controls, Qubit target, const std::vector<Qubit>& borrowed);

void append_x_by_phase(ZzCircuit& circuit, std::vector<Qubit> qubits) {
  const Qubit target = qubits.back();
  circuit.local(target, Rotation::hadamard());
  append_phase(circuit, std::move(qubits), std::numbers::pi);
  circuit.local(target, Rotation::hadamard());
}

/// Barenco et al., lemma 7.2: a V of Toffoli gates, twice, over k - 2 borrowed qubits in any state.
void append_x_by_chain(ZzCircuit& circuit, const std::vector<Qubit>& controls, Qubit target,
                       const std::vector<Qubit>& borrowed) {
  const std::size_t k = controls.size();
  const auto rungs = [&](bool down) {  // those between borrowed qubits: from the target's side, or back
    for (std::size_t i = 0; i + 3 < k; ++i) {
      const std::size_t rung = down ? k - 3 - i : i + 1;
      append_relative_toffoli(circuit, controls[rung + 1], borrowed[rung - 1], borrowed[rung]);
    }
  };
  for (int repeat = 0; repeat < 2; ++repeat) {
    append_x_by_phase(circuit, {controls[k - 1], borrowed[k - 3], target});
    rungs(true);
    append_relative_toffoli(circuit, controls[0], controls[1], borrowed[0]);
    rungs(false);
  }
}

/// Lemma 7.3: one borrowed qubit splits the controls in two parts, each of which finds enough qubits to borrow.
void append_x_by_halves(ZzCircuit& circuit, const std::vector<Qubit>& controls, Qubit target, Qubit middle) {
  const auto half = static_cast<std::ptrdiff_t>((controls.size() + 1) / 2);
  const std::vector<Qubit> front(controls.begin(), controls.begin() + half);
  const std::vector<Qubit> back(controls.begin() + half, controls.end());
  std::vector<Qubit> back_and_middle = back, back_and_target = back;
  back_and_middle.push_back(middle);
  back_and_target.push_back(target);
  for (int repeat = 0; repeat < 2; ++repeat) {
    append_x(circuit, front, middle, back_and_target);
    append_x(circuit, back_and_middle, target, front);
  }
}

/// X where all controls are 1. Uses the borrowed qubits in whatever state they are and gives them back in it.
void append_x(ZzCircuit& circuit, const std::vector<Qubit>& controls, Qubit target,
              const std::vector<Qubit>& borrowed) {
  if (controls.size() < 4 || borrowed.empty()) {
    std::vector<Qubit> qubits = controls;
    qubits.push_back(target);
    return append_x_by_phase(circuit, std::move(qubits));
  }
  if (borrowed.size() + 2 >= controls.size()) return append_x_by_chain(circuit, controls, target, borrowed);
  append_x_by_halves(circuit, controls, target, borrowed[0]);
}

/// Qubits that are none of these.
std::vector<Qubit> idle_qubits(const ZzCircuit& circuit, const std::vector<Qubit>& busy) {
  std::vector<Qubit> idle;
  for (Qubit q = 0; q < circuit.qubits(); ++q)
    if (std::ranges::find(busy, q) == busy.end()) idle.push_back(q);
  return idle;
}

/// Lemma 7.5: half the phase where the last two agree, the rest where all but the last are 1.
void append_split_phase(ZzCircuit& circuit, std::vector<Qubit> qubits, const AngleSum& angle) {
  std::vector<Qubit> borrowed = idle_qubits(circuit, qubits);
  const Qubit target = qubits.back();
  qubits.pop_back();
  const Qubit last = qubits.back();
  qubits.pop_back();
  borrowed.insert(borrowed.begin(), target);
  append_phase(circuit, {last, target}, 0.5 * angle);
  append_x(circuit, qubits, last, borrowed);
  append_phase(circuit, {last, target}, -0.5 * angle);
  append_x(circuit, qubits, last, borrowed);
  qubits.push_back(target);
  append_phase(circuit, std::move(qubits), 0.5 * angle);
}

}  // namespace

void append_phase(ZzCircuit& circuit, std::vector<Qubit> qubits, const AngleSum& angle) {
  if (qubits.size() > gray_code_limit) return append_split_phase(circuit, std::move(qubits), angle);
  const double share = std::ldexp(1.0, 1 - static_cast<int>(qubits.size()));
  while (!qubits.empty()) {
    const Qubit target = qubits.back();
    qubits.pop_back();
    append_parities(circuit, qubits, target, share * angle);
  }
}

void append_controlled_rz(ZzCircuit& circuit, const std::vector<Qubit>& controls, Qubit target, const AngleSum& angle) {
  if (controls.size() < gray_code_limit)
    return append_parities(circuit, controls, target, std::ldexp(1.0, -static_cast<int>(controls.size())) * angle);
  std::vector<Qubit> all = controls;
  all.push_back(target);
  append_phase(circuit, std::move(all), angle);
  append_phase(circuit, controls, -0.5 * angle);
}

}  // namespace bornite
