#pragma once
// Turns the bytes of a connection into a reply.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "bornite/rest/http.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

struct ReplyLimits {
  std::size_t max_header_bytes = 64 << 10;
  std::size_t max_body_bytes = 256 << 20;
};

/// Reads one reply. Its errors are of ErrorKind::network, name the server, and leave outcome_unknown to the caller.
class ReplyReader {
 public:
  /// `bodyless` for replies that are read up to the end of their header: to HEAD, and of proxies.
  ReplyReader(std::string server, const ReplyLimits& limits, bool bodyless);
  ~ReplyReader();
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;

  /// Takes the next bytes; true once the reply is whole, after which there must be none. Interim replies (1xx) are
  /// passed over.
  [[nodiscard]] Result<bool> read(std::string_view bytes);
  /// The server has closed the connection. An error unless the reply may end that way; `orderly` if TLS (or the lack of
  /// it) vouches that nothing was cut off.
  [[nodiscard]] Result<void> end(bool orderly);
  /// Whether any byte has come.
  [[nodiscard]] bool started() const { return started_; }
  /// Of a whole reply: whether the connection can be used again.
  [[nodiscard]] bool keep_alive() const { return keep_alive_; }
  /// The whole reply, its body unpacked.
  [[nodiscard]] Result<HttpReply> take();

 private:
  struct Parser;
  void restart();
  [[nodiscard]] Error unusable(std::string_view reason) const;

  std::string server_;
  ReplyLimits limits_;
  bool bodyless_;
  bool started_ = false;
  bool keep_alive_ = false;
  std::string pending_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace bornite
