#pragma once
// p(s) and log p(s) of a prior over all strings, block by block.

#include "bit_table.hpp"
#include "bornite/inference/prior.hpp"

#include <functional>
#include <span>

namespace bornite {

using ProbabilityTable = BitTable<std::multiplies<>>;
using LogProbabilityTable = BitTable<std::plus<>>;

[[nodiscard]] ProbabilityTable probability_table(const Prior& prior);
[[nodiscard]] LogProbabilityTable log_probability_table(const Prior& prior);

/// Throws std::invalid_argument unless `size` is the number of the prior's strings.
void require_all_strings(const Prior& prior, std::size_t size);

}  // namespace bornite
