#pragma once
// The header of an NPY file: a Python dictionary with the type, order and shape of the array.

#include "bornite/util/error.hpp"
#include "element_type.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

struct NpyHeader {
  ElementType type;
  bool fortran_order;
  std::vector<std::size_t> shape;
  std::size_t data_offset;  ///< of the first element from the start of the file, in bytes
};

/// `file` is the whole file, the name is for errors.
[[nodiscard]] Result<NpyHeader> parse_npy_header(std::string_view file, const std::string& name);

}  // namespace bornite
