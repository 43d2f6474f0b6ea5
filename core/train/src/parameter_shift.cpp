#include "bornite/train/parameter_shift.hpp"

#include <algorithm>
#include <numbers>
#include <utility>

#include "bornite/circuit/outcome_influence.hpp"

namespace bornite {
namespace {

struct ShiftTerm {
  double shift;
  double coefficient;
};

constexpr double quarter = std::numbers::pi / 2;

std::vector<ShiftTerm> shift_rule(const Gate& gate) {
  const bool rotation = gate.kind == GateKind::rx || gate.kind == GateKind::ry || gate.kind == GateKind::rz;
  if (!rotation || gate.controls.empty()) return {{quarter, 0.5}, {-quarter, -0.5}};
  constexpr double d1 = (std::numbers::sqrt2 + 1) / (4 * std::numbers::sqrt2);
  constexpr double d2 = (std::numbers::sqrt2 - 1) / (4 * std::numbers::sqrt2);
  return {{quarter, d1}, {-quarter, -d1}, {3 * quarter, -d2}, {-3 * quarter, d2}};
}

}  // namespace

ParameterShift::ParameterShift(const Circuit& circuit) : circuit_(circuit), parameters_(circuit.parameters()) {
  const std::vector<bool> matters = influences_outcomes(circuit);
  std::vector<Gate> gates(circuit.gates().begin(), circuit.gates().end());
  std::vector<bool> taken(parameters_);
  for (std::size_t i = 0; i < gates.size(); ++i) {
    Angle& angle = gates[i].angle;
    if (angle.is_constant() || angle.scale == 0 || !matters[i]) continue;
    const auto parameter = static_cast<std::size_t>(angle.parameter);
    if (taken[parameter]) {
      angle.parameter = static_cast<std::int32_t>(parameters_ + parameter_of_column_.size());
      parameter_of_column_.push_back(parameter);
    }
    taken[parameter] = true;
    add_rows(gates[i], parameter);
  }
  // An unseen gate may still use a column that its visible fellow moves, because nobody sees it.
  if (!parameter_of_column_.empty()) circuit_ = Circuit(circuit.qubits(), std::move(gates));
}

void ParameterShift::add_rows(const Gate& gate, std::size_t parameter) {
  for (const ShiftTerm& term : shift_rule(gate))
    shifted_.push_back({.parameter = parameter,
                        .column = static_cast<std::size_t>(gate.angle.parameter),
                        .shift = term.shift / gate.angle.scale,
                        .coefficient = term.coefficient * gate.angle.scale});
}

std::vector<double> ParameterShift::columns_of(Theta theta) const {
  std::vector<double> columns(theta.begin(), theta.end());
  for (const std::size_t parameter : parameter_of_column_) columns.push_back(theta[parameter]);
  return columns;
}

ParameterRows ParameterShift::rows(std::span<const std::vector<double>> thetas) const {
  std::vector<double> values;
  for (const std::vector<double>& theta : thetas) {
    const std::vector<double> columns = columns_of(theta);
    values.insert(values.end(), columns.begin(), columns.end());
  }
  return ParameterRows(thetas.size(), parameters_ + parameter_of_column_.size(), std::move(values));
}

ParameterRows ParameterShift::rows(Theta theta, bool with_shifts) const {
  const std::vector<double> base = columns_of(theta);
  const std::size_t rows = with_shifts ? shifted_.size() + 1 : 1;
  std::vector<double> values;
  values.reserve(rows * base.size());
  values.insert(values.end(), base.begin(), base.end());
  for (std::size_t row = 1; row < rows; ++row) {
    values.insert(values.end(), base.begin(), base.end());
    values[row * base.size() + shifted_[row - 1].column] += shifted_[row - 1].shift;
  }
  return ParameterRows(rows, base.size(), std::move(values));
}

}  // namespace bornite
