#pragma once
// What a training is going to take, for people to look at before anything is spent.

#include "bornite/backend/backend.hpp"
#include "bornite/train/trainer.hpp"

namespace bornite::cli {

/// Prints the plan with what the backend says that each request takes and all of them together: jobs, shots, money and
/// time of a processor. Sends no job. The exit code.
[[nodiscard]] Result<int> print_plan(const TrainingPlan& plan, const Problem& problem, const TrainingSettings& settings,
                                     QuantumBackend& backend, bool json);

}  // namespace bornite::cli
