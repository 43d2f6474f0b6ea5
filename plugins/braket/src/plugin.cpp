// The plugin braket: --backend braket:sv1, braket:arn:aws:braket:us-east-1::device/qpu/..., ...

#include <fmt/format.h>

#include <cstdlib>

#include "bornite/backend/plugin.hpp"
#include "bornite/rest/aws_authenticator.hpp"
#include "bornite/rest/provider.hpp"
#include "braket_adapter.hpp"
#include "capability_file.hpp"

namespace {

using namespace bornite;  // NOLINT: a plugin is a program of its own

constexpr const char* bucket_variable = "BRAKET_BUCKET";
constexpr const char* s3_variable = "BRAKET_S3_ENDPOINT";
constexpr const char* usual_region = "us-east-1";

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

/// The device's own region, else the option's, else that of the credentials.
Result<std::string> find_region(Config& options, const std::string& device, const AwsProfile& profile) {
  const std::string own = braket_region(braket_arn(device));
  BORNITE_TRY(const std::string region, options.text("region", profile.region));
  if (!own.empty()) return own;
  return region.empty() ? std::string(usual_region) : region;
}

Result<BraketOptions> read_options(Provider& provider, const std::string& device) {
  BORNITE_TRY(const AwsProfile profile, load_aws_profile());
  BraketOptions own;
  own.endpoint = provider.endpoint;
  BORNITE_TRY(own.region, find_region(provider.options, device, profile));
  if (own.endpoint.empty()) own.endpoint = fmt::format("https://braket.{}.amazonaws.com", own.region);
  BORNITE_TRY(own.s3_endpoint, provider.options.text("s3_endpoint", variable(s3_variable)));
  BORNITE_TRY(own.bucket, provider.options.text("bucket", variable(bucket_variable)));
  BORNITE_TRY(own.prefix, provider.options.text("prefix", "bornite"));
  if (own.bucket.empty() && !device.empty())
    return Error{ErrorKind::configuration,
                 fmt::format("Braket puts results into a bucket of yours, and none is named: the environment variable "
                             "{} is not set.",
                             bucket_variable),
                 "Make an S3 bucket in the device's region and name it with --backend-option bucket=NAME."};
  return own;
}

Result<std::unique_ptr<QuantumBackend>> make_braket(const std::string& device, const BackendOptions& options) {
  BORNITE_TRY(Provider provider, Provider::open(capability_file, "braket", device, options));
  BORNITE_TRY(BraketOptions own, read_options(provider, device));
  auto authenticator =
      std::make_unique<AwsAuthenticator>(system_clock(), AwsScope{.region = own.region, .service = "braket"});
  auto adapter = std::make_unique<BraketAdapter>(device, std::move(own));
  return std::move(provider).finish(std::move(adapter), std::move(authenticator));
}

}  // namespace

BORNITE_PLUGIN("braket", "0.1.0", "Amazon Braket", make_braket)
