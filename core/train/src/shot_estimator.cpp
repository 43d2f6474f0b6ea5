#include <fmt/format.h>

#include <numbers>
#include <numeric>

#include "bornite/backend/sample.hpp"
#include "bornite/train/estimator.hpp"

namespace bornite {
namespace {

bool obeys_two_term_rule(const Gate& gate) {
  const bool rotation = gate.kind == GateKind::rx || gate.kind == GateKind::ry || gate.kind == GateKind::rz;
  return rotation && gate.controls.empty() && gate.angle.scale == 1.0;
}

Result<void> check_shift_rule(const Circuit& circuit) {
  std::vector<int> uses(circuit.parameters());
  for (const Gate& gate : circuit.gates()) {
    if (gate.angle.is_constant()) continue;
    const auto parameter = static_cast<std::size_t>(gate.angle.parameter);
    if (!obeys_two_term_rule(gate) || ++uses[parameter] > 1)
      return Error{
          ErrorKind::unsupported,
          fmt::format("The gradient with respect to parameter {} cannot be taken from shots: the two-term shift "
                      "rule needs parameters that are each the angle of one rx, ry or rz.",
                      parameter),
          "Use one of the ansaetze, an optimizer without gradients, or an exact backend."};
  }
  return {};
}

/// Whether the objective can be estimated from so few shots, tried on a sample of equal strings.
Result<void> check_shots(const Objective& objective, std::size_t bits, std::uint64_t shots) {
  BitstringList strings(bits);
  strings.push_back(Bitstring(bits));
  BORNITE_TRY(const ShotRow sample, ShotRow::create(std::move(strings), {shots}, shots));
  const double cost = 0;
  BORNITE_CHECK(objective.sampled(sample, std::span(&cost, 1)));
  return {};
}

/// Theta, then for each parameter theta with it moved by +pi/2 and by -pi/2.
ParameterRows shifted_rows(Theta theta) {
  const std::size_t parameters = theta.size();
  std::vector<double> values(theta.begin(), theta.end());
  values.reserve((2 * parameters + 1) * parameters);
  for (std::size_t p = 0; p < parameters; ++p) {
    for (const double shift : {std::numbers::pi / 2, -std::numbers::pi / 2}) {
      values.insert(values.end(), theta.begin(), theta.end());
      *(values.end() - static_cast<std::ptrdiff_t>(parameters - p)) += shift;
    }
  }
  return ParameterRows(2 * parameters + 1, parameters, std::move(values));
}

}  // namespace

ShotEstimator::ShotEstimator(QuantumBackend& backend, const Circuit& circuit, const Objective& objective,
                             CachedCosts& costs, std::uint64_t shots)
    : backend_(backend), circuit_(circuit), objective_(objective), costs_(costs), shots_(shots) {}

Result<std::unique_ptr<ShotEstimator>> ShotEstimator::create(QuantumBackend& backend, const Circuit& circuit,
                                                             const Objective& objective, CachedCosts& costs,
                                                             std::uint64_t shots) {
  if (objective.needs_probabilities())
    return Error{ErrorKind::unsupported,
                 fmt::format("The objective {} needs exact probabilities, which shots do not give.", objective.name()),
                 "Use the objective selbo, which needs only shots, or an exact backend without --shots."};
  BORNITE_CHECK(check_shift_rule(circuit));
  BORNITE_CHECK(check_shots(objective, circuit.qubits(), shots));
  return std::unique_ptr<ShotEstimator>(new ShotEstimator(backend, circuit, objective, costs, shots));
}

Result<double> ShotEstimator::mean_effective_cost(const ShotRow& base, std::span<const double> base_costs,
                                                  const ShotRow& row) const {
  std::vector<double> costs(row.size());
  std::vector<double> g(row.size());
  BORNITE_CHECK(costs_.costs(row.strings(), costs));
  BORNITE_CHECK(objective_.sampled_effective_cost(base, base_costs, row.strings(), costs, g));
  const double sum =
      std::transform_reduce(g.begin(), g.end(), row.counts().begin(), 0.0, std::plus<>(),
                            [](double value, std::uint64_t n) { return value * static_cast<double>(n); });
  return sum / static_cast<double>(row.shots());
}

Result<Estimate> ShotEstimator::evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream) const {
  const SampleRequest request{
      .circuit = circuit_,
      .rows = gradient.empty() ? ParameterRows(1, theta.size(), {theta.begin(), theta.end()}) : shifted_rows(theta),
      .shots = Shots(shots_),
      .stream = stream};
  BORNITE_TRY(const ShotTable table, sample(backend_, request));
  const ShotRow& base = table[0];
  std::vector<double> costs(base.size());
  BORNITE_CHECK(costs_.costs(base.strings(), costs));
  BORNITE_TRY(ObjectiveTerms terms, objective_.sampled(base, costs));
  for (std::size_t p = 0; p < gradient.size(); ++p) {
    BORNITE_TRY(const double plus, mean_effective_cost(base, costs, table[2 * p + 1]));
    BORNITE_TRY(const double minus, mean_effective_cost(base, costs, table[2 * p + 2]));
    gradient[p] = (plus - minus) / 2;
  }
  return Estimate{.terms = terms, .jobs = 1, .shots = shots_ * request.rows.rows()};
}

}  // namespace bornite
