#pragma once
// The texts in which preprocessing steps are declared.

#include "bornite/data/preprocessing.hpp"

#include <string>
#include <string_view>

namespace bornite {

[[nodiscard]] Result<PreprocessingStep> parse_step(const std::string& text);

/// The step's first word.
[[nodiscard]] std::string_view step_name(const PreprocessingStep& step);

}  // namespace bornite
