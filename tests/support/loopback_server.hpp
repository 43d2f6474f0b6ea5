#pragma once
// A server in this process whose every move a test scripts. Blocking sockets and a thread for each connection: nothing
// in common with the client that is tested.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "test_certificates.hpp"

namespace bornite::test {

struct ServedRequest {
  std::string head;  ///< request line and headers
  std::string body;

  [[nodiscard]] std::string line() const { return head.substr(0, head.find("\r\n")); }
  /// The header's value, or nothing. Give the name in lower case.
  [[nodiscard]] std::string header(std::string_view name) const {
    std::string lower = head;
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::size_t place = lower.find("\r\n" + std::string(name) + ": ");
    if (place == std::string::npos) return {};
    const std::size_t begin = place + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

/// The server's end of one connection.
class Peer {
 public:
  Peer(int socket, SSL* session) : socket_(socket), session_(session) {}

  /// Nothing once the client has closed.
  std::optional<ServedRequest> read_request() {
    std::size_t end;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos)
      if (!receive()) return std::nullopt;
    ServedRequest request{received_.substr(0, end + 2), {}};
    received_.erase(0, end + 4);
    const std::string length = request.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (received_.size() < size)
      if (!receive()) return std::nullopt;
    request.body = received_.substr(0, size);
    received_.erase(0, size);
    return request;
  }

  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const long count = session_ ? ::SSL_write(session_, bytes.data(), static_cast<int>(bytes.size()))
                                  : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// A whole reply with its Content-Length. `headers` are lines with their ends.
  bool reply(int status, std::string_view body, std::string_view headers = "") {
    return write("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\n" + std::string(headers) + "\r\n" + std::string(body));
  }

  /// Whether the client has closed within this time.
  bool closed_within(int milliseconds) {
    pollfd state{socket_, POLLRDHUP, 0};
    return ::poll(&state, 1, milliseconds) != 0;
  }

  /// Leaves an orderly end of TLS out, and the connection is reset rather than closed.
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    orderly_ = false;
  }
  /// Leaves an orderly end of TLS out, as somebody does who cuts the line.
  void cut() { orderly_ = false; }
  [[nodiscard]] bool orderly() const { return orderly_; }
  [[nodiscard]] int socket() const { return socket_; }

  /// Joins this connection with one to the port, until either ends.
  void tunnel_to(int port) {
    const int other = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(other, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
      while (pass(other)) {
      }
    ::close(other);
  }

 private:
  bool receive() {
    std::array<char, 65536> buffer;
    const long count = session_ ? ::SSL_read(session_, buffer.data(), buffer.size())
                                : ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }
  bool pass(int other) const {
    std::array<pollfd, 2> ends{{{socket_, POLLIN, 0}, {other, POLLIN, 0}}};
    if (::poll(ends.data(), 2, -1) < 0) return false;
    std::array<char, 65536> buffer;
    for (std::size_t i = 0; i < 2; ++i) {
      if (ends[i].revents == 0) continue;
      const long count = ::recv(ends[i].fd, buffer.data(), buffer.size(), 0);
      if (count <= 0 || ::send(ends[1 - i].fd, buffer.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) != count)
        return false;
    }
    return true;
  }

  int socket_;
  SSL* session_;
  bool orderly_ = true;
  std::string received_;
};

struct ServerOptions {
  const Identity* identity = nullptr;  ///< speaks TLS if there is one
  int max_tls = 0;                     ///< such as TLS1_1_VERSION; 0 for the newest
  bool ipv6 = false;
};

class LoopbackServer {
 public:
  /// Called for each connection, in a thread of its own; the connection closes when it returns.
  using Script = std::function<void(Peer&)>;

  explicit LoopbackServer(Script script, const ServerOptions& options = {}) : script_(std::move(script)) {
    if (options.identity) prepare_tls(options);
    listen(options.ipv6);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~LoopbackServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    ::close(listener_);
    if (tls_) ::SSL_CTX_free(tls_);
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  /// "https://localhost:PORT" or the like.
  [[nodiscard]] std::string url(const std::string& path = "/", const std::string& host = "localhost") const {
    return (tls_ ? "https://" : "http://") + host + ":" + std::to_string(port_) + path;
  }
  /// Connections so far.
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void prepare_tls(const ServerOptions& options) {
    tls_ = ::SSL_CTX_new(::TLS_server_method());
    if (options.max_tls != 0) {
      ::SSL_CTX_set_security_level(tls_, 0);
      ::SSL_CTX_set_min_proto_version(tls_, TLS1_VERSION);
      ::SSL_CTX_set_max_proto_version(tls_, options.max_tls);
    }
    ::SSL_CTX_use_certificate(tls_, options.identity->certificate.get());
    ::SSL_CTX_use_PrivateKey(tls_, options.identity->key.get());
  }

  void listen(bool ipv6) {
    sockaddr_storage storage{};
    socklen_t size = ipv6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    auto* const v4 = reinterpret_cast<sockaddr_in*>(&storage);
    auto* const v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    storage.ss_family = ipv6 ? AF_INET6 : AF_INET;
    if (ipv6)
      v6->sin6_addr = in6addr_loopback;
    else
      v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const address = reinterpret_cast<sockaddr*>(&storage);
    listener_ = ::socket(storage.ss_family, SOCK_STREAM, 0);
    if (listener_ < 0 || ::bind(listener_, address, size) != 0 || ::listen(listener_, 512) != 0 ||
        ::getsockname(listener_, address, &size) != 0)
      throw std::runtime_error("cannot listen on the loopback interface");
    port_ = ntohs(ipv6 ? v6->sin6_port : v4->sin_port);
  }

  void accept_all() {
    for (;;) {
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) return;
      const int yes = 1;
      ::setsockopt(socket, IPPROTO_TCP, 1 /* TCP_NODELAY */, &yes, sizeof yes);
      ++connections_;
      const std::lock_guard lock(mutex_);
      open_.insert(socket);
      threads_.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    // OpenSSL writes to closed connections without asking for silence.
    sigset_t broken_pipe;
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    SSL* const session = tls_ ? ::SSL_new(tls_) : nullptr;
    if (session) ::SSL_set_fd(session, socket);
    if (!session || ::SSL_accept(session) == 1) {
      Peer peer(socket, session);
      script_(peer);
      if (session && peer.orderly()) ::SSL_shutdown(session);
    }
    if (session) ::SSL_free(session);
    ::ERR_clear_error();
    const std::lock_guard lock(mutex_);
    open_.erase(socket);
    ::close(socket);
  }

  Script script_;
  SSL_CTX* tls_ = nullptr;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  std::thread acceptor_;
  std::mutex mutex_;
  std::set<int> open_;
  std::list<std::thread> threads_;
};

}  // namespace bornite::test
