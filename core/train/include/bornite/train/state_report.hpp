#pragma once
// What a circuit at given angles amounts to: the networks it yields, and how well they predict.

#include "bornite/backend/exact_backend.hpp"
#include "bornite/circuit/circuit.hpp"
#include "bornite/inference/calibration.hpp"
#include "bornite/network/cached_costs.hpp"
#include "bornite/network/cost_table.hpp"
#include "bornite/train/problem.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bornite {

/// A network and how likely it is. From shots, the probability is its share of them; the cost is exact all the same.
struct NetworkOutcome {
  Bitstring bits;
  double cost = 0;
  double probability = 0;
  std::optional<double> probability_error{};  ///< standard error, from shots
};

/// How good predictions are: `classification` where targets are classes, `mean_squared_error` for regression.
struct PredictionScore {
  std::optional<Calibration> classification{};
  std::optional<double> mean_squared_error{};
};

/// Scores on one part of the data.
struct PartScores {
  PredictionScore posterior;      ///< of the mean prediction over the outcome distribution
  PredictionScore most_probable;  ///< of one network
  PredictionScore best;
};

struct StateReport {
  double expected_cost = 0;
  std::optional<double> expected_cost_error{};  ///< standard error, from shots
  double entropy = 0;                           ///< of the outcomes, nats; from shots a plug-in estimate
  std::optional<double> entropy_error{};        ///< standard error, from shots; the bias of the estimate is apart
  NetworkOutcome most_probable;
  NetworkOutcome best;                        ///< lowest cost among the networks drawn
  std::uint64_t drawn = 0;                    ///< how many were drawn to find `best`
  std::optional<NetworkOutcome> optimum{};    ///< lowest cost of all strings, when all costs are known
  std::optional<double> mass_near_optimum{};  ///< probability of costs within 1e-4 of the optimum
  double dropped_mass = 0;                    ///< probability left out of the posterior prediction, at most 1e-9
  std::optional<PartScores> train{};          ///< absent for a cost table
  std::optional<PartScores> test{};           ///< absent without test data
};

/// Networks with weights that sum to 1: what a posterior prediction averages over.
struct NetworkEnsemble {
  BitstringList strings;
  std::vector<double> weights;
};

/// The random numbers of the report on a restart when its training is over. With them, evaluate and predict draw the
/// networks that the training drew.
[[nodiscard]] StreamKey report_stream(std::uint64_t seed, std::size_t restart);

/// Makes such reports. May be used from several threads at once. Everything is referred to and must live as long.
class StateReporter {
 public:
  /// With `table` and an ExactBackend, all but `best` is exact; otherwise everything is estimated from `shots` shots.
  StateReporter(const Problem& problem, QuantumBackend& backend, const Circuit& circuit, CachedCosts& costs,
                const CostTable* table, std::uint64_t shots);

  [[nodiscard]] Result<StateReport> report(Theta theta, const StreamKey& stream) const;
  /// The same, and into `ensemble` the networks that the circuit yields.
  [[nodiscard]] Result<StateReport> report(Theta theta, const StreamKey& stream, NetworkEnsemble& ensemble) const;

 private:
  [[nodiscard]] Result<void> describe_exactly(ExactBackend& backend, Theta theta, StateReport& report,
                                              NetworkEnsemble& ensemble) const;
  void describe_sample(const ShotRow& row, std::span<const double> costs, StateReport& report,
                       NetworkEnsemble& ensemble) const;
  [[nodiscard]] Result<void> score(const NetworkEnsemble& ensemble, StateReport& report) const;

  const Problem& problem_;
  QuantumBackend& backend_;
  const Circuit& circuit_;
  CachedCosts& costs_;
  const CostTable* table_;
  std::uint64_t shots_;
};

}  // namespace bornite
