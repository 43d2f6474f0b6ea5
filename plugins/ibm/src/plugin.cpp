// The plugin ibm: --backend ibm:ibm_fez, ...

#include <fmt/format.h>

#include <cstdlib>

#include "bornite/backend/plugin.hpp"
#include "bornite/rest/provider.hpp"
#include "bornite/rest/token_exchange.hpp"
#include "capability_file.hpp"
#include "ibm_adapter.hpp"

namespace {

using namespace bornite;  // NOLINT: a plugin is a program of its own

constexpr const char* instance_variable = "QISKIT_IBM_INSTANCE";
constexpr const char* iam_variable = "IBM_IAM_ENDPOINT";
constexpr const char* iam_url = "https://iam.cloud.ibm.com/identity/token";

std::string variable(const char* name, const char* otherwise = "") {
  const char* const value = std::getenv(name);
  return value && *value ? value : otherwise;
}

Result<IbmService> find_service(Provider& provider) {
  IbmService service{.endpoint = provider.endpoint, .instance = ""};
  BORNITE_TRY(service.instance, provider.options.text("instance", variable(instance_variable)));
  if (service.instance.empty())
    return Error{
        ErrorKind::authentication,
        fmt::format("There is no instance for ibm: the environment variable {} is not set.", instance_variable),
        "Set it to the CRN of your instance at quantum.cloud.ibm.com, or use --backend-option instance=CRN."};
  if (service.endpoint.empty()) {
    BORNITE_TRY(service.endpoint, ibm_endpoint(service.instance));
  }
  return service;
}

Result<IbmOptions> read_options(Config& options) {
  IbmOptions own;
  BORNITE_TRY(own.session, read_ibm_session(options));
  BORNITE_TRY(own.dynamical_decoupling, options.text("dynamical_decoupling", ""));
  BORNITE_TRY(own.twirling, options.boolean("twirling", false));
  if (options.has("max_seconds")) {
    BORNITE_TRY(own.max_seconds, options.count("max_seconds", 600, 1, 10'800));
  }
  return own;
}

Result<std::unique_ptr<QuantumBackend>> make_ibm(const std::string& device, const BackendOptions& options) {
  BORNITE_TRY(Provider provider, Provider::open(capability_file, "ibm", device, options));
  BORNITE_TRY(Secret key, provider.token());
  BORNITE_TRY(IbmService service, find_service(provider));
  BORNITE_TRY(IbmOptions own, read_options(provider.options));
  BORNITE_TRY(const std::string iam, provider.options.text("iam_endpoint", variable(iam_variable, iam_url)));
  const TokenExchange exchange{
      .url = iam, .grant_type = "urn:ibm:params:oauth:grant-type:apikey", .key_name = "apikey", .key = std::move(key)};
  auto authenticator = std::make_unique<BearerAuthenticator>(
      *provider.client, system_clock(),
      [exchange](HttpTransport& transport) { return exchange_key(transport, system_clock(), exchange); });
  auto adapter = std::make_unique<IbmAdapter>(std::move(service), device, std::move(own));
  return std::move(provider).finish(std::move(adapter), std::move(authenticator));
}

}  // namespace

BORNITE_PLUGIN("ibm", "0.1.0", "IBM Quantum Platform", make_ibm)
