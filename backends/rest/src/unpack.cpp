#include "unpack.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <utility>

#include "bornite/rest/http.hpp"

namespace bornite {
namespace {

constexpr int gzip_format = 15 + 16;
constexpr int zlib_format = 15;
constexpr int raw_format = -15;

Error packing_error(std::string message) { return {ErrorKind::network, std::move(message)}; }

class Inflater {
 public:
  explicit Inflater(int format) { ready_ = ::inflateInit2(&stream_, format) == Z_OK; }
  ~Inflater() {
    if (ready_) ::inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// All members one after another, as gzip files may have them.
  Result<std::string> unpack(std::string_view packed, std::size_t max_bytes) {
    std::string text;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    for (int state = ready_ ? Z_OK : Z_MEM_ERROR;;) {
      if (state == Z_STREAM_END && stream_.avail_in == 0) return text;
      if (state == Z_STREAM_END) state = ::inflateReset(&stream_);
      if (state != Z_OK) return packing_error("is packed data that is damaged or cut short");
      if (text.size() > max_bytes)
        return packing_error(fmt::format("unpacks to more than the {} bytes that are allowed", max_bytes));
      state = step(text);
    }
  }

 private:
  int step(std::string& text) {
    const std::size_t before = text.size();
    text.resize(before + std::clamp<std::size_t>(before, 16 << 10, 1 << 20));
    stream_.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream_.avail_out = static_cast<uInt>(text.size() - before);
    const int state = ::inflate(&stream_, Z_NO_FLUSH);
    text.resize(text.size() - stream_.avail_out);
    return state;
  }

  z_stream stream_{};
  bool ready_ = false;
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
    return Inflater(gzip_format).unpack(packed, max_bytes);
  if (same_header_name(coding, "deflate"))
    return Inflater(has_zlib_header(packed) ? zlib_format : raw_format).unpack(packed, max_bytes);
  return packing_error(fmt::format("is packed by \"{}\", which was not asked for", coding));
}

}  // namespace bornite
