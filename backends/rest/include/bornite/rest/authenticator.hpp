#pragma once
// How a provider knows who asks.

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "bornite/rest/transport.hpp"
#include "bornite/util/clock.hpp"
#include "bornite/util/secret.hpp"

namespace bornite {

/// Adds to requests what proves the right to send them. Any number of threads may use one.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  /// Adds headers. May fetch a token first, and wait while another thread does. ErrorKind::authentication if there are
  /// no credentials, ErrorKind::network if the token could not be fetched; the request itself was not sent then.
  [[nodiscard]] virtual Result<void> sign(HttpRequest& request) = 0;

  /// The provider has refused what sign() added: forgets what can be had anew. Whether another try can help.
  virtual bool refresh() = 0;
};

/// A key that never changes, in a header: "Authorization: apiKey KEY", "X-API-KEY: KEY".
class HeaderAuthenticator final : public Authenticator {
 public:
  /// `prefix` comes before the key as it is, its space included.
  HeaderAuthenticator(std::string name, std::string prefix, Secret key);

  [[nodiscard]] Result<void> sign(HttpRequest& request) override;
  bool refresh() override { return false; }

 private:
  std::string name_;
  std::string prefix_;
  Secret key_;
};

struct BearerToken {
  Secret token{};
  Clock::Instant expires{};
};

/// "Authorization: Bearer TOKEN", with a token that is fetched and fetched again 5 minutes before it expires, or when a
/// tenth of its life is left if that is shorter. One thread fetches; the others wait for it. While a token is still
/// valid, a failure to replace it early is passed over.
class BearerAuthenticator final : public Authenticator {
 public:
  using Fetch = std::function<Result<BearerToken>(HttpTransport&)>;

  /// `transport` and `clock` must outlive it.
  BearerAuthenticator(HttpTransport& transport, Clock& clock, Fetch fetch);

  [[nodiscard]] Result<void> sign(HttpRequest& request) override;
  bool refresh() override;

 private:
  [[nodiscard]] Result<Secret> token();

  HttpTransport& transport_;
  Clock& clock_;
  Fetch fetch_;
  std::mutex mutex_;
  std::optional<BearerToken> token_{};
  Clock::Instant renew_at_{};
};

}  // namespace bornite
