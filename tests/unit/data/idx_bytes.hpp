#pragma once
// IDX and gzip files written by hand, as the format's page describes them.

#include <zlib.h>

#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bornite_test {

/// The low `bytes` bytes of the value, most significant first.
inline std::string big_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes; i-- > 0;) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

inline std::string idx_header(unsigned type, const std::vector<std::uint32_t>& shape) {
  std::string text = big_endian(type << 8 | shape.size(), 4);
  for (const std::uint32_t dimension : shape) text += big_endian(dimension, 4);
  return text;
}

inline std::string idx_bytes(const std::vector<std::uint32_t>& shape, std::string_view pixels) {
  return idx_header(0x08, shape) + std::string(pixels);
}

inline std::string gzip(std::string_view contents) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  std::string packed(deflateBound(&stream, contents.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(contents.data()));
  stream.avail_in = static_cast<uInt>(contents.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("deflate failed");
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace bornite_test
