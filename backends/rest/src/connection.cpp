#include "connection.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <utility>

#include "bornite/util/secret.hpp"

namespace bornite {
namespace asio = boost::asio;
using asio::awaitable;
using asio::redirect_error;
using asio::use_awaitable;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

std::string seconds(HttpOptions::Duration duration) {
  return fmt::format("{:g} s", std::chrono::duration<double>(duration).count());
}

}  // namespace

bool timed_out(const error_code& error) {
  return error == boost::beast::error::timeout || error == asio::error::timed_out;
}

Connection::Connection(asio::io_context& context, asio::ssl::context& tls, const HttpOptions& options)
    : context_(context), options_(options), stream_(context, tls) {}

void Connection::allow(Moment deadline) {
  socket().expires_at(std::min(deadline, steady_clock::now() + options_.idle_timeout));
}

awaitable<std::size_t> Connection::write_some(std::string_view bytes, error_code& error) {
  const auto buffer = asio::buffer(bytes.data(), bytes.size());
  if (secure_) co_return co_await stream_.async_write_some(buffer, redirect_error(use_awaitable, error));
  co_return co_await socket().async_write_some(buffer, redirect_error(use_awaitable, error));
}

awaitable<std::size_t> Connection::read_some(error_code& error) {
  const auto buffer = asio::buffer(buffer_);
  if (secure_) co_return co_await stream_.async_read_some(buffer, redirect_error(use_awaitable, error));
  co_return co_await socket().async_read_some(buffer, redirect_error(use_awaitable, error));
}

awaitable<error_code> Connection::write(std::string_view wire, Moment deadline, bool& written) {
  while (!wire.empty()) {
    allow(deadline);
    error_code error;
    const std::size_t count = co_await write_some(wire, error);
    written = written || count != 0;
    if (error) co_return error;
    wire.remove_prefix(count);
  }
  co_return error_code();
}

Error Connection::broken(const error_code& error, Moment deadline) const {
  const auto message = [&]() -> std::string {
    if (!timed_out(error)) return fmt::format("The connection with {} broke: {}.", server_, error.message());
    if (steady_clock::now() >= deadline)
      return fmt::format("{} did not answer in full before the time for the request was over.", server_);
    return fmt::format("{} was silent for {}.", server_, seconds(options_.idle_timeout));
  };
  return {ErrorKind::network, scrubbed(message()), "Try again.", true};
}

awaitable<Result<HttpReply>> Connection::read(ReplyReader& reader, Moment deadline, bool& too_late) {
  for (;;) {
    allow(deadline);
    error_code error;
    const std::size_t count = co_await read_some(error);
    if (count != 0) {
      auto whole = reader.read({buffer_.data(), count});
      if (!whole) co_return std::move(whole).error();
      if (*whole) break;
    }
    if (!error) continue;
    too_late = timed_out(error);
    const bool cut = error == asio::ssl::error::stream_truncated;
    if (error != asio::error::eof && !cut) co_return broken(error, deadline);
    auto ended = reader.end(!cut);
    if (!ended) co_return std::move(ended).error();
    break;
  }
  co_return reader.take();
}

awaitable<Delivery> Connection::exchange(std::string_view wire, bool bodyless, Moment deadline) {
  Delivery delivery;
  reusable_ = false;
  const error_code unsent = co_await write(wire, deadline, delivery.written);
  delivery.timed_out = timed_out(unsent);
  ReplyReader reader(server_, {options_.max_header_bytes, options_.max_body_bytes}, bodyless);
  // A server may refuse a request, say so and close before it has read all of it.
  if (!delivery.timed_out && (!unsent || delivery.written))
    delivery.reply = co_await read(reader, deadline, delivery.timed_out);
  if (unsent && !delivery.reply) delivery.reply = broken(unsent, deadline);
  delivery.answered = reader.started();
  reusable_ = !unsent && delivery.reply && reader.keep_alive();
  socket().expires_never();
  idle_since_ = steady_clock::now();
  if (!delivery.reply) {
    Error error = delivery.reply.error();
    error.outcome_unknown = delivery.written;
    delivery.reply = std::move(error);
  }
  co_return delivery;
}

bool Connection::stale() {
  if (steady_clock::now() - idle_since_ >= options_.reuse_timeout) return true;
  // TLS may bring session tickets at any time; anything else before the next request is not a reply to one.
  const short unwanted = static_cast<short>(POLLRDHUP | POLLHUP | POLLERR | (secure_ ? 0 : POLLIN));
  pollfd state{socket().socket().native_handle(), unwanted, 0};
  return ::poll(&state, 1, 0) != 0;
}

}  // namespace bornite
