#include "bornite/rest/provider.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <random>
#include <utility>

#include "bornite/rest/retry.hpp"

namespace bornite {
namespace {

constexpr double most = 1e15;

Result<std::optional<double>> optional_number(Config& config, std::string_view key) {
  if (!config.has(key)) return std::optional<double>();
  BORNITE_TRY(const double number, config.number(key, 0, 0, most));
  return std::optional(number);
}

Result<void> read_limits(Config& config, Capabilities& capabilities) {
  const auto limit = [&](std::string_view key) -> Result<std::uint64_t> {
    return config.has(key) ? config.count(key, 1, 1) : Result<std::uint64_t>(Capabilities::unlimited);
  };
  BORNITE_TRY(capabilities.max_rows, limit("limits.rows"));
  BORNITE_TRY(capabilities.max_shots, limit("limits.shots"));
  BORNITE_TRY(capabilities.max_total_shots, limit("limits.total_shots"));
  BORNITE_TRY(capabilities.max_payload_bytes, limit("limits.payload_bytes"));
  BORNITE_TRY(capabilities.max_jobs_in_flight, limit("limits.in_flight"));
  BORNITE_TRY(capabilities.submissions_per_minute, limit("limits.per_minute"));
  BORNITE_TRY(capabilities.uniform_shots, config.boolean("limits.uniform_shots", false));
  BORNITE_TRY(capabilities.parametric_programs, config.boolean("limits.parametric", false));
  BORNITE_TRY(capabilities.submits_once, config.boolean("recovery.submits_once", false));
  BORNITE_TRY(const std::uint64_t delay, config.count("recovery.lookup_delay", 60, 0, 86'400));
  capabilities.lookup_delay = std::chrono::seconds(delay);
  return {};
}

/// What the user knows better than the capability file.
Result<void> replace_limits(Config& options, Capabilities& capabilities) {
  const auto replace = [&](std::string_view key, std::uint64_t& limit) -> Result<void> {
    if (!options.has(key)) return {};
    BORNITE_TRY(limit, options.count(key, 1, 1));
    return {};
  };
  BORNITE_CHECK(replace("per_minute", capabilities.submissions_per_minute));
  BORNITE_CHECK(replace("in_flight", capabilities.max_jobs_in_flight));
  if (!options.has("lookup_delay")) return {};
  BORNITE_TRY(const std::uint64_t delay, options.count("lookup_delay", 60, 0, 86'400));
  capabilities.lookup_delay = std::chrono::seconds(delay);
  return {};
}

HttpOptions::Duration milliseconds(double seconds) {
  return HttpOptions::Duration(static_cast<std::int64_t>(seconds * 1000));
}

Result<Dialect> read_dialect_of(Config& config, std::string_view plugin) {
  if (!config.has("dialect")) return read_dialect(config, plugin);
  BORNITE_TRY(const std::string name, config.text("dialect", ""));
  return builtin_dialect(name);
}

std::string variable(const std::string& name) {
  const char* const value = name.empty() ? nullptr : std::getenv(name.c_str());
  return value ? value : "";
}

/// Everything that the exchange refers to, kept as long as it.
class OwnedExchange final : public Exchange {
 public:
  OwnedExchange(std::unique_ptr<HttpClient> client, std::unique_ptr<Authenticator> authenticator,
                const RetryPolicy& policy)
      : client_(std::move(client)),
        authenticator_(std::move(authenticator)),
        exchange_(*client_, *authenticator_, system_clock(), policy, std::random_device()()) {}

  [[nodiscard]] std::vector<Result<HttpReply>> send_all(std::span<const HttpRequest> requests, Repeat repeat) override {
    return exchange_.send_all(requests, repeat);
  }

 private:
  std::unique_ptr<HttpClient> client_;
  std::unique_ptr<Authenticator> authenticator_;
  RetryingExchange exchange_;
};

}  // namespace

Result<Provider> Provider::open(std::string_view capability_file, std::string_view plugin, const std::string& device,
                                const BackendOptions& options) {
  Provider provider;
  for (const auto& [key, value] : options)
    BORNITE_CHECK(provider.options.set(key, value, fmt::format("an option of backend {}", plugin)));

  BORNITE_TRY(Config file, Config::parse(capability_file, fmt::format("the capability file of plugin {}", plugin)));
  provider.capabilities.name = plugin;
  provider.capabilities.device = device;
  provider.capabilities.remote = true;
  BORNITE_TRY(provider.capabilities.description, file.text("description", ""));
  BORNITE_TRY(provider.dialect, read_dialect_of(file, plugin));
  BORNITE_TRY(provider.compile_for_device, file.boolean("compile", false));
  BORNITE_CHECK(read_limits(file, provider.capabilities));
  BORNITE_TRY(provider.price_per_job.usd, optional_number(file, "price.usd_per_job"));
  BORNITE_TRY(provider.price_per_shot.usd, optional_number(file, "price.usd_per_shot"));
  BORNITE_TRY(provider.price_per_job.qpu_seconds, optional_number(file, "price.qpu_seconds_per_job"));
  BORNITE_TRY(provider.price_per_shot.qpu_seconds, optional_number(file, "price.qpu_seconds_per_shot"));
  BORNITE_TRY(provider.token_variable_, file.text("token.variable", ""));
  BORNITE_TRY(provider.token_place_, file.text("token.where", ""));
  BORNITE_TRY(const std::string url, file.text("endpoint.url", ""));
  BORNITE_TRY(const std::string endpoint_variable, file.text("endpoint.variable", ""));
  BORNITE_CHECK(file.refuse_unread());

  const std::string from_environment = variable(endpoint_variable);
  BORNITE_TRY(provider.endpoint, provider.options.text("endpoint", from_environment.empty() ? url : from_environment));
  while (provider.endpoint.ends_with('/')) provider.endpoint.pop_back();
  HttpOptions http;
  BORNITE_TRY(const double timeout, provider.options.number("timeout", 300, 0.01, 86'400));
  http.total_timeout = milliseconds(timeout);
  http.connect_timeout = std::min(http.connect_timeout, http.total_timeout);
  http.handshake_timeout = std::min(http.handshake_timeout, http.total_timeout);
  BORNITE_TRY(const double pause, provider.options.number("retry_pause", 0.5, 0, 60));
  provider.retries.base = milliseconds(pause);
  BORNITE_CHECK(replace_limits(provider.options, provider.capabilities));
  http.user_agent += fmt::format(" ({})", plugin);
  const std::string ca_file = variable("BORNITE_CA_FILE");
  BORNITE_TRY(http.ca_file, provider.options.path("ca_file"));
  if (http.ca_file.empty()) http.ca_file = ca_file;
  BORNITE_TRY(provider.client, HttpClient::create(std::move(http)));
  return provider;
}

Result<Secret> Provider::token() {
  BORNITE_TRY(const std::filesystem::path file, options.path("token_file"));
  if (!file.empty()) return read_secret_file(file);
  const std::string value = variable(token_variable_);
  if (!value.empty()) return Secret(value);
  return Error{ErrorKind::authentication,
               fmt::format("There is no token for {}: the environment variable {} is not set.", capabilities.name,
                           token_variable_),
               fmt::format("Get one at {}, and set the variable or name a file that only you may read with "
                           "--backend-option token_file=FILE.",
                           token_place_)};
}

Result<std::unique_ptr<QuantumBackend>> Provider::finish(std::unique_ptr<RestAdapter> adapter,
                                                         std::unique_ptr<Authenticator> authenticator) && {
  BORNITE_CHECK(options.refuse_unread());
  RestParts parts{.capabilities = std::move(capabilities),
                  .dialect = std::move(dialect),
                  .compile_for_device = compile_for_device,
                  .price_per_job = price_per_job,
                  .price_per_shot = price_per_shot,
                  .adapter = std::move(adapter),
                  .exchange = std::make_unique<OwnedExchange>(std::move(client), std::move(authenticator), retries)};
  return make_rest_backend(std::move(parts));
}

}  // namespace bornite
