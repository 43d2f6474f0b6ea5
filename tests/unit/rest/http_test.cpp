#include "bornite/rest/http.hpp"

#include "catch.hpp"
#include "proxy.hpp"
#include "url.hpp"
#include "wire.hpp"

using namespace bornite;

namespace {

TEST_CASE("a reply's headers are found in any case") {
  const HttpReply reply{200, {{"Retry-After", "3"}, {"X", "1"}, {"retry-after", "4"}}, ""};
  CHECK(reply.header("retry-AFTER") == "3");
  CHECK_FALSE(reply.header("Retry").has_value());
}

TEST_CASE("percent encoding leaves RFC 3986's unreserved characters alone") {
  CHECK(percent_encode("AZaz09-_.~") == "AZaz09-_.~");
  CHECK(percent_encode("arn:aws:braket:::device/qpu x+%") == "arn%3Aaws%3Abraket%3A%3A%3Adevice%2Fqpu%20x%2B%25");
  CHECK(percent_encode("\xe1\x88\xb4") == "%E1%88%B4");
  const std::pair<std::string_view, std::string_view> parameters[] = {{"grant type", "a:b"}, {"k", ""}};
  CHECK(query_string(parameters) == "grant%20type=a%3Ab&k=");
}

TEST_CASE("addresses are taken apart") {
  const auto url = parse_url("https://Quantum.Cloud.IBM.com/api/v1/jobs?limit=200&tags=a%20b");
  REQUIRE(url);
  CHECK(url->secure);
  CHECK(url->host == "quantum.cloud.ibm.com");
  CHECK(url->port == 443);
  CHECK(url->path() == "/api/v1/jobs");
  CHECK(url->query() == "limit=200&tags=a%20b");
  CHECK(url->authority() == "quantum.cloud.ibm.com");

  const auto six = parse_url("http://[::1]:8080");
  REQUIRE(six);
  CHECK(six->host == "::1");
  CHECK(six->target == "/");
  CHECK(six->authority() == "[::1]:8080");
  REQUIRE(parse_url("https://a.example?x=1"));
  CHECK(parse_url("https://a.example?x=1")->target == "/?x=1");
}

TEST_CASE("addresses that mean no server are refused") {
  for (const std::string text :
       {"", "example.org", "/path", "ftp://example.org", "https://", "https:///x", "https://a b.example/",
        "https://a.example/\r\nX: y", "https://a.example:0/", "https://a.example:65536/", "https://a.example/#f",
        "https://user@a.example/", "https://a%0d%0ab.example/", "https://a%2fb.example/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_url(text));
  }
}

TEST_CASE("a password in an address is not repeated by the error") {
  const auto url = parse_url("https://user:hunter22@a.example/");
  REQUIRE_FALSE(url);
  CHECK(describe(url.error()).find("hunter22") == std::string::npos);
}

TEST_CASE("this machine is known by its addresses and its name") {
  for (const char* host : {"localhost", "127.0.0.1", "127.255.0.9", "::1"}) CHECK(is_loopback(host));
  for (const char* host :
       {"localhost.example.org", "128.0.0.1", "127.0.0.1.example.org", "::2", "0.0.0.0", "127.1", ""})
    CHECK_FALSE(is_loopback(host));
}

TEST_CASE("requests that would be more than one are refused, without repeating their values") {
  const Url url = *parse_url("https://a.example/");
  HttpRequest request{.url = "https://a.example/", .headers = {{"Authorization", "Bearer s3cr3t-t0ken\r\nX: y"}}};
  const auto wire = wire_format(request, url, "bornite/0");
  REQUIRE_FALSE(wire);
  CHECK(wire.error().message.find("Authorization") != std::string::npos);
  CHECK(describe(wire.error()).find("t0ken") == std::string::npos);
  request.headers = {{"Content-Length", "7"}};
  CHECK_FALSE(wire_format(request, url, "bornite/0"));
  request.headers = {{"A: b", "c"}};
  CHECK_FALSE(wire_format(request, url, "bornite/0"));
  request.headers = {};
  request.method = "GET /x HTTP/1.1";
  CHECK_FALSE(wire_format(request, url, "bornite/0"));
}

TEST_CASE("a request's own Host and User-Agent come instead of the client's") {
  const Url url = *parse_url("https://a.example:444/p?q");
  const HttpRequest plain{.method = "POST", .body = "{}"};
  CHECK(*wire_format(plain, url, "bornite/0") ==
        "POST /p?q HTTP/1.1\r\nHost: a.example:444\r\nUser-Agent: bornite/0\r\nAccept-Encoding: gzip, deflate\r\n"
        "Content-Length: 2\r\n\r\n{}");
  const HttpRequest own{.headers = {{"host", "h"}, {"user-agent", "u"}, {"accept-encoding", "identity"}}};
  CHECK(*wire_format(own, url, "bornite/0") ==
        "GET /p?q HTTP/1.1\r\nhost: h\r\nuser-agent: u\r\naccept-encoding: identity\r\n\r\n");
}

TEST_CASE("NO_PROXY exempts hosts, domains and everything") {
  const Url url = *parse_url("https://api.cloud.example:8443/");
  for (const char* rule : {"*", "api.cloud.example", "API.Cloud.Example", "cloud.example", ".cloud.example",
                           "*.cloud.example", "api.cloud.example:8443", "other, example"})
    CHECK(bypasses_proxy(url, rule));
  for (const char* rule : {"", "oud.example", "api.cloud.example:443", "x.api.cloud.example", ",,"})
    CHECK_FALSE(bypasses_proxy(url, rule));
  CHECK(bypasses_proxy(*parse_url("https://127.0.0.1/"), ""));
}

TEST_CASE("proxies are read from the words of HTTPS_PROXY") {
  const auto none = parse_proxy({});
  REQUIRE(none);
  CHECK_FALSE(none->has_value());
  const auto plain = parse_proxy({"proxy.example:3128", ""});
  REQUIRE(plain);
  CHECK((**plain).address.address() == "proxy.example:3128");
  CHECK((**plain).authorization.empty());
  const auto named = parse_proxy({"http://Aladdin:open%20sesame@proxy.example", ""});
  REQUIRE(named);
  CHECK((**named).address.port == 80);
  CHECK((**named).authorization.reveal() == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");  // RFC 7617, section 2
  for (const char* text : {"https://proxy.example", "socks5://proxy.example", "http://", "http://u:hunter22@"}) {
    const auto refused = parse_proxy({text, ""});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::configuration);
    CHECK(describe(refused.error()).find("hunter22") == std::string::npos);
  }
}

}  // namespace
