#include <fmt/format.h>

#include <algorithm>

#include "bornite/backend/sample.hpp"
#include "bornite/train/estimator.hpp"

namespace bornite {
namespace {

/// Whether the objective can be estimated from so few shots, tried on a sample of equal strings.
Result<void> check_shots(const Objective& objective, std::size_t bits, std::uint64_t shots) {
  BitstringList strings(bits);
  strings.push_back(Bitstring(bits));
  BORNITE_TRY(const ShotRow sample, ShotRow::create(std::move(strings), {shots}, shots));
  const double cost = 0;
  BORNITE_CHECK(objective.sampled(sample, std::span(&cost, 1)));
  return {};
}

/// The distinct strings of each row, row after row.
BitstringList strings_of_all_rows(const ShotTable& table) {
  std::size_t words = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) words += table[row].strings().words().size();
  std::vector<std::uint64_t> all;
  all.reserve(words);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto own = table[row].strings().words();
    all.insert(all.end(), own.begin(), own.end());
  }
  return BitstringList(table[0].bits(), std::move(all));
}

/// Of numbers that belong to the distinct strings of a row.
double mean_over_shots(const ShotRow& row, std::span<const double> values) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += static_cast<double>(row.counts()[i]) * values[i];
  return sum / static_cast<double>(row.shots());
}

}  // namespace

ShotEstimator::ShotEstimator(QuantumBackend& backend, const Circuit& circuit, const Objective& objective,
                             CachedCosts& costs, std::uint64_t shots)
    : backend_(backend), shift_(circuit), objective_(objective), costs_(costs), shots_(shots) {}

Result<std::unique_ptr<ShotEstimator>> ShotEstimator::create(QuantumBackend& backend, const Circuit& circuit,
                                                             const Objective& objective, CachedCosts& costs,
                                                             std::uint64_t shots) {
  if (objective.needs_probabilities())
    return Error{ErrorKind::unsupported,
                 fmt::format("The objective {} needs exact probabilities, which shots do not give.", objective.name()),
                 "Use the objective selbo, which needs only shots, or an exact backend without --shots."};
  BORNITE_CHECK(check_shots(objective, circuit.qubits(), shots));
  return std::unique_ptr<ShotEstimator>(new ShotEstimator(backend, circuit, objective, costs, shots));
}

EvaluationDemand ShotEstimator::demand(bool with_gradient) const {
  const std::uint64_t rows = with_gradient ? 1 + shift_.shifted_rows().size() : 1;
  return {.jobs = 1, .rows = rows, .shots = rows * shots_};
}

Result<Estimate> ShotEstimator::evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream) const {
  const bool with_gradient = !gradient.empty();
  const SampleRequest request{
      .circuit = shift_.circuit(), .rows = shift_.rows(theta, with_gradient), .shots = Shots(shots_), .stream = stream};
  BORNITE_TRY(const ShotTable table, sample(backend_, request));
  const BitstringList strings = strings_of_all_rows(table);
  std::vector<double> costs(strings.size());
  BORNITE_CHECK(costs_.costs(strings, costs));

  const ShotRow& base = table[0];
  const std::span<const double> base_costs = std::span(costs).first(base.size());
  BORNITE_TRY(const ObjectiveTerms terms, objective_.sampled(base, base_costs));
  if (with_gradient) {
    std::vector<double> g(strings.size());
    BORNITE_CHECK(objective_.sampled_effective_cost(base, base_costs, strings, costs, g));
    std::ranges::fill(gradient, 0.0);
    std::size_t first = base.size();  // of the row's strings
    for (std::size_t row = 1; row < table.rows(); first += table[row++].size()) {
      const ShiftedRow& shifted = shift_.shifted_rows()[row - 1];
      gradient[shifted.parameter] +=
          shifted.coefficient * mean_over_shots(table[row], std::span(g).subspan(first, table[row].size()));
    }
  }
  const EvaluationDemand taken = demand(with_gradient);
  return Estimate{.terms = terms, .jobs = taken.jobs, .shots = taken.shots};
}

}  // namespace bornite
