#pragma once
// The methods behind make_optimizer(). All expect settings that it has checked.

#include "bornite/optimize/optimizer.hpp"

namespace bornite {

/// Kingma and Ba, arXiv 1412.6980, algorithm 1.
[[nodiscard]] std::unique_ptr<Optimizer> make_adam(const OptimizerSettings& settings);

/// Simultaneous perturbation stochastic approximation with perturbations of +-1; see SpsaGains.
[[nodiscard]] std::unique_ptr<Optimizer> make_spsa(const OptimizerSettings& settings);

[[nodiscard]] std::vector<std::string_view> nlopt_names();
/// Null if NLopt's methods do not include settings.name.
[[nodiscard]] std::unique_ptr<Optimizer> make_nlopt(const OptimizerSettings& settings);

}  // namespace bornite
