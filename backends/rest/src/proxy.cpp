#include "proxy.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cstdlib>

namespace bornite {
namespace {

std::string variable(const char* lower_case, const char* upper_case) {
  for (const char* name : {lower_case, upper_case})
    if (const char* value = std::getenv(name); value && *value) return value;
  return {};
}

std::string base64(const std::string& text) {
  std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');
  const int length =
      ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

Error bad_proxy(const std::string& reason) {
  return {ErrorKind::configuration, "The proxy in HTTPS_PROXY cannot be used: " + reason + '.',
          "Give it as http://[name:password@]host[:port], or unset HTTPS_PROXY."};
}

bool entry_matches(std::string_view entry, const Url& url) {
  if (entry == "*" || entry == url.host || entry == url.address()) return true;
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  const bool has_dot = entry.starts_with('.');
  if (entry.empty() || (has_dot && entry.substr(1) == url.host)) return !entry.empty();
  // "domain" and ".domain" both mean everything below it.
  const std::string suffix = has_dot ? std::string(entry) : '.' + std::string(entry);
  return !is_ip_address(url.host) && url.host.ends_with(suffix);
}

}  // namespace

ProxySettings ProxySettings::from_environment() {
  return {variable("https_proxy", "HTTPS_PROXY"), variable("no_proxy", "NO_PROXY")};
}

Result<std::optional<Proxy>> parse_proxy(const ProxySettings& settings) {
  if (settings.https_proxy.empty()) return std::optional<Proxy>();
  std::string text = settings.https_proxy;
  if (text.find("://") == std::string::npos) text.insert(0, "http://");
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed) return bad_proxy("it is not an address");
  if (parsed->scheme_id() != boost::urls::scheme::http) return bad_proxy("only http:// proxies are known");
  Proxy proxy;
  if (parsed->has_userinfo()) {
    proxy.password = Secret(parsed->password());
    proxy.authorization = Secret("Basic " + base64(parsed->userinfo()));
  }
  const auto host = parsed->encoded_host_and_port();
  auto address = parse_url("http://" + std::string(host.data(), host.size()));
  if (!address) return bad_proxy("it names no host");
  proxy.address = std::move(*address);
  return std::optional<Proxy>(std::move(proxy));
}

bool bypasses_proxy(const Url& url, std::string_view no_proxy) {
  if (is_loopback(url.host)) return true;
  while (!no_proxy.empty()) {
    const std::size_t comma = no_proxy.find(',');
    std::string entry(no_proxy.substr(0, comma));
    std::erase(entry, ' ');
    std::ranges::transform(entry, entry.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (entry_matches(entry, url)) return true;
    no_proxy.remove_prefix(comma == std::string_view::npos ? no_proxy.size() : comma + 1);
  }
  return false;
}

}  // namespace bornite
