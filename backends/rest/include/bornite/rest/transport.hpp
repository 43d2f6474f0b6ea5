#pragma once
// Where requests go out and replies come in; tests put their own behind it.

#include <span>
#include <vector>

#include "bornite/rest/http.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

/// Sends requests as they are. Any number of threads may use one transport.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;

  /// Sends all requests at once; returns when every one has its reply or its error, in the order of the requests. A
  /// reply of any status is a value.
  ///
  /// Errors: ErrorKind::configuration for a request that must not be sent as it is, ErrorKind::network and
  /// ErrorKind::authentication (a proxy's) for the rest. `retryable` if it may work later. `outcome_unknown` is false
  /// only if certainly no server that could act on the request has seen a byte of it: the name was not found, there was
  /// no connection, no tunnel through the proxy, or no TLS.
  [[nodiscard]] virtual std::vector<Result<HttpReply>> exchange(std::span<const HttpRequest> requests) = 0;
};

/// One request through exchange().
[[nodiscard]] Result<HttpReply> exchange_one(HttpTransport& transport, const HttpRequest& request);

}  // namespace bornite
