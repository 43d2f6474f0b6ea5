#pragma once
// Data sets in the IDX format of MNIST.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>

namespace bornite {

/// Reads inputs and targets from two IDX files, plain or gzip (told by their first bytes). Elements may be of any IDX
/// type (unsigned and signed bytes, 16- and 32-bit integers, floats, doubles) and are kept as they are: pixels are
/// 0..255. The first dimension of the images counts examples and the others are flattened row-major; three dimensions
/// set height and width. Labels have one dimension. Refuses other formats, truncated or longer files, empty data,
/// different numbers of images and labels, NaN and infinities. Memory is taken only for bytes that are really there.
/// Format: http://yann.lecun.com/exdb/mnist/
[[nodiscard]] Result<Dataset> load_idx(const std::filesystem::path& images, const std::filesystem::path& labels);

}  // namespace bornite
