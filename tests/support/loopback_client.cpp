#include "loopback_client.hpp"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace bornite {
namespace {

class Socket {
 public:
  explicit Socket(std::uint16_t port) : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(number_);
      throw std::runtime_error("nobody listens");
    }
  }
  ~Socket() { ::close(number_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

template <typename Read>
std::string read_all(const Read& read) {
  std::string text;
  std::array<char, 16384> buffer{};
  for (auto size = read(buffer); size > 0; size = read(buffer))
    text.append(buffer.data(), static_cast<std::size_t>(size));
  return text;
}

}  // namespace

std::string loopback_exchange(std::uint16_t port, const std::string& request, const std::filesystem::path& authority) {
  const Socket socket(port);
  if (authority.empty()) {
    if (::send(socket.number(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
      throw std::runtime_error("cannot send");
    return read_all([&](auto& buffer) { return ::recv(socket.number(), buffer.data(), buffer.size(), 0); });
  }
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_load_verify_locations(context.get(), authority.c_str(), nullptr);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), SSL_free);
  SSL_set1_host(tls.get(), "localhost");
  SSL_set_fd(tls.get(), socket.number());
  if (SSL_connect(tls.get()) != 1) throw std::runtime_error("no TLS");
  SSL_write(tls.get(), request.data(), static_cast<int>(request.size()));
  return read_all([&](auto& buffer) { return SSL_read(tls.get(), buffer.data(), static_cast<int>(buffer.size())); });
}

}  // namespace bornite
