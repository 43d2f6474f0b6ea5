#pragma once
// One connection to one server, with or without TLS, directly or through a proxy.

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bornite/rest/http_client.hpp"
#include "proxy.hpp"
#include "reply_reader.hpp"
#include "url.hpp"

namespace bornite {

using Moment = std::chrono::steady_clock::time_point;

/// Whether the deadline, ours or the system's, ended the operation.
[[nodiscard]] bool timed_out(const boost::system::error_code& error);

/// Where to, and by which way.
struct Route {
  Url url{};
  std::optional<Proxy> proxy{};
};

/// What became of one request on one connection.
struct Delivery {
  Result<HttpReply> reply = Error{ErrorKind::network, {}};
  bool written = false;   ///< some byte may have reached the server
  bool answered = false;  ///< some byte came back
  bool timed_out = false;
};

/// Used by the client's thread alone, by one request at a time.
class Connection {
 public:
  Connection(boost::asio::io_context& context, boost::asio::ssl::context& tls, const HttpOptions& options);

  /// Connects, through the proxy if there is one, and shakes hands. Its errors mean that nothing was sent.
  [[nodiscard]] boost::asio::awaitable<Result<void>> open(const Route& route, Moment deadline);

  /// Sends the bytes of one request and reads its reply; `bodyless` if the reply never has a body.
  [[nodiscard]] boost::asio::awaitable<Delivery> exchange(std::string_view wire, bool bodyless, Moment deadline);

  /// Whether the last reply left the connection fit for another request.
  [[nodiscard]] bool reusable() const { return reusable_; }
  /// Whether the server has closed it since, or it has idled for too long. Asks the system, sends nothing.
  [[nodiscard]] bool stale();

 private:
  using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
  [[nodiscard]] boost::asio::awaitable<Result<Endpoints>> look_up(const Url& server, Moment deadline);
  [[nodiscard]] boost::asio::awaitable<Result<void>> connect(const Url& server, Moment deadline);
  [[nodiscard]] boost::asio::awaitable<Result<void>> tunnel(const Route& route, Moment deadline);
  [[nodiscard]] boost::asio::awaitable<Result<void>> shake_hands(const Url& server, Moment deadline);

  [[nodiscard]] boost::asio::awaitable<boost::system::error_code> write(std::string_view wire, Moment deadline,
                                                                        bool& written);
  [[nodiscard]] boost::asio::awaitable<Result<HttpReply>> read(ReplyReader& reader, Moment deadline, bool& timed_out);
  [[nodiscard]] boost::asio::awaitable<std::size_t> read_some(boost::system::error_code& error);
  [[nodiscard]] boost::asio::awaitable<std::size_t> write_some(std::string_view bytes,
                                                               boost::system::error_code& error);

  [[nodiscard]] boost::beast::tcp_stream& socket() { return stream_.next_layer(); }
  void allow(Moment deadline);
  [[nodiscard]] Error broken(const boost::system::error_code& error, Moment deadline) const;

  boost::asio::io_context& context_;
  const HttpOptions& options_;
  boost::asio::ssl::stream<boost::beast::tcp_stream> stream_;
  std::string server_;
  bool secure_ = false;
  bool reusable_ = false;
  Moment idle_since_{};
  std::array<char, 32 << 10> buffer_;
};

}  // namespace bornite
