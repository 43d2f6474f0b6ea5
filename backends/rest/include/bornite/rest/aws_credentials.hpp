#pragma once
// Where AWS credentials come from.

#include <string>

#include "bornite/rest/aws_signature.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

struct AwsProfile {
  AwsCredentials credentials{};
  std::string region{};  ///< may be empty
};

/// As AWS's own tools look for them: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or else the
/// profile that AWS_PROFILE names ("default" if it is unset) from ~/.aws/credentials, then ~/.aws/config, or the files
/// that AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE name. The region comes from AWS_REGION, AWS_DEFAULT_REGION or
/// the profile.
///
/// ErrorKind::authentication if there are none; it names what was looked at. Profiles that get their credentials by
/// single sign-on, roles or a process are not followed: the hint says how to export what they give.
[[nodiscard]] Result<AwsProfile> load_aws_profile();

}  // namespace bornite
