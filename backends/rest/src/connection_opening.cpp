// How a connection comes about: the address, the proxy's tunnel, TLS.

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "bornite/util/secret.hpp"
#include "connection.hpp"
#include "tls.hpp"

namespace bornite {
namespace asio = boost::asio;
using asio::awaitable;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

Error not_connected(std::string message, std::string hint) {
  return {ErrorKind::network, scrubbed(std::move(message)), std::move(hint), true};
}

/// What a lookup and the one who waits for it share: the lookup may outlive the waiting.
struct Lookup {
  explicit Lookup(asio::io_context& context) : resolver(context), waiting(context) {}
  tcp::resolver resolver;
  asio::steady_timer waiting;
  bool finished = false;
  error_code error{};
  tcp::resolver::results_type results{};
};

}  // namespace

awaitable<Result<Connection::Endpoints>> Connection::look_up(const Url& server, Moment deadline) {
  error_code literal;
  const auto address = asio::ip::make_address(server.host, literal);
  if (!literal) co_return Endpoints{{address, server.port}};
  // This machine by definition (RFC 6761, 6.3), whatever a name server or a missing /etc/hosts may say.
  if (server.host == "localhost")
    co_return Endpoints{{asio::ip::address_v4::loopback(), server.port},
                        {asio::ip::address_v6::loopback(), server.port}};
  const auto lookup = std::make_shared<Lookup>(context_);
  lookup->waiting.expires_at(deadline);
  lookup->resolver.async_resolve(server.host, std::to_string(server.port), tcp::resolver::numeric_service,
                                 [lookup](const error_code& error, tcp::resolver::results_type results) {
                                   lookup->finished = true;
                                   lookup->error = error;
                                   lookup->results = std::move(results);
                                   lookup->waiting.cancel();
                                 });
  error_code ignored;
  if (!lookup->finished) co_await lookup->waiting.async_wait(redirect_error(use_awaitable, ignored));
  if (!lookup->finished)
    co_return not_connected(fmt::format("Looking up the name {} took too long.", server.host),
                            "Check the network connection. Nothing was sent.");
  if (lookup->error)
    co_return not_connected(fmt::format("The name {} cannot be looked up: {}.", server.host, lookup->error.message()),
                            "Check the spelling and the network connection. Nothing was sent.");
  Endpoints endpoints;
  for (const auto& result : lookup->results) endpoints.push_back(result.endpoint());
  co_return endpoints;
}

awaitable<Result<void>> Connection::connect(const Url& server, Moment deadline) {
  const Moment until = std::min(deadline, steady_clock::now() + options_.connect_timeout);
  auto endpoints = co_await look_up(server, until);
  if (!endpoints) co_return std::move(endpoints).error();
  // A name of this machine must not lead plain text elsewhere.
  if (is_loopback(server.host)) std::erase_if(*endpoints, [](const auto& e) { return !e.address().is_loopback(); });
  error_code error = asio::error::host_not_found;
  for (std::size_t left = endpoints->size(); left != 0; --left) {
    // Each address gets its share of what is left, so that a silent one does not use up the time of the others.
    const Moment now = steady_clock::now();
    socket().expires_at(now + std::max(until - now, steady_clock::duration(0)) / left);
    const tcp::endpoint endpoint = (*endpoints)[endpoints->size() - left];
    co_await socket().async_connect(endpoint, redirect_error(use_awaitable, error));
    if (!error) break;
    socket().close();
  }
  if (error) {
    const std::string reason = timed_out(error) ? "no answer" : error.message();
    co_return not_connected(fmt::format("Cannot connect to {}: {}.", server.address(), reason),
                            "Check the address and the network connection. Nothing was sent.");
  }
  error_code ignored;
  socket().socket().set_option(tcp::no_delay(true), ignored);
  co_return Result<void>();
}

awaitable<Result<void>> Connection::tunnel(const Route& route, Moment deadline) {
  const std::string target = route.url.address(), proxy = route.proxy->address.address();
  std::string wire =
      fmt::format("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\nUser-Agent: {1}\r\n", target, options_.user_agent);
  if (!route.proxy->authorization.empty())
    wire += fmt::format("Proxy-Authorization: {}\r\n", route.proxy->authorization.reveal());
  wire += "\r\n";
  server_ = "the proxy " + proxy;
  bool written = false, too_late = false;
  const error_code error = co_await write(wire, deadline, written);
  if (error)
    co_return not_connected(fmt::format("The proxy {} took no request: {}.", proxy, error.message()),
                            "Check HTTPS_PROXY. Nothing was sent.");
  ReplyReader reader(server_, {options_.max_header_bytes, options_.max_body_bytes}, true);
  auto reply = co_await read(reader, deadline, too_late);
  if (too_late)
    co_return not_connected(fmt::format("The proxy {} did not answer in time.", proxy),
                            "Check HTTPS_PROXY. Nothing was sent.");
  if (!reply) co_return std::move(reply).error();
  if (reply->status / 100 == 2) co_return Result<void>();
  if (reply->status == 407)
    co_return Error{ErrorKind::authentication,
                    fmt::format("The proxy {} asks for a name and a password, or refuses those it got (407).", proxy),
                    "Put them into HTTPS_PROXY: http://name:password@host:port. Nothing was sent."};
  co_return Error{ErrorKind::network,
                  fmt::format("The proxy {} did not connect to {} (status {}).", proxy, target, reply->status),
                  "Check the address, or exempt the host by NO_PROXY. Nothing was sent.", reply->status >= 500};
}

awaitable<Result<void>> Connection::shake_hands(const Url& server, Moment deadline) {
  demand_host(stream_.native_handle(), server.host);
  socket().expires_at(deadline);
  error_code error;
  co_await stream_.async_handshake(asio::ssl::stream_base::client, redirect_error(use_awaitable, error));
  if (!error) co_return Result<void>();
  if (timed_out(error))
    co_return not_connected(fmt::format("{} did not finish the TLS handshake in time.", server.address()),
                            "Try again. Nothing was sent.");
  co_return handshake_failure(stream_.native_handle(), server, error);
}

awaitable<Result<void>> Connection::open(const Route& route, Moment deadline) {
  const Url& first = route.proxy ? route.proxy->address : route.url;
  auto result = co_await connect(first, deadline);
  if (!result) co_return result;
  const Moment until = std::min(deadline, steady_clock::now() + options_.handshake_timeout);
  if (route.proxy) {
    result = co_await tunnel(route, until);
    if (!result) co_return result;
  }
  server_ = route.url.address();
  if (route.url.secure) {
    result = co_await shake_hands(route.url, until);
    if (!result) co_return result;
  }
  secure_ = route.url.secure;
  co_return result;
}

}  // namespace bornite
