#pragma once
// A state vector, gate by gate, for verification: as plain as can be, and independent of the engines.

#include <complex>
#include <span>
#include <vector>

#include "bornite/circuit/gate.hpp"

namespace bornite {

class SmallState {
 public:
  /// |0...0>
  explicit SmallState(std::size_t qubits) : amplitudes_(std::size_t{1} << qubits) { amplitudes_[0] = 1; }

  void apply(const Gate& gate, std::span<const double> theta);
  /// Qubit i is bit i of the index.
  [[nodiscard]] const std::vector<std::complex<double>>& amplitudes() const { return amplitudes_; }

 private:
  std::vector<std::complex<double>> amplitudes_;
};

}  // namespace bornite
