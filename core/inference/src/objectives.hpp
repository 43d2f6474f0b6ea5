#pragma once
// The makers of the objectives, their settings already checked, and what they share.

#include "bornite/inference/kernel.hpp"
#include "bornite/inference/objective.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace bornite {

[[nodiscard]] std::unique_ptr<Objective> make_mle();
[[nodiscard]] std::unique_ptr<Objective> make_cvar(double alpha);
[[nodiscard]] std::unique_ptr<Objective> make_elbo(double beta, const Prior& prior);
[[nodiscard]] std::unique_ptr<Objective> make_selbo(double lambda, Kernel kernel, const Prior& prior, bool biased);

/// Throws std::invalid_argument unless costs has as many entries as q, and g as many or none.
void require_equal_sizes(std::span<const double> q, std::span<const double> costs, std::span<const double> g);

/// Mean cost over the shots. Throws std::invalid_argument unless there is a cost for each distinct string; refuses a
/// sample without shots.
[[nodiscard]] Result<double> mean_cost(const Sample& sample, std::span<const double> costs);

/// Throws std::invalid_argument unless both spans have one entry per string.
void require_one_per_string(const BitstringList& at, std::span<const double> costs_at, std::span<const double> g);

}  // namespace bornite
