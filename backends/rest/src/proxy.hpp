#pragma once
// Which requests go through a proxy, and which.

#include <optional>
#include <string>

#include "bornite/rest/http_client.hpp"
#include "bornite/util/secret.hpp"
#include "url.hpp"

namespace bornite {

struct Proxy {
  Url address{};
  Secret password{};       ///< kept so that it is scrubbed from texts
  Secret authorization{};  ///< the value of Proxy-Authorization; empty for none
};

/// ErrorKind::configuration if the address is none that can be used. The message never repeats it.
[[nodiscard]] Result<std::optional<Proxy>> parse_proxy(const ProxySettings& settings);

/// Whether NO_PROXY exempts the host. This machine is always exempt.
[[nodiscard]] bool bypasses_proxy(const Url& url, std::string_view no_proxy);

}  // namespace bornite
