#include "aws_signature.hpp"

#include "catch.hpp"
#include "digest.hpp"

namespace bornite::emulator {
namespace {

const AwsCredentials credentials{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session"};
/// 2015-08-30T12:36:00Z
const Clock::Instant then{std::chrono::seconds(1440938160)};

/// Signed with everything that it must sign.
HttpCall signed_call(HttpCall call, const std::string& service, const std::string& names, const std::string& secret) {
  const AwsScope scope{"20150830", "us-east-1", service};
  const std::string signature = aws_signature(call, scope, names, secret);
  call.headers.push_back({"Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/" + service +
                                               "/aws4_request, SignedHeaders=" + names + ", Signature=" + signature});
  return call;
}

HttpCall plain(const std::string& target = "/braket/quantum-task", std::vector<HttpHeader> more = {}) {
  HttpCall call{"GET", target, {{"Host", "localhost:1"}, {"X-Amz-Date", "20150830T123600Z"}}};
  call.headers.insert(call.headers.end(), more.begin(), more.end());
  return call;
}

std::string refusal(const HttpCall& call, const std::string& service = "braket", Clock::Instant now = then) {
  const auto refused = check_aws_signature(call, credentials, service, now);
  return refused ? refused->type : "";
}

TEST_CASE("signatures are those that AWS publishes") {
  const HttpCall vanilla{"GET", "/", {{"Host", "example.amazonaws.com"}, {"X-Amz-Date", "20150830T123600Z"}}};
  CHECK(aws_signature(vanilla, {"20150830", "us-east-1", "service"}, "host;x-amz-date", credentials.secret_key) ==
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  const HttpCall foreign{"GET", "/\u1234", {{"Host", "example.amazonaws.com"}, {"X-Amz-Date", "20150830T123600Z"}}};
  CHECK(aws_signature(foreign, {"20150830", "us-east-1", "service"}, "host;x-amz-date", credentials.secret_key) ==
        "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
  const HttpCall users{"GET",
                       "/?Action=ListUsers&Version=2010-05-08",
                       {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"},
                        {"host", "iam.amazonaws.com"},
                        {"x-amz-date", "20150830T123600Z"}}};
  CHECK(aws_signature(users, {"20150830", "us-east-1", "iam"}, "content-type;host;x-amz-date",
                      credentials.secret_key) == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  const HttpCall object{"GET",
                        "/test.txt",
                        {{"Host", "examplebucket.s3.amazonaws.com"},
                         {"Range", "bytes=0-9"},
                         {"x-amz-content-sha256", to_hexadecimal(sha256(""))},
                         {"x-amz-date", "20130524T000000Z"}}};
  CHECK(aws_signature(object, {"20130524", "us-east-1", "s3"}, "host;range;x-amz-content-sha256;x-amz-date",
                      "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY") ==
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST_CASE("a path that is encoded already is encoded once more, but not for s3") {
  const auto by_hand = [](const std::string& path, const std::string& service) {
    const std::string canonical = "GET\n" + path +
                                  "\n\nhost:localhost:1\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n" +
                                  to_hexadecimal(sha256(""));
    const std::string text = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/" + service + "/aws4_request\n" +
                             to_hexadecimal(sha256(canonical));
    std::string key = hmac_sha256("AWS4" + credentials.secret_key, "20150830");
    for (const std::string& word : {std::string("us-east-1"), service, std::string("aws4_request")})
      key = hmac_sha256(key, word);
    return to_hexadecimal(hmac_sha256(key, text));
  };
  const auto sign = [](const std::string& target, const std::string& service) {
    return aws_signature(plain(target), {"20150830", "us-east-1", service}, "host;x-amz-date", credentials.secret_key);
  };
  CHECK(sign("/task/arn%3Aaws%2Fx", "braket") == by_hand("/task/arn%253Aaws%252Fx", "braket"));
  CHECK(sign("/bucket/a%2Bb:c", "s3") == by_hand("/bucket/a%2Bb%3Ac", "s3"));
}

TEST_CASE("a good signature is accepted and each fault has its own name") {
  const std::string names = "host;x-amz-date";
  CHECK(refusal(signed_call(plain(), "braket", names, credentials.secret_key)).empty());
  CHECK(refusal(plain()) == "MissingAuthenticationTokenException");
  CHECK(refusal(signed_call(plain(), "braket", names, "guess")) == "InvalidSignatureException");
  CHECK(refusal(signed_call(plain(), "s3", names, credentials.secret_key)) == "InvalidSignatureException");
  CHECK(refusal(signed_call(plain(), "braket", "x-amz-date", credentials.secret_key)) ==
        "IncompleteSignatureException");
  HttpCall changed = signed_call(plain(), "braket", names, credentials.secret_key);
  changed.target += "s";
  CHECK(refusal(changed) == "InvalidSignatureException");
  HttpCall body = signed_call(plain(), "braket", names, credentials.secret_key);
  body.body = "more";
  CHECK(refusal(body) == "InvalidSignatureException");
  HttpCall stranger = signed_call(plain(), "braket", names, credentials.secret_key);
  stranger.headers.back().value.replace(stranger.headers.back().value.find("AKID"), 4, "AKIX");
  CHECK(refusal(stranger) == "UnrecognizedClientException");
}

TEST_CASE("a signature is good for five minutes before and after") {
  const HttpCall call = signed_call(plain(), "braket", "host;x-amz-date", credentials.secret_key);
  CHECK(refusal(call, "braket", then + std::chrono::minutes(5)).empty());
  CHECK(refusal(call, "braket", then - std::chrono::minutes(5)).empty());
  CHECK(refusal(call, "braket", then + std::chrono::seconds(301)) == "RequestTimeTooSkewed");
  CHECK(refusal(call, "braket", then - std::chrono::seconds(301)) == "RequestTimeTooSkewed");
}

TEST_CASE("a session token must be signed and be the right one") {
  const std::string names = "host;x-amz-date;x-amz-security-token";
  const auto with = [&](const char* token, const std::string& signed_names) {
    return signed_call(plain("/", {{"X-Amz-Security-Token", token}}), "braket", signed_names, credentials.secret_key);
  };
  CHECK(refusal(with("session", names)).empty());
  CHECK(refusal(with("session", "host;x-amz-date")) == "IncompleteSignatureException");
  CHECK(refusal(with("another", names)) == "ExpiredTokenException");
}

TEST_CASE("s3 wants the digest of the body") {
  const auto with = [](const std::string& digest) {
    return signed_call(plain("/o", {{"X-Amz-Content-Sha256", digest}}), "s3", "host;x-amz-content-sha256;x-amz-date",
                       credentials.secret_key);
  };
  CHECK(refusal(with(to_hexadecimal(sha256(""))), "s3").empty());
  CHECK(refusal(with("UNSIGNED-PAYLOAD"), "s3").empty());
  CHECK(refusal(with(to_hexadecimal(sha256("x"))), "s3") == "XAmzContentSHA256Mismatch");
  CHECK(refusal(signed_call(plain("/o"), "s3", "host;x-amz-date", credentials.secret_key), "s3") ==
        "IncompleteSignatureException");
}

}  // namespace
}  // namespace bornite::emulator
