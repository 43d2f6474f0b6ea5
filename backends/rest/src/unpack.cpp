#include "unpack.hpp"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "bornite/rest/http.hpp"

namespace bornite {
namespace {

Error packing_error(std::string message) { return {ErrorKind::network, std::move(message)}; }

using Format = decltype(&libdeflate_gzip_decompress_ex);

/// So many bytes does one byte of deflate make at most.
constexpr std::size_t most_growth = 1032;

/// gzip says at its end how long the text is, modulo 2^32. It need not be true.
std::size_t told_size(std::string_view packed) {
  std::uint32_t size = 0;
  for (std::size_t i = 0; i < 4 && i < packed.size(); ++i)
    size |= std::uint32_t{static_cast<unsigned char>(packed[packed.size() - 4 + i])} << (8 * i);
  return size;
}

class Unpacker {
 public:
  Unpacker(Format format, std::size_t max_bytes)
      : format_(format), max_bytes_(max_bytes), state_(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor) {
    if (!state_) throw std::bad_alloc();
  }

  /// All members one after another, as gzip files may have them.
  Result<std::string> unpack(std::string_view packed) {
    std::string text;
    std::size_t room = std::min(told_size(packed), most_growth * packed.size());
    while (!packed.empty()) BORNITE_CHECK(unpack_member(packed, room, text));
    return text;
  }

 private:
  /// Takes one member off `packed`, with more and more room until its text fits.
  Result<void> unpack_member(std::string_view& packed, std::size_t& room, std::string& text) const {
    for (const std::size_t before = text.size();; room = 2 * room + least_room) {
      const std::size_t allowed = max_bytes_ - before;
      text.resize(before + std::min(room, allowed));
      std::size_t taken = 0, written = 0;
      const libdeflate_result result = format_(state_.get(), packed.data(), packed.size(), text.data() + before,
                                               text.size() - before, &taken, &written);
      if (result == LIBDEFLATE_INSUFFICIENT_SPACE && room < allowed) continue;
      if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        return packing_error(fmt::format("unpacks to more than the {} bytes that are allowed", max_bytes_));
      if (result != LIBDEFLATE_SUCCESS) return packing_error("is packed data that is damaged or cut short");
      text.resize(before + written);
      packed.remove_prefix(taken);
      return {};
    }
  }

  static constexpr std::size_t least_room = 16 << 10;

  Format format_;
  std::size_t max_bytes_;
  std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> state_;
};

/// "deflate" means zlib's format (RFC 9110), but some servers leave its header out.
bool has_zlib_header(std::string_view packed) {
  if (packed.size() < 2) return false;
  const auto first = static_cast<unsigned char>(packed[0]), second = static_cast<unsigned char>(packed[1]);
  return (first & 0x0f) == 8 && (first * 256 + second) % 31 == 0;
}

}  // namespace

Result<std::string> unpack(std::string_view coding, std::string packed, std::size_t max_bytes) {
  if (packed.empty() || coding.empty() || same_header_name(coding, "identity")) return packed;
  if (same_header_name(coding, "gzip") || same_header_name(coding, "x-gzip"))
    return Unpacker(libdeflate_gzip_decompress_ex, max_bytes).unpack(packed);
  if (same_header_name(coding, "deflate"))
    return Unpacker(has_zlib_header(packed) ? libdeflate_zlib_decompress_ex : libdeflate_deflate_decompress_ex,
                    max_bytes)
        .unpack(packed);
  return packing_error(fmt::format("is packed by \"{}\", which was not asked for", coding));
}

}  // namespace bornite
