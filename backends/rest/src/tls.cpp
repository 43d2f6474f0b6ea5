#include "tls.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/ssl/error.hpp>

namespace bornite {

Result<void> prepare_tls(boost::asio::ssl::context& context, const std::filesystem::path& ca_file) {
  SSL_CTX* const native = context.native_handle();
  ::SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  ::SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  boost::system::error_code error;
  context.set_verify_mode(boost::asio::ssl::verify_peer, error);
  context.set_default_verify_paths(error);
  if (ca_file.empty()) return {};
  context.load_verify_file(ca_file.string(), error);
  if (error)
    return Error{ErrorKind::configuration,
                 fmt::format("The CA file {} cannot be used: {}.", ca_file.string(), error.message()),
                 "Name a readable file with certificates in PEM format."};
  return {};
}

void demand_host(SSL* session, const std::string& host) {
  X509_VERIFY_PARAM* const demands = ::SSL_get0_param(session);
  if (is_ip_address(host)) {
    ::X509_VERIFY_PARAM_set1_ip_asc(demands, host.c_str());
    return;
  }
  ::X509_VERIFY_PARAM_set_hostflags(demands, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  ::X509_VERIFY_PARAM_set1_host(demands, host.c_str(), host.size());
  ::SSL_set_tlsext_host_name(session, host.c_str());
}

namespace {

Error certificate_failure(const Url& url, long verdict) {
  const std::string server = url.address();
  const char* const reason = ::X509_verify_cert_error_string(verdict);
  switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return {ErrorKind::network, fmt::format("{} shows a certificate for another host.", server),
              "Check the address. Nothing was sent."};
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {ErrorKind::network, fmt::format("The certificate of {} is not valid at this time ({}).", server, reason),
              "Check this machine's date and time. Nothing was sent."};
    default:
      return {ErrorKind::network, fmt::format("The certificate of {} is not trusted ({}).", server, reason),
              "If an authority of your own signed it, name its certificate as the extra CA file. Nothing was sent."};
  }
}

}  // namespace

Error handshake_failure(SSL* session, const Url& url, const boost::system::error_code& error) {
  if (const long verdict = ::SSL_get_verify_result(session); verdict != X509_V_OK)
    return certificate_failure(url, verdict);
  const auto code = static_cast<unsigned long>(error.value());
  const bool from_openssl = error.category() == boost::asio::error::get_ssl_category();
  const int reason = from_openssl ? ERR_GET_REASON(code) : 0;
  if (reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION)
    return {ErrorKind::network, fmt::format("{} does not speak TLS 1.2 or later.", url.address()),
            "Older versions are not safe and are refused. Nothing was sent."};
  if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST)
    return {ErrorKind::network, fmt::format("{} does not speak TLS.", url.address()),
            "Check the port, or write http:// if it is a server on this machine. Nothing was sent."};
  return {ErrorKind::network, fmt::format("No TLS connection with {}: {}.", url.address(), error.message()),
          "Try again. Nothing was sent.", true};
}

}  // namespace bornite
