#pragma once
// Angles at which a circuit prepares the states that readout is calibrated with.

#include "bornite/circuit/circuit.hpp"
#include "bornite/util/error.hpp"

#include <vector>

namespace bornite {

struct CalibrationAngles {
  std::vector<double> zeros;  ///< parameters at which the state is |0...0>
  std::vector<double> ones;   ///< at which it is |1...1>
};

/// Turns each qubit's last rx or ry, by nothing or by pi, and no other. Refuses a circuit that then leaves the basis
/// states, as one with fixed Hadamard gates does.
[[nodiscard]] Result<CalibrationAngles> calibration_angles(const Circuit& circuit);

}  // namespace bornite
