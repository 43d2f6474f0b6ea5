#pragma once
// How far shots are from a distribution that is known exactly.

#include "bornite/backend/shot_table.hpp"
#include "bornite/inference/kernel.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <span>

namespace bornite {

/// (1/2) sum over s of |n_s / n - q(s)|, in [0, 1]. Throws std::invalid_argument unless q has 2^N entries for strings
/// of N bits, or for a sample without shots.
[[nodiscard]] double total_variation(const ShotRow& sample, std::span<const double> q);

/// What total_variation() is on average of so many shots that were drawn from q itself: the part of it that is no fault
/// of the device. The mean absolute deviation of a binomial number in de Moivre's closed form (Diaconis and Zabell,
/// Statistical Science 6, 284 (1991)). Throws std::invalid_argument for no shots.
[[nodiscard]] double mean_total_variation(std::span<const double> q, std::uint64_t shots);

/// Unbiased estimate of the squared maximum mean discrepancy between what the shots were drawn from and q; may be
/// negative. Refuses fewer than 2 shots; throws std::invalid_argument unless q has 2^N entries for strings of N bits.
[[nodiscard]] Result<double> mmd_squared_unbiased(const ShotRow& sample, std::span<const double> q,
                                                  const Kernel& kernel);

}  // namespace bornite
