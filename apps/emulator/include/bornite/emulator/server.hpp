#pragma once
// The cloud on a port of this machine.

#include "bornite/emulator/http.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "bornite/util/error.hpp"

namespace bornite::emulator {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any that is free
  bool tls = false;
  std::filesystem::path certificate_folder{};  ///< where ca.pem is written, with TLS
};

/// Serves HTTP/1.1 from one thread of its own until stop() or its end.
class EmulatorServer {
 public:
  using Handler = std::function<HttpAnswer(const HttpCall&)>;

  /// Listens at once. ErrorKind::network if the port cannot be had, io if the certificate cannot be written. With TLS
  /// it makes a certificate authority and a certificate for localhost, 127.0.0.1 and ::1, new at each start.
  [[nodiscard]] static Result<std::unique_ptr<EmulatorServer>> start(const ServerOptions& options, Handler handler);
  ~EmulatorServer();
  EmulatorServer(const EmulatorServer&) = delete;
  EmulatorServer& operator=(const EmulatorServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// "https://127.0.0.1:PORT"
  [[nodiscard]] std::string address() const;
  /// Certificate of the authority to be trusted; empty without TLS.
  [[nodiscard]] const std::filesystem::path& authority_file() const;
  /// Closes all connections. The destructor does it too.
  void stop();

 private:
  class Impl;
  explicit EmulatorServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bornite::emulator
