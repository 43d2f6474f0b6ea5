#pragma once
// What TLS demands of a server, and how its failures are told.

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <string>

#include "bornite/util/error.hpp"
#include "url.hpp"

namespace bornite {

/// TLS 1.2 or later, certificates of the system and of the file, if one is named. ErrorKind::configuration if the file
/// cannot be used.
[[nodiscard]] Result<void> prepare_tls(boost::asio::ssl::context& context, const std::filesystem::path& ca_file);

/// Asks for the host by name, and demands a certificate of that name or address.
void demand_host(SSL* session, const std::string& host);

/// Why the handshake failed, and what to do about it.
[[nodiscard]] Error handshake_failure(SSL* session, const Url& url, const boost::system::error_code& error);

}  // namespace bornite
