#include "gzip.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace bornite {

struct GzipReader::State {
  z_stream stream{};
};

namespace {

constexpr int gzip_window_bits = 15 + 16;  // zlib's way to say: the largest window, and gzip's header and trailer

Error damaged(const std::string& name, std::string_view what) {
  return {ErrorKind::input, fmt::format("{} is damaged: {}.", name, what), "Fetch or pack the file again."};
}

// zlib counts in 32 bits, files may be larger.
void refill(z_stream& stream, std::string_view& rest) {
  if (stream.avail_in != 0) return;
  const std::size_t size = std::min<std::size_t>(rest.size(), std::size_t{1} << 30);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));
  stream.avail_in = static_cast<uInt>(size);
  rest.remove_prefix(size);
}

}  // namespace

GzipReader::GzipReader(std::string_view bytes, std::string name)
    : rest_(bytes), name_(std::move(name)), state_(std::make_unique<State>()) {
  if (inflateInit2(&state_->stream, gzip_window_bits) != Z_OK) throw std::bad_alloc();
}

GzipReader::~GzipReader() { inflateEnd(&state_->stream); }

Result<void> GzipReader::read_until(std::string& out, std::size_t size) {
  z_stream& stream = state_->stream;
  std::array<char, 65536> buffer;
  while (!ended_ && out.size() < size) {
    const std::size_t wanted = std::min(buffer.size(), size - out.size());
    refill(stream, rest_);
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(wanted);
    const int code = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), wanted - stream.avail_out);
    if (code == Z_STREAM_END) {
      BORNITE_CHECK(end_member());
    } else if (code == Z_BUF_ERROR) {
      return damaged(name_, "its gzip data end too early");
    } else if (code != Z_OK) {
      return damaged(name_, fmt::format("its gzip data cannot be unpacked ({})",
                                        stream.msg != nullptr ? stream.msg : "no reason given"));
    }
  }
  return {};
}

// A gzip file may consist of several compressed parts one after the other.
Result<void> GzipReader::end_member() {
  z_stream& stream = state_->stream;
  refill(stream, rest_);
  ended_ = stream.avail_in == 0;
  if (!ended_ && stream.next_in[0] != 0x1f) return damaged(name_, "other data follow its gzip data");
  if (!ended_) inflateReset(&stream);
  return {};
}

}  // namespace bornite
