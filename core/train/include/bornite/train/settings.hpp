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
#include <filesystem>
#include <string>
#include <vector>

namespace bornite {

struct CircuitSettings {
  AnsatzKind ansatz = AnsatzKind::brickwork;
  std::size_t depth = 4;
};

/// Stages before the objective itself. Each minimises the mean of the lowest part of the costs (the objective cvar),
/// from where the stage before ended. A small part first, larger ones later lead past many local minima: ascending CVaR
/// (Kolotouros and Wallden, Physical Review Research 4, 023225 (2022)).
struct Warmup {
  std::vector<double> alphas{};  ///< of each stage, in (0, 1]; empty: no warm-up
  std::uint64_t iterations = 0;  ///< of each stage, in the optimiser's unit
};

struct TrainingSettings {
  CircuitSettings circuit{};
  ObjectiveSettings objective{};
  OptimizerSettings optimizer{};
  Warmup warmup{};
  std::string backend = "statevector";       ///< NAME or NAME:DEVICE
  std::uint64_t shots = 0;                   ///< per row; 0 means exact probabilities
  Mitigation mitigation = Mitigation::none;  ///< of the steps; the closing reports show what the device gives
  ShotAllocation allocation = ShotAllocation::equal;
  bool common_seeds = false;  ///< of rows that are subtracted from each other, on simulators
  std::uint64_t restarts = 1;
  std::uint64_t seed = 0;
  /// Where the restarts begin: a finished run's folder or a file of angles; empty: at random. Restart r begins at row r
  /// of load_warm_start(), counted round and round.
  std::filesystem::path init{};
  std::uint64_t evaluation_shots = 1024;  ///< networks drawn from each trained circuit to find its best one
};

/// Reads circuit.* only.
[[nodiscard]] Result<CircuitSettings> read_circuit_settings(Config& config);

/// Reads circuit.*, objective.*, prior.*, optimizer.*, warmup.*, backend, shots, restarts, seed,
/// init and evaluation.shots. Every key is read whatever the others say, so that all of them are known and written out.
/// Defaults that depend on the problem: objective.beta = 1/n for n training examples, objective.gamma = 2/N for N
/// qubits.
[[nodiscard]] Result<TrainingSettings> read_training_settings(Config& config, const Problem& problem);

}  // namespace bornite
