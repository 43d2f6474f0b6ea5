#include "bornite/emulator/server.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <sstream>
#include <thread>

#include "bornite/util/file.hpp"
#include "certificate.hpp"

namespace bornite::emulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::uint64_t most_body_bytes = 256 << 20;
constexpr auto idle_limit = std::chrono::seconds(120);
constexpr auto write_limit = std::chrono::minutes(10);

HttpCall to_call(const http::request<http::string_body>& request) {
  HttpCall call{.method = std::string(request.method_string()), .target = std::string(request.target())};
  for (const auto& field : request)
    call.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  call.body = request.body();
  return call;
}

http::response<http::string_body> to_response(const HttpAnswer& answer, unsigned version, bool keep_alive) {
  http::response<http::string_body> response(static_cast<http::status>(answer.status), version);
  response.set(http::field::server, "bornite-emulator");
  response.set("X-Bornite-Emulator", "true");
  if (answer.status != 204) response.set(http::field::content_type, answer.content_type);
  for (const HttpHeader& header : answer.headers) response.set(header.name, header.value);
  response.keep_alive(keep_alive);
  response.body() = answer.body;
  if (answer.status != 204) response.prepare_payload();
  return response;
}

/// The reply as it goes over the wire.
std::string to_bytes(const http::response<http::string_body>& response) {
  std::ostringstream text;
  text << response;
  return text.str();
}

asio::awaitable<void> pause(std::chrono::milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(asio::use_awaitable);
}

/// Sends some bytes at the pace that the delivery asks for.
template <typename Stream>
asio::awaitable<void> send_bytes(Stream& stream, std::string_view bytes, std::chrono::milliseconds per_byte) {
  const std::size_t step = per_byte.count() > 0 ? 1 : bytes.size();
  for (std::size_t i = 0; i < bytes.size(); i += step) {
    if (per_byte.count() > 0) co_await pause(per_byte);
    co_await asio::async_write(stream, asio::buffer(bytes.substr(i, step)), asio::use_awaitable);
  }
}

/// Whether the connection is to go on.
template <typename Stream>
asio::awaitable<bool> deliver(Stream& stream, const HttpAnswer& answer, unsigned version, bool keep_alive) {
  beast::get_lowest_layer(stream).expires_after(write_limit + answer.delivery.delay);
  if (answer.delivery.delay.count() > 0) co_await pause(answer.delivery.delay);
  if (answer.delivery.drop) co_return false;
  const std::string bytes = to_bytes(to_response(answer, version, keep_alive));
  std::string_view part = bytes;
  if (answer.delivery.truncate) part.remove_suffix((answer.body.size() + 1) / 2);
  co_await send_bytes(stream, part, answer.delivery.per_byte);
  co_return keep_alive && !answer.delivery.truncate;
}

/// A bug of the emulator must not look like a lost reply.
HttpAnswer ask(const EmulatorServer::Handler& handler, const HttpCall& call) try {
  return handler(call);
} catch (const std::exception& error) {
  return json_answer({{"emulator", fmt::format("An internal check failed: {}.", error.what())}}, 500);
}

template <typename Stream>
asio::awaitable<void> converse(Stream& stream, const EmulatorServer::Handler& handler) {
  beast::flat_buffer buffer;
  while (true) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(most_body_bytes);
    beast::get_lowest_layer(stream).expires_after(idle_limit);
    co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
    const auto& request = parser.get();
    const HttpAnswer answer = ask(handler, to_call(request));
    if (!co_await deliver(stream, answer, request.version(), request.keep_alive())) co_return;
  }
}

/// Errors end a connection; there is nobody to tell.
asio::awaitable<void> serve_plain(Tcp::socket socket, const EmulatorServer::Handler& handler) try {
  PlainStream stream(std::move(socket));
  co_await converse(stream, handler);
} catch (const boost::system::system_error&) {
}

asio::awaitable<void> serve_tls(Tcp::socket socket, asio::ssl::context& context,
                                const EmulatorServer::Handler& handler) try {
  TlsStream stream(PlainStream(std::move(socket)), context);
  beast::get_lowest_layer(stream).expires_after(idle_limit);
  co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
  co_await converse(stream, handler);
} catch (const boost::system::system_error&) {
}

void use(asio::ssl::context& context, const Certificates& certificates) {
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  context.use_certificate_chain(asio::buffer(certificates.certificate));
  context.use_private_key(asio::buffer(certificates.key), asio::ssl::context::pem);
}

}  // namespace

class EmulatorServer::Impl {
 public:
  Impl(ServerOptions options, Handler handler) : options_(std::move(options)), handler_(std::move(handler)) {}
  ~Impl() { stop(); }

  Result<void> start() {
    if (options_.tls) BORNITE_CHECK(prepare_tls());
    BORNITE_CHECK(listen());
    asio::co_spawn(context_, accept(), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
    return {};
  }

  void stop() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string address() const {
    const bool six = options_.address.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}", options_.tls ? "https" : "http", six ? "[" : "", options_.address,
                       six ? "]" : "", port_);
  }
  [[nodiscard]] const std::filesystem::path& authority_file() const { return authority_file_; }

 private:
  Result<void> prepare_tls() {
    BORNITE_TRY(const Certificates certificates, make_certificates());
    authority_file_ = std::filesystem::absolute(options_.certificate_folder / "ca.pem");
    BORNITE_CHECK(write_file_atomically(authority_file_, certificates.authority));
    use(tls_, certificates);
    return {};
  }

  Result<void> listen() {
    boost::system::error_code code;
    const auto address = asio::ip::make_address(options_.address, code);
    if (!code) open(Tcp::endpoint(address, options_.port), code);
    if (code)
      return Error{ErrorKind::network,
                   fmt::format("The emulator cannot listen on {}, port {}: {}.", options_.address, options_.port,
                               code.message()),
                   "Give another port; 0 takes any that is free."};
    port_ = acceptor_.local_endpoint().port();
    return {};
  }

  void open(const Tcp::endpoint& endpoint, boost::system::error_code& code) {
    acceptor_.open(endpoint.protocol(), code);
    if (!code) acceptor_.set_option(Tcp::acceptor::reuse_address(true), code);
    if (!code) acceptor_.bind(endpoint, code);
    if (!code) acceptor_.listen(asio::socket_base::max_listen_connections, code);
  }

  asio::awaitable<void> accept() {
    while (true) {
      auto [code, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
      if (code) {  // for instance too many open files: later there may be room again
        co_await pause(std::chrono::milliseconds(10));
        continue;
      }
      socket.set_option(Tcp::no_delay(true), code);
      asio::co_spawn(
          context_,
          options_.tls ? serve_tls(std::move(socket), tls_, handler_) : serve_plain(std::move(socket), handler_),
          asio::detached);
    }
  }

  ServerOptions options_;
  Handler handler_;
  asio::io_context context_{1};
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  Tcp::acceptor acceptor_{context_};
  std::uint16_t port_ = 0;
  std::filesystem::path authority_file_;
  std::thread thread_;
};

EmulatorServer::EmulatorServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EmulatorServer::~EmulatorServer() = default;
std::uint16_t EmulatorServer::port() const { return impl_->port(); }
std::string EmulatorServer::address() const { return impl_->address(); }
const std::filesystem::path& EmulatorServer::authority_file() const { return impl_->authority_file(); }
void EmulatorServer::stop() { impl_->stop(); }

Result<std::unique_ptr<EmulatorServer>> EmulatorServer::start(const ServerOptions& options, Handler handler) {
  auto impl = std::make_unique<Impl>(options, std::move(handler));
  BORNITE_CHECK(impl->start());
  return std::unique_ptr<EmulatorServer>(new EmulatorServer(std::move(impl)));
}

}  // namespace bornite::emulator
