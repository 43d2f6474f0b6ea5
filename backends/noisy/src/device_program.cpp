#include "device_program.hpp"

#include <algorithm>
#include <cmath>

#include "relaxation.hpp"

namespace bornite::noisy {
namespace {

/// Takes a device's gates in order and keeps time.
class DeviceProgram {
 public:
  DeviceProgram(const NativeCircuit& circuit, const Target& target, double f)
      : target_(target), f_(f), used_(used_qubits(circuit)), free_(used_.size()), began_(used_.size()) {
    program_.circuit = Circuit(used_.size());
    for (const NativeGate& gate : circuit.gates) add(gate);
    const double end = std::ranges::max(free_);
    for (Qubit q = 0; q != used_.size(); ++q) wait(q, end);
    for (const Qubit qubit : circuit.measured) {
      program_.measured.push_back(number_of(qubit));
      program_.readout.push_back({target.qubits[qubit].one_given_zero, target.qubits[qubit].zero_given_one});
    }
  }

  NoiseProgram take() { return std::move(program_); }

 private:
  [[nodiscard]] Qubit number_of(Qubit qubit) const {
    return static_cast<Qubit>(std::ranges::lower_bound(used_, qubit) - used_.begin());
  }

  void add(NativeGate gate) {
    const std::size_t count = qubit_count(gate.kind);
    const GateFigures figures =
        target_.figures(gate.kind, gate.qubits[0], gate.qubits[count - 1]).value_or(GateFigures{});
    const std::span<Qubit> qubits(gate.qubits.data(), count);
    double start = 0;
    for (Qubit& qubit : qubits) {
      qubit = number_of(qubit);
      start = std::max(start, free_[qubit]);
    }
    for (const Qubit qubit : qubits) wait(qubit, start);
    for (Gate& part : expand(gate)) program_.circuit.append(std::move(part));
    double fidelity = 1;
    QubitSet all = 0;
    for (const Qubit qubit : qubits) {
      began_[qubit] = true;
      fidelity *= relax(qubit, figures.duration);
      free_[qubit] = start + figures.duration;
      all |= qubit_set(qubit);
    }
    const double error = depolarisation_beside(fidelity, std::min(1.0, f_ * figures.error), count);
    if (error > 0) program_.places.push_back({FaultKind::pauli, program_.circuit.gates().size(), all, error});
  }

  /// Nothing happens to a qubit in |0> that has not begun.
  void wait(Qubit qubit, double until) {
    if (began_[qubit]) relax(qubit, until - free_[qubit]);
    free_[qubit] = until;
  }

  /// Returns the fidelity of what happens in the time.
  double relax(Qubit qubit, double seconds) {
    const Damping loss = damping(target_.qubits[used_[qubit]], f_ * seconds);
    if (loss.decohered > 0)
      program_.places.push_back(relaxation_place(program_.circuit.gates().size(), qubit_set(qubit), loss));
    return process_fidelity(loss);
  }

  const Target& target_;
  double f_;
  std::vector<Qubit> used_;
  std::vector<double> free_;  // when each qubit's last gate is over, in seconds
  std::vector<bool> began_;   // whether it had one
  NoiseProgram program_{.circuit = Circuit(1), .places = {}, .measured = {}, .readout = {}};
};

}  // namespace

std::vector<Qubit> used_qubits(const NativeCircuit& circuit) {
  std::vector<Qubit> used = circuit.measured;
  for (const NativeGate& gate : circuit.gates)
    used.insert(used.end(), gate.qubits.begin(),
                gate.qubits.begin() + static_cast<std::ptrdiff_t>(qubit_count(gate.kind)));
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

double depolarisation_beside(double fidelity, double error, std::size_t qubits) {
  const double d = std::ldexp(1.0, static_cast<int>(qubits));
  const double wanted = 1 - error * (d + 1) / d;
  if (wanted >= fidelity) return 0;
  const double mixed = std::min(1.0, (fidelity - wanted) / (fidelity - 1 / (d * d)));
  return mixed * (d * d - 1) / (d * d);
}

NoiseProgram device_program(const NativeCircuit& circuit, const Target& target, double f) {
  return DeviceProgram(circuit, target, f).take();
}

}  // namespace bornite::noisy
