#pragma once
// The HTTP client that every provider shares.

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "bornite/rest/transport.hpp"

namespace bornite {

/// The proxy for https, in the words of the environment variables.
struct ProxySettings {
  /// "http://[name:password@]host[:port]"; empty for none. Requests go through it in a tunnel (CONNECT).
  std::string https_proxy{};
  /// Hosts that are reached without it, separated by commas: "host", ".domain", "host:port", or "*" for all.
  std::string no_proxy{};

  /// HTTPS_PROXY and NO_PROXY; the same names in lower case come first, as everywhere.
  [[nodiscard]] static ProxySettings from_environment();
};

struct HttpOptions {
  using Duration = std::chrono::milliseconds;

  Duration connect_timeout = std::chrono::seconds(10);    ///< name lookup and connection, over all addresses of a host
  Duration handshake_timeout = std::chrono::seconds(10);  ///< the proxy's tunnel and TLS
  Duration idle_timeout = std::chrono::seconds(60);       ///< no byte goes out or comes in
  Duration total_timeout = std::chrono::seconds(900);     ///< one request, waiting for a free connection included
  Duration reuse_timeout = std::chrono::seconds(30);      ///< connections that idled for longer are not used again
  std::size_t max_header_bytes = 64 << 10;
  std::size_t max_body_bytes = 256 << 20;  ///< of a reply, before and after unpacking
  std::size_t connections_per_host = 16;
  std::filesystem::path ca_file{};  ///< PEM certificates trusted beside those of the system
  std::string user_agent = default_user_agent();
  ProxySettings proxy = ProxySettings::from_environment();

  /// "bornite/VERSION"; plugins append " (PLUGIN)".
  [[nodiscard]] static std::string default_user_agent();
};

/// HTTP/1.1 over TLS 1.2 or later, with the system's certificates and the host's name checked; plain HTTP to this
/// machine alone (127.0.0.0/8, ::1, localhost). Connections are kept and used again. Redirects are not followed.
/// Replies packed by gzip or deflate are unpacked; a reply that is cut short, longer than announced or beyond the
/// limits is an error. One thread does the work and sleeps while there is none.
///
/// A kept connection that turns out to be closed is replaced once, before any byte of a reply, where that is harmless:
/// for GET, HEAD and OPTIONS, or if nothing had been written. Nothing else is ever sent twice.
class HttpClient final : public HttpTransport {
 public:
  /// ErrorKind::configuration for a CA file that cannot be used or a proxy that is not an address.
  [[nodiscard]] static Result<std::unique_ptr<HttpClient>> create(HttpOptions options = {});
  /// No exchange() may be under way.
  ~HttpClient() override;

  [[nodiscard]] std::vector<Result<HttpReply>> exchange(std::span<const HttpRequest> requests) override;

 private:
  class Implementation;
  explicit HttpClient(std::unique_ptr<Implementation> implementation);

  std::unique_ptr<Implementation> implementation_;
};

}  // namespace bornite
