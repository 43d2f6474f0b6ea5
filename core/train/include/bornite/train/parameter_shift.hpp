#pragma once
// Derivatives of expectations from the same circuit at shifted angles.

#include "bornite/backend/backend.hpp"
#include "bornite/circuit/circuit.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// One evaluation of the circuit with one angle moved, and what its expectation adds to the gradient.
struct ShiftedRow {
  std::size_t parameter = 0;  ///< of the original circuit
  std::size_t column = 0;     ///< of the rows that is moved
  double shift = 0;           ///< added to the column, in the unit of the parameter
  double coefficient = 0;     ///< of the row's expectation in the derivative by the parameter
};

/// With t one angle of a circuit and f an expectation, exactly,
///   df/dt = (f(t + pi/2) - f(t - pi/2)) / 2                                   rx, ry, rz; phase, however controlled
///   df/dt = d1 (f(t + pi/2) - f(t - pi/2)) - d2 (f(t + 3 pi/2) - f(t - 3 pi/2))            controlled rx, ry, rz
/// with d1, d2 = (sqrt(2) +- 1) / (4 sqrt(2)), because f has no other frequencies than 1, or 1/2 and 1 (Schuld et al.,
/// Physical Review A 99, 032331 (2019); Anselmetti et al., New Journal of Physics 23, 113010 (2021)). A parameter of
/// several gates has the sum of their derivatives, each times the scale of the angle. Gates that the outcomes do not
/// depend on have no rows.
class ParameterShift {
 public:
  explicit ParameterShift(const Circuit& circuit);

  /// The circuit that the rows are for: the original one, but that each further gate of a shared parameter has a column
  /// of its own.
  [[nodiscard]] const Circuit& circuit() const { return circuit_; }
  [[nodiscard]] std::span<const ShiftedRow> shifted_rows() const { return shifted_; }
  /// The row for theta itself alone, or followed by those of shifted_rows().
  [[nodiscard]] ParameterRows rows(Theta theta, bool with_shifts) const;
  /// One row for each theta.
  [[nodiscard]] ParameterRows rows(std::span<const std::vector<double>> thetas) const;

 private:
  [[nodiscard]] std::vector<double> columns_of(Theta theta) const;
  void add_rows(const Gate& gate, std::size_t parameter);

  Circuit circuit_;
  std::size_t parameters_;                          // of the original circuit
  std::vector<std::size_t> parameter_of_column_{};  // beyond those of the original circuit
  std::vector<ShiftedRow> shifted_{};
};

}  // namespace bornite
