#include "bornite/rest/aws_authenticator.hpp"

#include <cstdlib>
#include <fstream>

#include "catch.hpp"
#include "manual_clock.hpp"
#include "temporary_directory.hpp"

using namespace bornite;

namespace {

/// An environment and a home folder of the test's own.
class AwsWorld {
 public:
  AwsWorld() {
    for (const char* name : names) {
      const char* const value = std::getenv(name);
      before_.emplace_back(name, value ? std::optional<std::string>(value) : std::nullopt);
      ::unsetenv(name);
    }
    std::filesystem::create_directory(folder_.path() / ".aws");
    set("HOME", folder_.path().string());
  }
  ~AwsWorld() {
    for (const auto& [name, value] : before_)
      if (value)
        ::setenv(name, value->c_str(), 1);
      else
        ::unsetenv(name);
  }
  AwsWorld(const AwsWorld&) = delete;
  AwsWorld& operator=(const AwsWorld&) = delete;

  void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() / ".aws" / name) << text;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / ".aws" / name).string(); }

 private:
  static constexpr const char* names[] = {
      "HOME",       "AWS_ACCESS_KEY_ID",  "AWS_SECRET_ACCESS_KEY",       "AWS_SESSION_TOKEN", "AWS_PROFILE",
      "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"};
  TemporaryDirectory folder_;
  std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

TEST_CASE("AWS credentials come from the environment first") {
  AwsWorld world;
  world.write("credentials", "[default]\naws_access_key_id=FILE\naws_secret_access_key=file-secret\n");
  world.set("AWS_ACCESS_KEY_ID", "ENV");
  // Half of a pair does not count.
  CHECK(load_aws_profile()->credentials.access_key_id == "FILE");
  world.set("AWS_SECRET_ACCESS_KEY", "env-secret");
  world.set("AWS_SESSION_TOKEN", "env-session");
  world.set("AWS_DEFAULT_REGION", "eu-north-1");
  const auto profile = load_aws_profile();
  REQUIRE(profile);
  CHECK(profile->credentials.access_key_id == "ENV");
  CHECK(profile->credentials.secret_access_key.reveal() == "env-secret");
  CHECK(profile->credentials.session_token.reveal() == "env-session");
  CHECK(profile->region == "eu-north-1");
}

TEST_CASE("AWS credentials come from the profile that is named") {
  AwsWorld world;
  world.write(
      "credentials",
      "# comment\n[default]\naws_access_key_id = A\naws_secret_access_key = a/secret=\n\n"
      "[ work ]\r\naws_access_key_id=B\r\naws_secret_access_key=b-secret\r\naws_session_token = b=session==\r\n");
  world.write("config",
              "[default]\nregion = us-west-2\n[profile work]\nregion=eu-west-2\ns3 =\n  region = wrong\n"
              "[profile only-config]\naws_access_key_id=C\naws_secret_access_key=c-secret\n"
              "[profile sso]\nsso_start_url=https://x\n");
  auto profile = load_aws_profile();
  REQUIRE(profile);
  CHECK(profile->credentials.access_key_id == "A");
  CHECK(profile->credentials.secret_access_key.reveal() == "a/secret=");
  CHECK(profile->credentials.session_token.empty());
  CHECK(profile->region == "us-west-2");

  world.set("AWS_PROFILE", "work");
  profile = load_aws_profile();
  REQUIRE(profile);
  CHECK(profile->credentials.access_key_id == "B");
  CHECK(profile->credentials.session_token.reveal() == "b=session==");
  CHECK(profile->region == "eu-west-2");
  world.set("AWS_REGION", "us-east-1");
  CHECK(load_aws_profile()->region == "us-east-1");

  world.set("AWS_PROFILE", "only-config");
  CHECK(load_aws_profile()->credentials.access_key_id == "C");

  world.set("AWS_PROFILE", "sso");
  const auto sso = load_aws_profile();
  REQUIRE_FALSE(sso);
  CHECK(sso.error().kind == ErrorKind::authentication);
  CHECK(sso.error().message.find("\"sso\"") != std::string::npos);
  CHECK(sso.error().message.find(world.path("credentials")) != std::string::npos);
  CHECK(sso.error().hint.find("export-credentials") != std::string::npos);
}

TEST_CASE("AWS's files may lie elsewhere, or nowhere") {
  AwsWorld world;
  CHECK_FALSE(load_aws_profile());
  world.write("other", "[default]\naws_access_key_id=D\naws_secret_access_key=d-secret");
  world.write("other-config", "[default]\nregion=x-y-1");
  world.set("AWS_SHARED_CREDENTIALS_FILE", world.path("other"));
  world.set("AWS_CONFIG_FILE", world.path("other-config"));
  const auto profile = load_aws_profile();
  REQUIRE(profile);
  CHECK(profile->credentials.access_key_id == "D");
  CHECK(profile->region == "x-y-1");
}

TEST_CASE("hosts of AWS tell service and region") {
  const auto scope = [](std::string_view host) {
    const AwsScope s = aws_scope_of_host(host);
    return s.service + "/" + s.region;
  };
  CHECK(scope("braket.us-east-1.amazonaws.com") == "braket/us-east-1");
  CHECK(scope("bucket.s3.eu-north-1.amazonaws.com") == "s3/eu-north-1");
  CHECK(scope("my.dotted.s3.bucket.s3.eu-north-1.amazonaws.com") == "s3/eu-north-1");
  CHECK(scope("s3.us-west-2.amazonaws.com") == "s3/us-west-2");
  CHECK(scope("bucket.s3.amazonaws.com") == "s3/us-east-1");
  CHECK(scope("sts.amazonaws.com") == "sts/");
  CHECK(scope("braket.cn-north-1.amazonaws.com.cn") == "braket/cn-north-1");
  CHECK(scope("localhost") == "/");
  CHECK(scope("braket.us-east-1.amazonaws.com.evil.example") == "/");
}

std::string scope_signed(AwsAuthenticator& authenticator, HttpRequest request) {
  REQUIRE(authenticator.sign(request));
  const std::string value = request.headers.back().value;
  const std::size_t begin = value.find('/', value.find("Credential=")) + 10;  // past the day
  return value.substr(begin, value.find("/aws4_request") - begin);
}

TEST_CASE("requests are signed for their audience, their host, or the usual scope") {
  ManualClock clock;
  AwsProfile profile{{"AKID", Secret("aws-secret"), {}}, "eu-west-2"};
  const auto load = [&]() -> Result<AwsProfile> { return profile; };
  AwsAuthenticator braket(clock, {"", "braket"}, load);
  CHECK(scope_signed(braket, {.url = "https://braket.us-west-1.amazonaws.com/x"}) == "us-west-1/braket");
  CHECK(scope_signed(braket, {.url = "https://b.s3.us-west-2.amazonaws.com/x", .audience = "s3"}) == "us-west-2/s3");
  CHECK(scope_signed(braket, {.url = "https://localhost:1/x"}) == "eu-west-2/braket");
  CHECK(scope_signed(braket, {.url = "https://localhost:1/x", .audience = "s3"}) == "eu-west-2/s3");
  CHECK(scope_signed(braket, {.url = "https://localhost:1/x", .audience = "s3/us-east-1"}) == "us-east-1/s3");
  AwsAuthenticator regional(clock, {"us-east-1", "braket"}, load);
  CHECK(scope_signed(regional, {.url = "https://localhost:1/x"}) == "us-east-1/braket");

  profile.region.clear();
  AwsAuthenticator nowhere(clock, {"", "braket"}, load);
  HttpRequest request{.url = "https://localhost:1/x"};
  const auto result = nowhere.sign(request);
  REQUIRE_FALSE(result);
  CHECK(result.error().hint.find("AWS_REGION") != std::string::npos);
}

TEST_CASE("credentials are read once, and again when they are refused") {
  ManualClock clock;
  int loads = 0;
  AwsProfile profile{{"AKID1", Secret("aws-secret"), Secret("session-1")}, "us-east-1"};
  AwsAuthenticator authenticator(clock, {"", "braket"}, [&]() -> Result<AwsProfile> {
    ++loads;
    return profile;
  });
  HttpRequest request{.url = "https://localhost:1/x"};
  REQUIRE(authenticator.sign(request));
  REQUIRE(authenticator.sign(request));
  CHECK(loads == 1);
  CHECK_FALSE(authenticator.refresh());
  profile.credentials.session_token = Secret("session-2");
  CHECK(authenticator.refresh());
  REQUIRE(authenticator.sign(request));
  CHECK(std::ranges::any_of(request.headers, [](const auto& h) { return h.value == "session-2"; }));
}

}  // namespace
