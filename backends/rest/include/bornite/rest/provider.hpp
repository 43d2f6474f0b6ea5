#pragma once
// From a plugin's capability file and its user's options to a backend.

#include "bornite/backend/registry.hpp"
#include "bornite/rest/adapter.hpp"
#include "bornite/rest/authenticator.hpp"
#include "bornite/rest/http_client.hpp"
#include "bornite/rest/rest_backend.hpp"
#include "bornite/rest/retry.hpp"
#include "bornite/util/config.hpp"
#include "bornite/util/error.hpp"
#include "bornite/util/secret.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace bornite {

/// Everything about a provider that is not code. Its capability file is TOML:
///
///     description = "IonQ's trapped ions and their simulator"
///     dialect = "ionq"              # one of core's, or a table [qasm] of its own
///     compile = false               # whether programs must consist of the device's own gates, as compile() makes them
///     [endpoint]
///     url = "https://api.ionq.co/v0.4"
///     variable = "IONQ_ENDPOINT"    # an environment variable that replaces it
///     [token]
///     variable = "IONQ_API_KEY"     # where the token is looked for when no option names a file
///     where = "cloud.ionq.com, under Keys"
///     [limits]                      # of one job; what is left out is not limited
///     rows = 100                    # and shots, total_shots, payload_bytes
///     uniform_shots = true
///     in_flight = 50                # jobs at a time
///     per_minute = 5                # submissions
///     parametric = true             # takes one program with many rows of parameters
///     [recovery]
///     submits_once = false          # whether the provider makes one job of two submissions with one token
///     lookup_delay = 30             # seconds after which a job that was accepted is certainly in its lists
///     [price]                       # of processors: US dollars and seconds; what is left out is not known
///     usd_per_job = 0.3
///     usd_per_shot = 0.01
///     qpu_seconds_per_job = 2.0
///     qpu_seconds_per_shot = 0.00025
///
/// Options that every provider has:
///     endpoint      address of the service
///     ca_file       PEM certificates trusted beside the system's; also BORNITE_CA_FILE
///     token_file    file with the token, readable by its owner alone, or /dev/stdin
///     timeout       seconds that one call may take in all; default: 300
///     retry_pause   seconds of the first pause before a call is tried again; default: 0.5
///     per_minute, in_flight, lookup_delay   in place of the capability file's, for plans with other limits
class Provider {
 public:
  /// Reads both; `plugin` is the plugin's name. Refuses wrong contents of the file or of the options.
  [[nodiscard]] static Result<Provider> open(std::string_view capability_file, std::string_view plugin,
                                             const std::string& device, const BackendOptions& options);

  Capabilities capabilities;
  Dialect dialect;
  bool compile_for_device = false;
  std::string endpoint;  ///< without a slash at its end
  Price price_per_job;
  Price price_per_shot;
  Config options;  ///< for the provider's own; what nobody reads is refused in finish()
  std::unique_ptr<HttpClient> client;
  RetryPolicy retries;

  /// The token, from the option token_file or the file's variable. ErrorKind::authentication with both names if there
  /// is none.
  [[nodiscard]] Result<Secret> token();

  /// The backend; refuses options that nobody has read.
  [[nodiscard]] Result<std::unique_ptr<QuantumBackend>> finish(std::unique_ptr<RestAdapter> adapter,
                                                               std::unique_ptr<Authenticator> authenticator) &&;

 private:
  std::string token_variable_;
  std::string token_place_;
};

}  // namespace bornite
