#pragma once
// Circuits as IonQ's JSON.

#include "bornite/backend/backend.hpp"
#include "bornite/circuit/circuit.hpp"

#include <nlohmann/json.hpp>

namespace bornite {

/// The gates in the gate set "qis" at the parameters, up to a global phase. Angles are in radians.
[[nodiscard]] nlohmann::json ionq_gates(const Circuit& circuit, Theta theta);

}  // namespace bornite
