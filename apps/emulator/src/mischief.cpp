#include "mischief.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <stdexcept>

namespace bornite::emulator {
namespace {

/// Deflates what is in the stream's way, all of it.
std::string deflate_all(z_stream& stream, int flush) {
  std::array<Bytef, 1 << 14> buffer{};
  std::string packed;
  do {
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(buffer.size());
    deflate(&stream, flush);
    packed.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - stream.avail_out);
  } while (stream.avail_out == 0);
  return packed;
}

std::string little_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((number >> shift) & 0xff);
  return bytes;
}

/// So many zeros as gzip, about a thousandth of their number. A megabyte is packed once and repeated: it refers to
/// nothing before it.
std::string gzip_zeros(std::uint64_t megabytes) {
  std::vector<Bytef> zeros(1 << 20);
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib cannot compress");
  stream.next_in = zeros.data();
  stream.avail_in = static_cast<uInt>(zeros.size());
  const std::string megabyte = deflate_all(stream, Z_FULL_FLUSH);
  const std::string end = deflate_all(stream, Z_FINISH);
  deflateEnd(&stream);
  const uLong one = crc32(0, zeros.data(), static_cast<uInt>(zeros.size()));
  uLong all = crc32(0, nullptr, 0);
  std::string packed("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  for (std::uint64_t i = 0; i < megabytes; ++i) {
    packed += megabyte;
    all = crc32_combine(all, one, static_cast<z_off_t>(zeros.size()));
  }
  return packed + end + little_endian(static_cast<std::uint32_t>(all)) +
         little_endian(static_cast<std::uint32_t>(megabytes << 20));
}

HttpAnswer dropped() {
  HttpAnswer answer;
  answer.delivery.drop = true;
  return answer;
}

}  // namespace

std::optional<HttpAnswer> refused_by(const Fault& fault, ProviderDialect& dialect) {
  switch (fault.action) {
    case FaultAction::drop_before: return dropped();
    case FaultAction::expire_token: return dialect.expire();
    case FaultAction::status: {
      HttpAnswer answer = dialect.trouble(fault.status);
      if (fault.retry_after) answer.headers.push_back({"Retry-After", fmt::format("{}", *fault.retry_after)});
      return answer;
    }
    default: return std::nullopt;
  }
}

void spoil(const Fault& fault, HttpAnswer& answer) {
  switch (fault.action) {
    case FaultAction::drop_after: answer.delivery.drop = true; break;
    case FaultAction::delay:
      answer.delivery.delay = std::chrono::milliseconds(static_cast<std::int64_t>(fault.seconds * 1000));
      break;
    case FaultAction::truncate: answer.delivery.truncate = true; break;
    case FaultAction::malformed: answer.body = "{\"emulator\": \"this is not JSON"; break;
    case FaultAction::slow: answer.delivery.per_byte = std::chrono::milliseconds(50); break;
    case FaultAction::gzip_bomb:
      answer.body = gzip_zeros(fault.megabytes);
      answer.headers.push_back({"Content-Encoding", "gzip"});
      break;
    default: break;  // the others are done where jobs are accepted and outcomes printed
  }
}

}  // namespace bornite::emulator
