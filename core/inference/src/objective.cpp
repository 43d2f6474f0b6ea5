#include "bornite/inference/objective.hpp"

#include "block_sums.hpp"
#include "objectives.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace bornite {
namespace {

/// NaN passes: whoever needs the value refuses it.
Result<void> check_not_negative(std::string_view key, double value) {
  if (!(value < 0) && !std::isinf(value)) return {};
  return Error{ErrorKind::configuration, fmt::format("{} is {}.", key, value), "Give a finite number, zero or above."};
}

Result<void> check_given(std::string_view objective, std::string_view key, double value) {
  if (!std::isnan(value)) return {};
  return Error{ErrorKind::configuration,
               fmt::format("The objective {} needs {}, which is not a number.", objective, key),
               fmt::format("Set {} to a finite number, zero or above.", key)};
}

Result<void> check_prior(std::string_view objective, const Prior& prior) {
  if (prior.bits() > 0) return {};
  return Error{ErrorKind::configuration, fmt::format("The objective {} was given a prior of no bits.", objective),
               "Give it a prior over as many bits as the outcomes have."};
}

Result<Kernel> kernel_of(const ObjectiveSettings& settings) {
  for (std::size_t i = 0; i < settings.gammas.size(); ++i)
    if (!(settings.gammas[i] > 0) || !std::isfinite(settings.gammas[i]))
      return Error{ErrorKind::configuration, fmt::format("Entry {} of objective.gamma is {}.", i, settings.gammas[i]),
                   "Give one positive, finite number or a list of them."};
  if (!settings.gammas.empty()) return Kernel::hamming(settings.gammas);
  return Kernel::hamming({2.0 / static_cast<double>(settings.prior.bits())});
}

Result<std::unique_ptr<Objective>> checked_elbo(const ObjectiveSettings& settings) {
  BORNITE_CHECK(check_given(settings.name, "objective.beta", settings.beta));
  BORNITE_CHECK(check_prior(settings.name, settings.prior));
  return make_elbo(settings.beta, settings.prior);
}

Result<std::unique_ptr<Objective>> checked_selbo(const ObjectiveSettings& settings) {
  BORNITE_CHECK(check_given(settings.name, "objective.lambda", settings.lambda));
  BORNITE_CHECK(check_prior(settings.name, settings.prior));
  BORNITE_TRY(Kernel kernel, kernel_of(settings));
  return make_selbo(settings.lambda, std::move(kernel), settings.prior, settings.biased);
}

Result<std::unique_ptr<Objective>> checked_cvar(const ObjectiveSettings& settings) {
  if (settings.alpha > 0 && settings.alpha <= 1) return make_cvar(settings.alpha);
  return Error{ErrorKind::configuration, fmt::format("objective.alpha is {}.", settings.alpha),
               "Give the part of the outcomes that counts: a number above 0, and 1 at most."};
}

}  // namespace

Result<std::unique_ptr<Objective>> make_objective(const ObjectiveSettings& settings) {
  BORNITE_CHECK(check_not_negative("objective.beta", settings.beta));
  BORNITE_CHECK(check_not_negative("objective.lambda", settings.lambda));
  if (settings.name == "mle") return make_mle();
  if (settings.name == "cvar") return checked_cvar(settings);
  if (settings.name == "elbo") return checked_elbo(settings);
  if (settings.name == "selbo") return checked_selbo(settings);
  return Error{ErrorKind::configuration, fmt::format("There is no objective \"{}\".", settings.name),
               "Choose mle, cvar, elbo or selbo."};
}

void require_equal_sizes(std::span<const double> q, std::span<const double> costs, std::span<const double> g) {
  if (costs.size() != q.size() || (!g.empty() && g.size() != q.size()))
    throw std::invalid_argument(fmt::format("An objective met {} probabilities, {} costs and {} effective costs.",
                                            q.size(), costs.size(), g.size()));
}

std::vector<double> Objective::influence_of_base(const Sample& base, const BitstringList&,
                                                 std::span<const double>) const {
  return std::vector<double>(base.size());
}

Result<double> mean_cost(const Sample& sample, std::span<const double> costs) {
  if (costs.size() != sample.size())
    throw std::invalid_argument(fmt::format("{} distinct strings have {} costs.", sample.size(), costs.size()));
  if (sample.shots() == 0)
    return Error{ErrorKind::unsupported, "An objective cannot be estimated from 0 shots.",
                 "Ask for more shots per row."};
  return sample.mean(costs);
}

void require_one_per_string(const BitstringList& at, std::span<const double> costs_at, std::span<const double> g) {
  if (costs_at.size() != at.size() || g.size() != at.size())
    throw std::invalid_argument(
        fmt::format("{} strings have {} costs and {} effective costs.", at.size(), costs_at.size(), g.size()));
}

}  // namespace bornite
