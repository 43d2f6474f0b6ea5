#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

/// Where the strings of each row begin, and where the last ones end.
std::vector<std::size_t> first_strings(const ShotTable& table) {
  std::vector<std::size_t> first{0};
  for (std::size_t row = 0; row < table.rows(); ++row) first.push_back(first.back() + table[row].size());
  return first;
}

double norm(std::span<const double> values) {
  double squares = 0;
  for (const double value : values) squares += value * value;
  return std::sqrt(squares);
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

SampleRequest ShotEstimator::request(Theta theta, bool with_gradient, const StreamKey& stream) const {
  return {
      .circuit = shift_.circuit(), .rows = shift_.rows(theta, with_gradient), .shots = Shots(shots_), .stream = stream};
}

Result<Estimate> ShotEstimator::evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream) const {
  const bool with_gradient = !gradient.empty();
  BORNITE_TRY(const ShotTable table, sample(backend_, request(theta, with_gradient, stream)));
  const BitstringList strings = strings_of_all_rows(table);
  std::vector<double> costs(strings.size());
  BORNITE_CHECK(costs_.costs(strings, costs));

  const Sample base(table[0]);
  const std::span<const double> base_costs = std::span(costs).first(base.size());
  BORNITE_TRY(const ObjectiveTerms terms, objective_.sampled(base, base_costs));
  const EvaluationDemand taken = demand(with_gradient);
  Estimate estimate{.terms = terms, .jobs = taken.jobs, .shots = taken.shots};
  if (!with_gradient) return estimate;
  std::vector<double> g(strings.size());
  BORNITE_CHECK(objective_.sampled_effective_cost(base, base_costs, strings, costs, g));
  estimate.gradient_norm_error = add_up(table, strings, g, gradient);
  return estimate;
}

Result<std::vector<Estimate>> ShotEstimator::evaluate_all(std::span<const std::vector<double>> thetas,
                                                          const StreamKey& stream) const {
  const SampleRequest request{
      .circuit = shift_.circuit(), .rows = shift_.rows(thetas), .shots = Shots(shots_), .stream = stream};
  BORNITE_TRY(const ShotTable table, sample(backend_, request));
  const BitstringList strings = strings_of_all_rows(table);
  std::vector<double> costs(strings.size());
  BORNITE_CHECK(costs_.costs(strings, costs));
  const std::vector<std::size_t> first = first_strings(table);
  std::vector<Estimate> estimates;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    BORNITE_TRY(const ObjectiveTerms terms,
                objective_.sampled(table[row], std::span(costs).subspan(first[row], table[row].size())));
    estimates.push_back({.terms = terms, .jobs = row == 0 ? std::uint64_t{1} : 0, .shots = shots_});
  }
  return estimates;
}

std::optional<double> ShotEstimator::add_up(const ShotTable& table, const BitstringList& strings,
                                            std::span<const double> g, std::span<double> gradient) const {
  const std::vector<std::size_t> first = first_strings(table);
  const std::span<const ShiftedRow> shifted = shift_.shifted_rows();
  std::vector<double> errors(shifted.size());  // of each row's share in its component
  std::vector<double> weights(strings.size());
  std::ranges::fill(gradient, 0.0);
  for (std::size_t i = 0; i < shifted.size(); ++i) {
    const Sample row(table[i + 1]);
    const std::span<const double> own = g.subspan(first[i + 1], row.size());
    gradient[shifted[i].parameter] += shifted[i].coefficient * row.mean(own);
    errors[i] = shifted[i].coefficient * row.standard_error(own).value_or(0);
    std::ranges::copy(row.weights(), weights.begin() + static_cast<std::ptrdiff_t>(first[i + 1]));
  }
  const double length = norm(gradient);
  if (shots_ < 2 || length == 0) return std::nullopt;
  // The norm moves with each row's mean, and with the base sample that all rows are compared to.
  for (std::size_t i = 0; i < shifted.size(); ++i) {
    const double slope = gradient[shifted[i].parameter] / length;
    errors[i] *= slope;
    for (std::size_t s = first[i + 1]; s < first[i + 2]; ++s) weights[s] *= slope * shifted[i].coefficient;
  }
  const Sample base(table[0]);
  errors.push_back(base.standard_error(objective_.influence_of_base(base, strings, weights)).value_or(0));
  return norm(errors);
}

}  // namespace bornite
