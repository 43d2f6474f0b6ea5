#include "bornite/train/state_report.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "bornite/backend/sample.hpp"
#include "bornite/inference/distribution_summary.hpp"
#include "bornite/inference/sample.hpp"
#include "bornite/network/prediction.hpp"

namespace bornite {
namespace {

constexpr double near_optimum = 1e-4;
constexpr double negligible_mass = 1e-9;
constexpr std::uint32_t report_step = 0xfffffffe;  // apart from the steps of a training

Result<PredictionScore> score_predictions(const Encoding& encoding, const Dataset& data,
                                          std::span<const double> predictions) {
  if (encoding.spec().output == OutputKind::regression) {
    double sum = 0;
    for (std::size_t i = 0; i < data.rows(); ++i)
      sum += (predictions[i] - data.targets[i]) * (predictions[i] - data.targets[i]);
    return PredictionScore{.mean_squared_error = sum / static_cast<double>(data.rows())};
  }
  BORNITE_TRY(const Calibration scores, calibration(predictions, encoding.spec().widths.back(), data.targets));
  return PredictionScore{.classification = scores};
}

Result<PredictionScore> score_network(const Encoding& encoding, const Dataset& data, const Bitstring& bits) {
  return score_predictions(encoding, data, encoding.decode(bits).outputs(data));
}

/// Indices of the most probable strings, most probable first, that leave out at most `negligible_mass`.
std::vector<std::uint64_t> probable_strings(std::span<const double> q, double& dropped) {
  std::vector<std::uint64_t> order(q.size());
  std::iota(order.begin(), order.end(), std::uint64_t{0});
  std::ranges::stable_sort(order, [&](std::uint64_t a, std::uint64_t b) { return q[a] > q[b]; });
  dropped = 0;  // summed from the small end, where nothing is lost to rounding
  while (order.size() > 1 && dropped + q[order.back()] <= negligible_mass) {
    dropped += q[order.back()];
    order.pop_back();
  }
  return order;
}

NetworkOutcome sampled_network(const ShotRow& row, std::span<const double> costs, std::size_t index) {
  const Sample drawn(row);
  std::vector<double> hits(row.size());
  hits[index] = 1;
  return {Bitstring(row.strings()[index]), costs[index], drawn.mean(hits), drawn.standard_error(hits)};
}

}  // namespace

StreamKey report_stream(std::uint64_t seed, std::size_t restart) {
  return {.seed = seed, .restart = static_cast<std::uint32_t>(restart), .step = report_step};
}

StateReporter::StateReporter(const Problem& problem, QuantumBackend& backend, const Circuit& circuit,
                             CachedCosts& costs, const CostTable* table, std::uint64_t shots)
    : problem_(problem), backend_(backend), circuit_(circuit), costs_(costs), table_(table), shots_(shots) {}

Result<StateReport> StateReporter::report(Theta theta, const StreamKey& stream) const {
  NetworkEnsemble ignored;
  return report(theta, stream, ignored);
}

Result<StateReport> StateReporter::report(Theta theta, const StreamKey& stream, NetworkEnsemble& ensemble) const {
  const SampleRequest request{.circuit = circuit_,
                              .rows = ParameterRows(1, theta.size(), {theta.begin(), theta.end()}),
                              .shots = Shots(shots_),
                              .stream = stream};
  BORNITE_TRY(const ShotTable table, sample(backend_, request));
  const ShotRow& row = table[0];
  std::vector<double> costs(row.size());
  BORNITE_CHECK(costs_.costs(row.strings(), costs));
  const auto best = static_cast<std::size_t>(std::ranges::min_element(costs) - costs.begin());

  StateReport report;
  report.drawn = shots_;
  report.best = sampled_network(row, costs, best);
  auto* exact = table_ ? dynamic_cast<ExactBackend*>(&backend_) : nullptr;
  if (exact) {
    BORNITE_CHECK(describe_exactly(*exact, theta, report, ensemble));
  } else {
    describe_sample(row, costs, report, ensemble);
  }
  if (problem_.encoding) BORNITE_CHECK(score(ensemble, report));
  return report;
}

Result<void> StateReporter::describe_exactly(ExactBackend& backend, Theta theta, StateReport& report,
                                             NetworkEnsemble& ensemble) const {
  BORNITE_TRY(const Distribution distribution, backend.probabilities(circuit_, theta));
  const std::span<const double> q = distribution.probabilities();
  const DistributionSummary summary = summarise(q, table_->costs(), {.gap = near_optimum});
  const auto network = [&](std::uint64_t index) {
    return NetworkOutcome{Bitstring::from_index(table_->bits(), index), (*table_)[index], q[index]};
  };
  report.expected_cost = summary.expected_cost;
  report.entropy = summary.entropy;
  report.most_probable = network(summary.most_probable);
  report.optimum = network(table_->best());
  report.mass_near_optimum = summary.mass_near_optimum;
  report.best.probability = q[report.best.bits.index()];
  report.best.probability_error.reset();

  ensemble = {BitstringList(table_->bits()), {}};
  for (const std::uint64_t index : probable_strings(q, report.dropped_mass)) {
    ensemble.strings.push_back(Bitstring::from_index(table_->bits(), index));
    ensemble.weights.push_back(q[index]);
  }
  const double kept = std::accumulate(ensemble.weights.rbegin(), ensemble.weights.rend(), 0.0);
  for (double& weight : ensemble.weights) weight /= kept;
  return {};
}

void StateReporter::describe_sample(const ShotRow& row, std::span<const double> costs, StateReport& report,
                                    NetworkEnsemble& ensemble) const {
  const Sample drawn(row);
  const DistributionSummary summary = summarise(row, costs);
  report.expected_cost = summary.expected_cost;
  report.expected_cost_error = drawn.standard_error(costs);
  report.entropy = summary.entropy;
  std::vector<double> surprise(drawn.size());
  std::ranges::transform(drawn.weights(), surprise.begin(), [](double weight) { return -std::log(weight); });
  report.entropy_error = drawn.standard_error(surprise);
  report.most_probable = sampled_network(row, costs, summary.most_probable);
  ensemble = {row.strings(), {drawn.weights().begin(), drawn.weights().end()}};
}

Result<void> StateReporter::score(const NetworkEnsemble& ensemble, StateReport& report) const {
  const Encoding& encoding = *problem_.encoding;
  const auto part = [&](const Dataset& data) -> Result<PartScores> {
    PartScores scores;
    BORNITE_TRY(const std::vector<double> mean,
                posterior_predictive(encoding, data, ensemble.strings, ensemble.weights));
    BORNITE_TRY(scores.posterior, score_predictions(encoding, data, mean));
    BORNITE_TRY(scores.most_probable, score_network(encoding, data, report.most_probable.bits));
    BORNITE_TRY(scores.best, score_network(encoding, data, report.best.bits));
    return scores;
  };
  BORNITE_TRY(report.train, part(problem_.data.train));
  if (problem_.data.test.rows() > 0) {
    BORNITE_TRY(report.test, part(problem_.data.test));
  }
  return {};
}

}  // namespace bornite
