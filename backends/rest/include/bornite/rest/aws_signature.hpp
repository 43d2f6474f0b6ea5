#pragma once
// AWS Signature Version 4: pure functions. "Create a signed AWS API request", AWS Identity and Access Management User
// Guide, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html

#include <string>
#include <string_view>

#include "bornite/rest/http.hpp"
#include "bornite/util/clock.hpp"
#include "bornite/util/error.hpp"
#include "bornite/util/secret.hpp"

namespace bornite {

struct AwsCredentials {
  std::string access_key_id{};
  Secret secret_access_key{};
  Secret session_token{};  ///< of temporary credentials; may be empty
};

/// Which service of which region a request is for.
struct AwsScope {
  std::string region{};   ///< "us-east-1"
  std::string service{};  ///< "braket", "s3"
};

/// The request in the one form that both sides hash. All headers of the request are signed, and there must be a Host;
/// the path must have no "." or ".." segments. Paths are encoded once more, except for s3, which takes them as they
/// are. ErrorKind::configuration if the address is none.
[[nodiscard]] Result<std::string> aws_canonical_request(const HttpRequest& request, std::string_view service);

/// The algorithm, the time ("20130524T000000Z"), the scope and the hash of the canonical request, a line each.
[[nodiscard]] std::string aws_string_to_sign(std::string_view canonical_request, const AwsScope& scope,
                                             std::string_view time);

/// 64 hexadecimal digits.
[[nodiscard]] std::string aws_signature(std::string_view string_to_sign, const Secret& secret_access_key,
                                        const AwsScope& scope, std::string_view time);

/// Adds Host, X-Amz-Date, X-Amz-Security-Token (if there is a session token), X-Amz-Content-Sha256 (for s3, which
/// demands it) and Authorization. What the request has besides is signed too.
[[nodiscard]] Result<void> aws_sign(HttpRequest& request, const AwsCredentials& credentials, const AwsScope& scope,
                                    Clock::Instant now);

}  // namespace bornite
