#pragma once
// AWS Signature Version 4, as AWS's documentation of request signing specifies it.

#include "bornite/emulator/http.hpp"
#include "bornite/util/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bornite::emulator {

struct AwsCredentials {
  std::string access_key;
  std::string secret_key;
  std::string session_token;  ///< that temporary credentials must show, if they show one
};

/// What a signature is good for.
struct AwsScope {
  std::string date;  ///< "20261120"
  std::string region;
  std::string service;
};

/// The signature in hexadecimal that the request should have, from the headers named in `signed_headers`
/// ("host;x-amz-date"). The path is encoded once more than it came, but for the service s3.
[[nodiscard]] std::string aws_signature(const HttpCall& call, const AwsScope& scope, std::string_view signed_headers,
                                        std::string_view secret_key);

struct AwsRefusal {
  std::string type;  ///< AWS's name of the error; the status is 403
  std::string message;
};

/// Checks header Authorization, date (5 minutes either way), key, scope, digest of the body, that host and all x-amz-
/// headers are signed, session token, and the signature. None if all is well.
[[nodiscard]] std::optional<AwsRefusal> check_aws_signature(const HttpCall& call, const AwsCredentials& credentials,
                                                            std::string_view service, Clock::Instant now);

}  // namespace bornite::emulator
