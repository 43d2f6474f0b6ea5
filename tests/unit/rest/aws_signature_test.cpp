// Against what AWS publishes: the "Signature Version 4 Test Suite" (aws-sig-v4-test-suite, names of its cases below)
// and the examples of the S3 documentation ("Authenticating Requests: Using the Authorization Header",
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
#include "bornite/rest/aws_signature.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace bornite;

namespace {

std::string header(const HttpRequest& request, std::string_view name) {
  std::string found;
  for (const auto& h : request.headers)
    if (h.name == name) found = found.empty() ? h.value : "twice";
  return found;
}

struct Vector {
  const char* name;
  HttpRequest request;
  const char* signed_headers;
  const char* signature;
};

const Secret suite_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
const AwsScope suite_scope{"us-east-1", "service"};
const Clock::Instant suite_time{std::chrono::sys_days(std::chrono::year(2015) / 8 / 30) + std::chrono::seconds(45360)};

TEST_CASE("signatures of AWS's test suite are reproduced") {
  const std::string server = "https://example.amazonaws.com";
  const std::string unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const std::vector<Vector> vectors = {
      {"get-vanilla",
       {"GET", server + "/"},
       "host;x-amz-date",
       "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
      {"get-vanilla-empty-query-key",
       {"GET", server + "/?Param1=value1"},
       "host;x-amz-date",
       "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
      {"get-vanilla-query",
       {"GET", server + "/?"},
       "host;x-amz-date",
       "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
      {"get-vanilla-query-order-key-case",
       {"GET", server + "/?Param2=value2&Param1=value1"},
       "host;x-amz-date",
       "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
      {"get-vanilla-query-unreserved",
       {"GET", server + "/?" + unreserved + "=" + unreserved},
       "host;x-amz-date",
       "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
      {"get-unreserved",
       {"GET", server + "/" + unreserved},
       "host;x-amz-date",
       "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
      {"get-header-value-trim",
       {"GET", server + "/", {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}},
       "host;my-header1;my-header2;x-amz-date",
       "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
      {"get-header-key-duplicate",
       {"GET", server + "/", {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}}},
       "host;my-header1;x-amz-date",
       "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
      {"post-vanilla",
       {"POST", server + "/"},
       "host;x-amz-date",
       "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
      {"post-header-key-sort",
       {"POST", server + "/", {{"My-Header1", "value1"}}},
       "host;my-header1;x-amz-date",
       "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"},
      {"post-x-www-form-urlencoded",
       {"POST", server + "/", {{"Content-Type", "application/x-www-form-urlencoded"}}, "Param1=value1"},
       "content-type;host;x-amz-date",
       "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
  };
  for (Vector vector : vectors) {
    CAPTURE(vector.name);
    REQUIRE(aws_sign(vector.request, {"AKIDEXAMPLE", suite_key, {}}, suite_scope, suite_time));
    CHECK(header(vector.request, "X-Amz-Date") == "20150830T123600Z");
    CHECK(
        header(vector.request, "Authorization") ==
        std::string("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=") +
            vector.signed_headers + ", Signature=" + vector.signature);
  }
}

TEST_CASE("the intermediate texts of get-vanilla-query-order-key-case are reproduced") {
  const HttpRequest request{"GET",
                            "https://example.amazonaws.com/?Param2=value2&Param1=value1",
                            {{"Host", "example.amazonaws.com"}, {"X-Amz-Date", "20150830T123600Z"}}};
  const std::string canonical = aws_canonical_request(request, "service").value();
  CHECK(canonical ==
        "GET\n/\nParam1=value1&Param2=value2\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\n"
        "host;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(aws_string_to_sign(canonical, suite_scope, "20150830T123600Z") ==
        "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n"
        "816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0");
}

TEST_CASE("signatures of the S3 documentation's examples are reproduced") {
  const AwsCredentials credentials{"AKIAIOSFODNN7EXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), {}};
  const Clock::Instant time{std::chrono::sys_days(std::chrono::year(2013) / 5 / 24)};
  const std::string bucket = "https://examplebucket.s3.amazonaws.com";
  const std::vector<Vector> vectors = {
      {"GET Object",
       {"GET", bucket + "/test.txt", {{"Range", "bytes=0-9"}}},
       "host;range;x-amz-content-sha256;x-amz-date",
       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
      {"PUT Object",
       {"PUT",
        bucket + "/test%24file.text",
        {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
        "Welcome to Amazon S3."},
       "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
      {"GET Bucket Lifecycle",
       {"GET", bucket + "/?lifecycle"},
       "host;x-amz-content-sha256;x-amz-date",
       "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
      {"List Objects",
       {"GET", bucket + "/?max-keys=2&prefix=J"},
       "host;x-amz-content-sha256;x-amz-date",
       "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"}};
  for (Vector vector : vectors) {
    CAPTURE(vector.name);
    REQUIRE(aws_sign(vector.request, credentials, {"us-east-1", "s3"}, time));
    const std::string value = header(vector.request, "Authorization");
    CHECK(value.find(std::string("SignedHeaders=") + vector.signed_headers + ",") != std::string::npos);
    CHECK(value.ends_with(std::string("Signature=") + vector.signature));
  }
}

TEST_CASE("paths are encoded once more, but not for s3") {
  const HttpRequest request{"GET", "https://h.example/quantum-task/arn%3Aaws%2Fx?a=b%2Fc&a=%20"};
  CHECK(aws_canonical_request(request, "braket")->starts_with("GET\n/quantum-task/arn%253Aaws%252Fx\na=%20&a=b%2Fc\n"));
  CHECK(aws_canonical_request(request, "s3")->starts_with("GET\n/quantum-task/arn%3Aaws%2Fx\na=%20&a=b%2Fc\n"));
}

TEST_CASE("a session token is sent and signed, and signing again replaces what was there") {
  HttpRequest request{"GET", "https://example.amazonaws.com/"};
  const AwsCredentials credentials{"AKIDEXAMPLE", suite_key, Secret("session-token-1")};
  REQUIRE(aws_sign(request, credentials, suite_scope, suite_time));
  const HttpRequest first = request;
  CHECK(header(request, "X-Amz-Security-Token") == "session-token-1");
  CHECK(header(request, "Authorization").find("SignedHeaders=host;x-amz-date;x-amz-security-token,") !=
        std::string::npos);
  REQUIRE(aws_sign(request, credentials, suite_scope, suite_time));
  CHECK(header(request, "Authorization") == header(first, "Authorization"));
  CHECK(request.headers.size() == first.headers.size());
}

}  // namespace
