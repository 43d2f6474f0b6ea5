#include "url.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "bornite/util/secret.hpp"

namespace bornite {
namespace {

using AddressBytes = std::array<unsigned char, 16>;

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
}

Error bad_url(std::string_view text, std::string_view reason) {
  return {ErrorKind::configuration, scrubbed(fmt::format("\"{}\" cannot be used as an address: {}.", text, reason)),
          "Give it as https://host[:port]/path, with special characters as %XX."};
}

}  // namespace

std::string Url::authority() const { return port == (secure ? 443 : 80) ? bracketed(host) : address(); }
std::string Url::address() const { return fmt::format("{}:{}", bracketed(host), port); }
std::string_view Url::path() const { return std::string_view(target).substr(0, target.find('?')); }
std::string_view Url::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

Result<Url> parse_url(std::string_view text) {
  const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed) return bad_url(text, "it is not a URL");
  const boost::urls::url_view view = *parsed;
  if (view.has_userinfo()) {
    const std::size_t at = text.find('@');
    return bad_url(fmt::format("***{}", text.substr(std::min(at, text.size()))), "it has a user name in it");
  }
  const bool secure = view.scheme_id() == boost::urls::scheme::https;
  if (!secure && view.scheme_id() != boost::urls::scheme::http)
    return bad_url(text, "it begins with neither https nor http");
  const auto type = view.host_type();
  if (type == boost::urls::host_type::none || type == boost::urls::host_type::ipvfuture || view.encoded_host().empty())
    return bad_url(text, "it names no host");
  if (view.has_fragment()) return bad_url(text, "it has a fragment (#)");
  if (view.has_port() && (view.port_number() == 0 || view.port().size() > 5))
    return bad_url(text, "its port is not one from 1 to 65535");

  Url url{.secure = secure,
          .host = view.host_address(),
          .port = view.has_port() ? view.port_number() : static_cast<std::uint16_t>(secure ? 443 : 80)};
  std::ranges::transform(url.host, url.host.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const bool plain = std::ranges::all_of(url.host, [](unsigned char c) { return c > ' ' && c < 0x7f && c != '/'; });
  if (!plain) return bad_url(text, "its host name has unusual characters");
  const auto target = view.encoded_target();
  url.target.assign(target.data(), target.size());
  if (!url.target.starts_with('/')) url.target = '/' + url.target;
  return url;
}

bool is_loopback(std::string_view host) {
  const std::string name(host);
  AddressBytes address{};
  if (::inet_pton(AF_INET, name.c_str(), address.data()) == 1) return address[0] == 127;
  if (::inet_pton(AF_INET6, name.c_str(), address.data()) == 1) {
    AddressBytes loopback{};
    loopback.back() = 1;
    return address == loopback;
  }
  return name == "localhost";
}

bool is_ip_address(const std::string& host) {
  AddressBytes address{};
  return ::inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

}  // namespace bornite
