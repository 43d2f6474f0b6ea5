#pragma once
// Results as JSON text.

#include "bornite/train/trainer.hpp"

#include <string>

namespace bornite {

/// The document of result.json: problem, objective, backend, ansatz, depth, qubits, parameters, seed, version,
/// best_restart and one entry per restart. Apart from `seconds` it depends on the settings alone.
[[nodiscard]] std::string result_json(const Problem& problem, const TrainingSettings& settings, std::size_t parameters,
                                      const TrainingResult& result);

/// One state, as `bornite evaluate` prints it.
[[nodiscard]] std::string state_json(const StateReport& state);

}  // namespace bornite
