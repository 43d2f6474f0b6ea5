#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "bornite/backend/sample.hpp"
#include "bornite/inference/readout.hpp"
#include "bornite/train/estimator.hpp"
#include "bornite/util/parallel.hpp"
#include "calibration_angles.hpp"

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

/// The distinct strings of each sample, one after the other.
BitstringList all_strings(const std::vector<Sample>& samples) {
  std::size_t words = 0;
  for (const Sample& sample : samples) words += sample.strings().words().size();
  std::vector<std::uint64_t> all;
  all.reserve(words);
  for (const Sample& sample : samples) {
    const auto own = sample.strings().words();
    all.insert(all.end(), own.begin(), own.end());
  }
  return BitstringList(samples[0].bits(), std::move(all));
}

/// Where the strings of each sample begin in all_strings(), and where the last ones end.
std::vector<std::size_t> first_strings(const std::vector<Sample>& samples) {
  std::vector<std::size_t> first{0};
  for (const Sample& sample : samples) first.push_back(first.back() + sample.size());
  return first;
}

Result<std::vector<Sample>> mitigated(const ShotTable& table, std::size_t rows,
                                      const std::vector<ReadoutError>& errors) {
  std::vector<std::optional<Result<Sample>>> outcomes(rows);
  parallel_for(rows, [&](std::size_t row) { outcomes[row].emplace(mitigate(table[row], errors)); });
  std::vector<Sample> samples;
  for (auto& outcome : outcomes) {
    if (!*outcome) return outcome->error();
    samples.push_back(*std::move(*outcome));
  }
  return samples;
}

/// Of all rows but the last two, which tell the readout errors, if there are such.
Result<std::vector<Sample>> samples_of(const ShotTable& table, bool calibrated) {
  if (!calibrated) {
    std::vector<Sample> samples;
    for (std::size_t row = 0; row < table.rows(); ++row) samples.emplace_back(table[row]);
    return samples;
  }
  const std::size_t rows = table.rows() - 2;
  BORNITE_TRY(const auto errors, readout_errors(table[rows], table[rows + 1]));
  return mitigated(table, rows, errors);
}

double norm(std::span<const double> values) {
  double squares = 0;
  for (const double value : values) squares += value * value;
  return std::sqrt(squares);
}

/// Rows by whose number the streams of all rows are chosen: two rows that follow each other share one from `first` on,
/// up to those of the calibration, which are nobody's pair.
std::vector<std::uint32_t> paired(std::size_t first, std::size_t rows, std::size_t calibrations) {
  std::vector<std::uint32_t> chosen(rows + calibrations);
  std::iota(chosen.begin(), chosen.end(), 0U);
  for (std::size_t row = first + 1; row < rows; row += 2) chosen[row] = chosen[row - 1];
  return chosen;
}

}  // namespace

/// The samples of a request's rows, and the costs of all their strings.
struct ShotEstimator::Measured {
  std::unique_ptr<const ShotTable> table;  // referred to by the samples
  std::vector<Sample> samples;
  BitstringList strings = all_strings(samples);
  std::vector<std::size_t> first = first_strings(samples);
  std::vector<double> costs = std::vector<double>(strings.size());

  [[nodiscard]] std::span<const double> costs_of(std::size_t sample) const { return of(sample, costs); }
  /// Those of the numbers for all strings that belong to one sample.
  [[nodiscard]] std::span<const double> of(std::size_t sample, std::span<const double> numbers) const {
    return numbers.subspan(first[sample], first[sample + 1] - first[sample]);
  }
};

ShotEstimator::ShotEstimator(QuantumBackend& backend, const Circuit& circuit, const Objective& objective,
                             CachedCosts& costs, std::uint64_t shots, const ShotOptions& options)
    : backend_(backend), shift_(circuit), objective_(objective), costs_(costs), shots_(shots), options_(options) {}

Result<std::unique_ptr<ShotEstimator>> ShotEstimator::create(QuantumBackend& backend, const Circuit& circuit,
                                                             const Objective& objective, CachedCosts& costs,
                                                             std::uint64_t shots, const ShotOptions& options) {
  if (objective.needs_probabilities())
    return Error{ErrorKind::unsupported,
                 fmt::format("The objective {} needs exact probabilities, which shots do not give.", objective.name()),
                 "Use the objective selbo, which needs only shots, or an exact backend without --shots."};
  BORNITE_CHECK(check_shots(objective, circuit.qubits(), shots));
  if (options.allocation == ShotAllocation::variance && backend.capabilities().uniform_shots)
    return Error{ErrorKind::unsupported,
                 fmt::format("Shots cannot be allocated by variance on {}, where all circuits of a job have as many.",
                             backend.capabilities().name),
                 "Leave the shots equal."};
  auto estimator =
      std::unique_ptr<ShotEstimator>(new ShotEstimator(backend, circuit, objective, costs, shots, options));
  if (options.mitigation == Mitigation::readout) {
    BORNITE_TRY(CalibrationAngles angles, calibration_angles(estimator->shift_.circuit()));
    estimator->calibrations_ = {std::move(angles.zeros), std::move(angles.ones)};
  }
  return estimator;
}

EvaluationDemand ShotEstimator::demand(bool with_gradient) const {
  const std::uint64_t rows = (with_gradient ? 1 + shift_.shifted_rows().size() : 1) + calibrations_.size();
  return {.jobs = 1, .rows = rows, .shots = rows * shots_};
}

SampleRequest ShotEstimator::request(const ParameterRows& rows, const StreamKey& stream,
                                     std::size_t first_paired) const {
  std::vector<double> values;
  for (std::size_t row = 0; row < rows.rows(); ++row) values.insert(values.end(), rows[row].begin(), rows[row].end());
  for (const std::vector<double>& row : calibrations_) values.insert(values.end(), row.begin(), row.end());
  return {.circuit = shift_.circuit(),
          .rows = ParameterRows(rows.rows() + calibrations_.size(), rows.columns(), std::move(values)),
          .shots = Shots(shots_),
          .stream = stream,
          .stream_rows = options_.common_seeds ? paired(first_paired, rows.rows(), calibrations_.size())
                                               : std::vector<std::uint32_t>()};
}

SampleRequest ShotEstimator::request(Theta theta, bool with_gradient, const StreamKey& stream) const {
  return request(shift_.rows(theta, with_gradient), stream, 1);
}

SampleRequest ShotEstimator::request(std::span<const std::vector<double>> thetas, const StreamKey& stream) const {
  return request(shift_.rows(thetas), stream, 0);
}

Shots ShotEstimator::allocate(std::span<const double> row_spreads) const {
  const std::size_t rows = shift_.shifted_rows().size();
  const double sum = std::reduce(row_spreads.begin(), row_spreads.end(), 0.0);
  if (options_.allocation == ShotAllocation::equal || row_spreads.size() != rows || !(sum > 0)) return Shots(shots_);
  const std::uint64_t least = std::min(shots_, std::max<std::uint64_t>(2, shots_ / 8));
  std::uint64_t left = rows * (shots_ - least);
  const auto shared = static_cast<double>(left);
  std::vector<std::uint64_t> shots{shots_};
  for (const double spread : row_spreads) {
    const std::uint64_t more = std::min(left, static_cast<std::uint64_t>(shared * (spread / sum)));
    shots.push_back(least + more);
    left -= more;
  }
  for (std::size_t row = 1; left > 0; row = row % rows + 1, --left) ++shots[row];  // what rounding left over
  shots.insert(shots.end(), calibrations_.size(), shots_);
  return Shots(std::move(shots));
}

Result<ShotEstimator::Measured> ShotEstimator::measure(const SampleRequest& request) const {
  BORNITE_TRY(ShotTable outcomes, sample(backend_, request));
  auto table = std::make_unique<const ShotTable>(std::move(outcomes));
  BORNITE_TRY(std::vector<Sample> samples, samples_of(*table, !calibrations_.empty()));
  Measured measured{.table = std::move(table), .samples = std::move(samples)};
  BORNITE_CHECK(costs_.costs(measured.strings, measured.costs));
  return measured;
}

Result<Estimate> ShotEstimator::evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream,
                                         std::span<const double> row_spreads) const {
  const bool with_gradient = !gradient.empty();
  SampleRequest asked = request(theta, with_gradient, stream);
  if (with_gradient) asked.shots = allocate(row_spreads);
  BORNITE_TRY(const Measured measured, measure(asked));
  const Sample& base = measured.samples[0];
  BORNITE_TRY(const ObjectiveTerms terms, objective_.sampled(base, measured.costs_of(0)));
  const EvaluationDemand taken = demand(with_gradient);
  Estimate estimate{.terms = terms, .jobs = taken.jobs, .shots = taken.shots};
  if (!with_gradient) return estimate;
  std::vector<double> g(measured.strings.size());
  BORNITE_CHECK(objective_.sampled_effective_cost(base, measured.costs_of(0), measured.strings, measured.costs, g));
  estimate.gradient_norm_error = add_up(measured, g, gradient, estimate.row_spreads);
  return estimate;
}

Result<std::vector<Estimate>> ShotEstimator::evaluate_all(std::span<const std::vector<double>> thetas,
                                                          const StreamKey& stream) const {
  BORNITE_TRY(const Measured measured, measure(request(thetas, stream)));
  std::vector<Estimate> estimates;
  for (std::size_t i = 0; i < measured.samples.size(); ++i) {
    BORNITE_TRY(const ObjectiveTerms terms, objective_.sampled(measured.samples[i], measured.costs_of(i)));
    estimates.push_back({.terms = terms, .shots = shots_});
  }
  estimates[0].jobs = 1;
  estimates[0].shots += calibrations_.size() * shots_;
  return estimates;
}

std::optional<double> ShotEstimator::add_up(const Measured& measured, std::span<const double> g,
                                            std::span<double> gradient, std::vector<double>& row_spreads) const {
  const std::span<const ShiftedRow> shifted = shift_.shifted_rows();
  std::vector<double> errors(shifted.size());  // of each row's share in its component
  std::ranges::fill(gradient, 0.0);
  parallel_for(shifted.size(), [&](std::size_t i) {  // solves for each row, where readout is mitigated
    errors[i] = shifted[i].coefficient * measured.samples[i + 1].standard_error(measured.of(i + 1, g)).value_or(0);
  });
  for (std::size_t i = 0; i < shifted.size(); ++i)
    gradient[shifted[i].parameter] += shifted[i].coefficient * measured.samples[i + 1].mean(measured.of(i + 1, g));
  if (options_.allocation == ShotAllocation::variance)
    for (std::size_t i = 0; i < shifted.size(); ++i)
      row_spreads.push_back(std::abs(errors[i]) * std::sqrt(static_cast<double>(measured.samples[i + 1].shots())));
  const double length = norm(gradient);
  if (shots_ < 2 || length == 0) return std::nullopt;
  // The norm moves with each row's mean, and with the base sample that all rows are compared to.
  std::vector<double> weights(measured.strings.size());
  for (std::size_t i = 0; i < shifted.size(); ++i) {
    const double slope = gradient[shifted[i].parameter] / length;
    errors[i] *= slope;
    std::ranges::transform(measured.samples[i + 1].weights(),
                           weights.begin() + static_cast<std::ptrdiff_t>(measured.first[i + 1]),
                           [&](double weight) { return slope * shifted[i].coefficient * weight; });
  }
  const Sample& base = measured.samples[0];
  errors.push_back(base.standard_error(objective_.influence_of_base(base, measured.strings, weights)).value_or(0));
  return norm(errors);
}

}  // namespace bornite
