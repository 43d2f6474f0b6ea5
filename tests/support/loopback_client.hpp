#pragma once
// A client that knows nothing of HTTP: bytes out, bytes in.

#include <cstdint>
#include <filesystem>
#include <string>

namespace bornite {

/// Sends the request to a port of this machine and reads until the other side closes. Empty if it closed without a
/// word. With a certificate of an authority it speaks TLS and checks the host name "localhost"; throws
/// std::runtime_error if that fails or nobody listens.
[[nodiscard]] std::string loopback_exchange(std::uint16_t port, const std::string& request,
                                            const std::filesystem::path& authority = {});

}  // namespace bornite
