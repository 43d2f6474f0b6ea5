#pragma once
// Everything a training needs to know besides the problem.

#include "bornite/circuit/ansatz.hpp"
#include "bornite/circuit/circuit.hpp"
#include "bornite/inference/objective.hpp"
#include "bornite/optimize/optimizer.hpp"
#include "bornite/train/estimator.hpp"
#include "bornite/train/problem.hpp"
#include "bornite/util/config.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <string>

namespace bornite {

struct CircuitSettings {
  AnsatzKind ansatz = AnsatzKind::brickwork;
  std::size_t depth = 4;
};

struct TrainingSettings {
  CircuitSettings circuit{};
  ObjectiveSettings objective{};
  OptimizerSettings optimizer{};
  /// Random starts that each restart tries in turn; it keeps the one that ends lowest. Start s of restart r draws what
  /// restart r + s * restarts would draw.
  std::uint64_t starts = 1;
  Annealing annealing{};
  std::string backend = "statevector";  ///< NAME or NAME:DEVICE
  std::uint64_t shots = 0;              ///< per row; 0 means exact probabilities
  std::uint64_t restarts = 1;
  std::uint64_t seed = 0;
  std::uint64_t evaluation_shots = 1024;  ///< networks drawn from each trained circuit to find its best one
};

/// Reads circuit.* only.
[[nodiscard]] Result<CircuitSettings> read_circuit_settings(Config& config);

/// Reads circuit.*, objective.*, prior.*, optimizer.*, annealing.*, backend, shots, restarts, seed and
/// evaluation.shots. Every key is read whatever the others say, so that all of them are known and written out. Defaults
/// that depend on the problem: objective.beta = 1/n for n training examples, objective.gamma = 2/N for N qubits.
[[nodiscard]] Result<TrainingSettings> read_training_settings(Config& config, const Problem& problem);

}  // namespace bornite
