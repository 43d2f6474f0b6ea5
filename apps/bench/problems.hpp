#pragma once
// The built-in problems as the benchmarks take them.

#include <string>

#include "bornite/train/problem.hpp"

namespace bornite::bench {

/// mnist01 is taken with the values {-3, +1} of arXiv 2301.08292. With `quick` on few of its data only.
[[nodiscard]] Result<Problem> builtin_problem(const std::string& name, bool quick);

}  // namespace bornite::bench
