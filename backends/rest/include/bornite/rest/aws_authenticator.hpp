#pragma once
// Requests to AWS, signed.

#include <functional>
#include <mutex>
#include <optional>
#include <string_view>

#include "bornite/rest/authenticator.hpp"
#include "bornite/rest/aws_credentials.hpp"

namespace bornite {

/// Signs each request for its service and region: those of its audience ("s3", "s3/eu-north-1"), then of its host
/// ("braket.us-east-1.amazonaws.com", "BUCKET.s3.eu-north-1.amazonaws.com"), then the usual ones.
class AwsAuthenticator final : public Authenticator {
 public:
  using Load = std::function<Result<AwsProfile>()>;

  /// `usual` is for hosts that do not tell, such as an emulator's; its region is the profile's if it is empty. `clock`
  /// must outlive the authenticator.
  AwsAuthenticator(Clock& clock, AwsScope usual, Load load = load_aws_profile);

  /// ErrorKind::configuration if no region can be told.
  [[nodiscard]] Result<void> sign(HttpRequest& request) override;
  /// Reads the credentials anew; true if they have changed.
  bool refresh() override;

 private:
  [[nodiscard]] Result<AwsProfile> profile();

  Clock& clock_;
  AwsScope usual_;
  Load load_;
  std::mutex mutex_;
  std::optional<AwsProfile> profile_{};
};

/// What a host of AWS tells about itself; empty where it tells nothing.
[[nodiscard]] AwsScope aws_scope_of_host(std::string_view host);

}  // namespace bornite
