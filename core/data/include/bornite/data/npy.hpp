#pragma once
// Data sets in NumPy's NPY format.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>

namespace bornite {

/// Reads inputs of shape (rows, features) or (rows, height, width) and targets of shape (rows,) from two NPY files of
/// version 1, 2 or 3, in C or Fortran order and either byte order. Elements are f4, f8, i1..i8, u1..u8 or b1 and become
/// doubles (64-bit integers above 2^53 are rounded). Refuses other element types and shapes, truncated or longer files,
/// different numbers of rows, NaN and infinities.
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
[[nodiscard]] Result<Dataset> load_npy(const std::filesystem::path& inputs, const std::filesystem::path& targets);

}  // namespace bornite
