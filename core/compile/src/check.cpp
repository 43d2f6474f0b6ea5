#include "bornite/compile/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bornite {
namespace {

std::string places_text(const NativeGate& gate) {
  if (qubit_count(gate.kind) == 1) return fmt::format("qubit {}", gate.qubits[0]);
  return fmt::format("qubits {} and {}", gate.qubits[0], gate.qubits[1]);
}

bool is_finite(const AngleSum& angle) {
  return std::isfinite(angle.offset()) &&
         std::ranges::all_of(angle.terms(), [](const AngleSum::Term& term) { return std::isfinite(term.scale); });
}

/// Why the device cannot do the gate; empty if it can.
std::string problem(const NativeGate& gate, const Target& target) {
  const std::span<const Qubit> qubits(gate.qubits.data(), qubit_count(gate.kind));
  for (const Qubit q : qubits) {
    if (q >= target.qubits.size()) return fmt::format("there are only {} qubits", target.qubits.size());
    if (!target.qubits[q].up) return fmt::format("qubit {} is down", q);
  }
  const Qubit first = qubits.front(), second = qubits.back();
  if (qubits.size() == 2 && first == second) return "it needs two different qubits";
  const TargetGate* native = target.find(gate.kind);
  if (native == nullptr) return fmt::format("{} is not one of the device's gates", to_string(gate.kind));
  if (!target.figures(gate.kind, first, second)) {
    if (native->places.contains({first, second}) ||
        (is_symmetric(gate.kind) && native->places.contains({second, first})))
      return "the gate is down there";
    if (qubits.size() == 2 && target.figures(gate.kind, second, first)) return "the coupling goes the other way";
    return qubits.size() == 2 ? "there is no such coupling" : "the gate is not to be had there";
  }
  for (std::size_t a = 0; a < angle_count(gate.kind); ++a) {
    if (!is_finite(gate.angles[a])) return "its angle is not a finite number";
    const AngleRange& range = native->ranges[a];
    if (range.is_unlimited()) continue;
    if (!gate.angles[a].is_constant())
      return fmt::format("its angle depends on parameters, and must be from {} to {}", range.least, range.most);
    if (!range.contains(gate.angles[a].offset()))
      return fmt::format("its angle is {}, and must be from {} to {}", gate.angles[a].offset(), range.least,
                         range.most);
  }
  return "";
}

Error refusal(const std::string& what, const Target& target, const std::string& why) {
  return {ErrorKind::unsupported, fmt::format("{} cannot run {}: {}.", target.name, what, why),
          "Compile the circuit for this device."};
}

}  // namespace

Result<void> check(const NativeCircuit& circuit, const Target& target) {
  for (std::size_t i = 0; i < circuit.gates.size(); ++i) {
    const NativeGate& gate = circuit.gates[i];
    const std::string why = problem(gate, target);
    if (!why.empty())
      return refusal(fmt::format("gate {}, {} on {}", i, to_string(gate.kind), places_text(gate)), target, why);
  }
  std::vector<bool> measured(target.qubits.size(), false);
  for (const Qubit q : circuit.measured) {
    if (q >= target.qubits.size())
      return refusal(fmt::format("a measurement of qubit {}", q), target,
                     fmt::format("there are only {} qubits", target.qubits.size()));
    if (!target.qubits[q].up) return refusal(fmt::format("a measurement of qubit {}", q), target, "it is down");
    if (measured[q]) return refusal(fmt::format("a measurement of qubit {}", q), target, "it is measured twice");
    measured[q] = true;
  }
  return {};
}

}  // namespace bornite
