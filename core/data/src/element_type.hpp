#pragma once
// Numbers as binary files store them, turned into doubles.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace bornite {

struct ElementType {
  enum class Kind { unsigned_integer, signed_integer, floating };
  Kind kind;
  std::size_t bytes;  ///< 1, 2, 4 or 8; of floating 4 or 8
  bool big_endian;
};

/// The elements in their order in memory. Needs a whole number of elements; throws std::invalid_argument otherwise.
[[nodiscard]] std::vector<double> decode_elements(std::string_view bytes, const ElementType& type);

/// The product of a shape's dimensions and the size of an element, or nothing where it exceeds the address space.
[[nodiscard]] std::optional<std::size_t> shape_bytes(const std::vector<std::size_t>& shape, std::size_t element_bytes);

}  // namespace bornite
