#include "mischief.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <stdexcept>

namespace bornite::emulator {
namespace {

/// So many zeros as gzip, about a thousandth of their number.
std::string gzip_zeros(std::uint64_t megabytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib cannot compress");
  std::vector<Bytef> zeros(1 << 20);
  std::array<Bytef, 1 << 14> buffer{};
  std::string packed;
  for (std::uint64_t i = 0; i <= megabytes; ++i) {
    stream.next_in = zeros.data();
    stream.avail_in = i < megabytes ? static_cast<uInt>(zeros.size()) : 0;
    do {
      stream.next_out = buffer.data();
      stream.avail_out = static_cast<uInt>(buffer.size());
      deflate(&stream, i < megabytes ? Z_NO_FLUSH : Z_FINISH);
      packed.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return packed;
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
