#include "bornite/circuit/circuit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace bornite {
namespace {

void require_distinct(const Gate& gate, std::size_t qubits) {
  if (gate.targets.size() == 1 && gate.controls.empty() && gate.targets[0] < qubits) return;  // most gates: be quick
  std::vector<Qubit> used = gate.targets;
  used.insert(used.end(), gate.controls.begin(), gate.controls.end());
  std::ranges::sort(used);
  if (std::ranges::adjacent_find(used) != used.end())
    throw std::invalid_argument(
        fmt::format("gate {} uses qubit {} twice", to_string(gate.kind), *std::ranges::adjacent_find(used)));
  if (!used.empty() && used.back() >= qubits)
    throw std::invalid_argument(
        fmt::format("gate {} uses qubit {} of a circuit of {} qubits", to_string(gate.kind), used.back(), qubits));
}

void require_valid(const Gate& gate, std::size_t qubits) {
  const auto name = to_string(gate.kind);
  if (gate.targets.size() != target_count(gate.kind))
    throw std::invalid_argument(
        fmt::format("gate {} has {} targets, it takes {}", name, gate.targets.size(), target_count(gate.kind)));
  require_distinct(gate, qubits);
  const Angle& angle = gate.angle;
  if (!std::isfinite(angle.scale) || !std::isfinite(angle.offset) || angle.parameter < Angle::none)
    throw std::invalid_argument(fmt::format("gate {} has an angle that is not a finite number", name));
}

}  // namespace

void GateListNumber::renew() {
  static std::atomic<std::uint64_t> last = none;
  number_ = last.fetch_add(1, std::memory_order_relaxed) + 1;
}

Circuit::Circuit(std::size_t qubits) : qubits_(qubits) {
  if (qubits == 0) throw std::invalid_argument("a circuit has at least one qubit");
}

Circuit::Circuit(std::size_t qubits, std::vector<Gate> gates) : Circuit(qubits) {
  for (Gate& gate : gates) admit(gate);
  gates_ = std::move(gates);
  number_.renew();
}

void Circuit::admit(Gate& gate) {
  require_valid(gate, qubits_);
  if (!has_angle(gate.kind)) gate.angle = {};
  if (!gate.angle.is_constant())
    parameters_ = std::max(parameters_, static_cast<std::size_t>(gate.angle.parameter) + 1);
}

Circuit& Circuit::append(Gate gate) {
  admit(gate);
  gates_.push_back(std::move(gate));
  number_.renew();
  return *this;
}

Circuit& Circuit::append(const Circuit& other, std::size_t parameter_offset) {
  if (other.qubits_ > qubits_)
    throw std::invalid_argument(
        fmt::format("a circuit of {} qubits does not fit in one of {}", other.qubits_, qubits_));
  const std::vector<Gate> gates = other.gates_;  // a copy, because a circuit may be appended to itself
  for (Gate gate : gates) {
    if (!gate.angle.is_constant()) gate.angle.parameter += static_cast<std::int32_t>(parameter_offset);
    append(std::move(gate));
  }
  return *this;
}

Circuit Circuit::inverse() const {
  Circuit result(qubits_);
  for (auto gate = gates_.rbegin(); gate != gates_.rend(); ++gate) result.append(bornite::inverse(*gate));
  return result;
}

Circuit Circuit::control(Qubit control) const {
  Circuit result(std::max<std::size_t>(qubits_, std::size_t{control} + 1));
  for (Gate gate : gates_) {
    if (gate.kind == GateKind::global_phase) {  // a controlled global phase is a phase on the control
      gate.kind = GateKind::phase;
      if (gate.controls.empty()) {
        gate.targets = {control};
        result.append(std::move(gate));
        continue;
      }
      gate.targets = {gate.controls.back()};
      gate.controls.pop_back();
    }
    gate.controls.push_back(control);
    result.append(std::move(gate));
  }
  return result;
}

}  // namespace bornite
