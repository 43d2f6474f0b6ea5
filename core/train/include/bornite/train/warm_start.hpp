#pragma once
// Angles of an earlier training as the start of another one, e.g. of a simulator's as the start on a device.

#include "bornite/backend/backend.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>

namespace bornite {

/// The angles that `from` holds: those of a run's folder, with the restart of the lowest objective first, or those of a
/// file, in its order. Refuses a run that is not finished, and one of another ansatz, depth or number of qubits.
[[nodiscard]] Result<ParameterRows> load_warm_start(const std::filesystem::path& from, const CircuitSettings& circuit,
                                                    std::size_t qubits, std::size_t parameters);

}  // namespace bornite
