#pragma once
// The IDX format, in memory.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <string>
#include <string_view>

namespace bornite {

/// The contents of an IDX file, plain or gzip, and the name to use in errors.
struct IdxSource {
  std::string name;
  std::string_view bytes;
};

/// What load_idx() promises, from memory.
[[nodiscard]] Result<Dataset> read_idx(const IdxSource& images, const IdxSource& labels);

}  // namespace bornite
