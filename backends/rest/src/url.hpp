#pragma once
// Absolute URLs taken apart.

#include <cstdint>
#include <string>
#include <string_view>

#include "bornite/util/error.hpp"

namespace bornite {

struct Url {
  bool secure = true;
  std::string host{};  ///< lower case; an IPv6 address without its brackets
  std::uint16_t port = 443;
  std::string target{};  ///< path and query as they are sent; begins with '/'

  /// The value of the Host header: no port where it is the scheme's own.
  [[nodiscard]] std::string authority() const;
  /// "host:port", for sentences and for CONNECT.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] std::string_view path() const;
  /// Without the '?'; empty if there is none.
  [[nodiscard]] std::string_view query() const;
};

/// ErrorKind::configuration for anything but http(s)://host[:port][/path][?query] with every unusual character encoded.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

/// Whether the name or address means this machine: localhost, 127.0.0.0/8, ::1.
[[nodiscard]] bool is_loopback(std::string_view host);

/// Whether it is an IPv4 or IPv6 address rather than a name.
[[nodiscard]] bool is_ip_address(const std::string& host);

}  // namespace bornite
