#include "element_type.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace bornite {
namespace {

template <typename T>
T load(const char* bytes, bool big_endian) {
  std::array<char, sizeof(T)> buffer;
  std::memcpy(buffer.data(), bytes, sizeof(T));
  if (big_endian != (std::endian::native == std::endian::big)) std::reverse(buffer.begin(), buffer.end());
  return std::bit_cast<T>(buffer);
}

template <typename T>
std::vector<double> decode(std::string_view bytes, bool big_endian) {
  std::vector<double> values(bytes.size() / sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<double>(load<T>(bytes.data() + i * sizeof(T), big_endian));
  return values;
}

}  // namespace

std::vector<double> decode_elements(std::string_view bytes, const ElementType& type) {
  using Kind = ElementType::Kind;
  const bool big = type.big_endian;
  if (type.bytes == 0 || bytes.size() % type.bytes != 0)
    throw std::invalid_argument("the bytes are not a whole number of elements");
  switch (type.kind) {
    case Kind::floating:
      if (type.bytes == 4) return decode<float>(bytes, big);
      if (type.bytes == 8) return decode<double>(bytes, big);
      break;
    case Kind::signed_integer:
      if (type.bytes == 1) return decode<std::int8_t>(bytes, big);
      if (type.bytes == 2) return decode<std::int16_t>(bytes, big);
      if (type.bytes == 4) return decode<std::int32_t>(bytes, big);
      if (type.bytes == 8) return decode<std::int64_t>(bytes, big);
      break;
    case Kind::unsigned_integer:
      if (type.bytes == 1) return decode<std::uint8_t>(bytes, big);
      if (type.bytes == 2) return decode<std::uint16_t>(bytes, big);
      if (type.bytes == 4) return decode<std::uint32_t>(bytes, big);
      if (type.bytes == 8) return decode<std::uint64_t>(bytes, big);
      break;
  }
  throw std::invalid_argument("there is no element type of this size");
}

std::optional<std::size_t> shape_bytes(const std::vector<std::size_t>& shape, std::size_t element_bytes) {
  // A dimension of 0 makes the product 0 whatever the others are.
  if (std::find(shape.begin(), shape.end(), std::size_t{0}) != shape.end()) return 0;
  std::size_t bytes = element_bytes;
  for (const std::size_t dimension : shape) {
    if (bytes > std::numeric_limits<std::size_t>::max() / dimension) return std::nullopt;
    bytes *= dimension;
  }
  return bytes;
}

}  // namespace bornite
