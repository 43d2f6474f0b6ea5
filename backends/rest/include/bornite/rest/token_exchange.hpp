#pragma once
// A long-lived key exchanged for a token that lives for an hour, as OAuth 2 servers and IBM's IAM do it.

#include <string>

#include "bornite/rest/authenticator.hpp"

namespace bornite {

struct TokenExchange {
  std::string url{};         ///< "https://iam.cloud.ibm.com/identity/token"
  std::string grant_type{};  ///< "urn:ibm:params:oauth:grant-type:apikey"
  std::string key_name{};    ///< the form's field that carries the key: "apikey"
  Secret key{};
};

/// POSTs a form with grant_type and the key; reads access_token and expires_in (seconds; 3600 if missing) from the JSON
/// reply (RFC 6749, 4.4 and 5.1). Counts the life from before the request, by this machine's clock.
///
/// Errors: ErrorKind::authentication if the key is refused (400, 401, 403), ErrorKind::network otherwise; retryable for
/// failed transport, 408, 429 and 5xx. A token may be asked for again, so outcome_unknown is never set.
[[nodiscard]] Result<BearerToken> exchange_key(HttpTransport& transport, Clock& clock, const TokenExchange& exchange);

}  // namespace bornite
