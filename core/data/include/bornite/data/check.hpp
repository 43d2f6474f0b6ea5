#pragma once
// The check that every data set passes before anything is computed from it.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <string_view>

namespace bornite {

/// Refuses a NaN or an infinity in inputs or targets, naming the source (a file, say) of each and the row, counted
/// from 0. Every loader calls it; whoever fills a Dataset by hand should too.
[[nodiscard]] Result<void> check_finite(const Dataset& data, std::string_view inputs_source,
                                        std::string_view targets_source);

}  // namespace bornite
