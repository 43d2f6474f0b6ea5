#include "bornite/rest/authenticator.hpp"

#include <fmt/format.h>

#include <thread>

#include "bornite/rest/token_exchange.hpp"
#include "catch.hpp"
#include "manual_clock.hpp"
#include "scripted_transport.hpp"

using namespace bornite;
using namespace std::chrono_literals;
using test::ScriptedTransport;

namespace {

std::string authorization(Authenticator& authenticator) {
  HttpRequest request{.url = "https://a.example/"};
  REQUIRE(authenticator.sign(request));
  REQUIRE(request.headers.size() == 1);
  return request.headers[0].name + ": " + request.headers[0].value;
}

TEST_CASE("a fixed key goes into its header") {
  HeaderAuthenticator ionq("Authorization", "apiKey ", Secret("key-1234"));
  CHECK(authorization(ionq) == "Authorization: apiKey key-1234");
  HeaderAuthenticator qbraid("X-API-KEY", "", Secret("key-1234"));
  CHECK(authorization(qbraid) == "X-API-KEY: key-1234");
  CHECK_FALSE(qbraid.refresh());
}

/// Tokens "token 0", "token 1", ... of this life.
struct Issuer {
  Clock::Duration life = 1h;
  bool fails = false;
  int fetched = 0;
  ManualClock clock;
  ScriptedTransport transport{[](const HttpRequest&, std::size_t) { return HttpReply{200}; }};
  BearerAuthenticator authenticator{
      transport, clock, [this](HttpTransport&) -> Result<BearerToken> {
        if (fails) return Error{ErrorKind::network, "No token.", "", true};
        return BearerToken{Secret(fmt::format("token {}", fetched++)), clock.now() + life};
      }};
};

TEST_CASE("a token is kept until five minutes before its end, or a tenth of a short life") {
  for (const auto& [life, kept] : {std::pair<Clock::Duration, Clock::Duration>(2h, 115min), {1h, 55min}, {100s, 90s}}) {
    Issuer issuer;
    issuer.life = life;
    CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 0");
    issuer.clock.sleep(kept - 1ms);
    CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 0");
    issuer.clock.sleep(1ms);
    CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 1");
  }
}

TEST_CASE("a refused token is forgotten") {
  Issuer issuer;
  CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 0");
  CHECK(issuer.authenticator.refresh());
  CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 1");
}

TEST_CASE("a token that cannot be replaced early is used to its end, and not a moment longer") {
  Issuer issuer;
  CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 0");
  issuer.clock.sleep(56min);
  issuer.fails = true;
  CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 0");
  issuer.clock.sleep(4min);
  HttpRequest request;
  const auto signed_late = issuer.authenticator.sign(request);
  REQUIRE_FALSE(signed_late);
  CHECK(signed_late.error().retryable);
  issuer.fails = false;
  CHECK(authorization(issuer.authenticator) == "Authorization: Bearer token 1");
}

TEST_CASE("many threads fetch one token") {
  Issuer issuer;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
      threads.emplace_back([&] {
        HttpRequest request;
        if (!issuer.authenticator.sign(request)) std::terminate();
      });
  }
  CHECK(issuer.fetched == 1);
}

const TokenExchange iam{"https://iam.cloud.ibm.com/identity/token", "urn:ibm:params:oauth:grant-type:apikey", "apikey",
                        Secret("my+key/1234")};

TEST_CASE("a key is exchanged for a token by a form") {
  ManualClock clock;
  ScriptedTransport transport([](const HttpRequest&, std::size_t) {
    return HttpReply{200, {}, R"({"access_token":"abc","token_type":"Bearer","expires_in":1800,"expiration":1})"};
  });
  const auto token = exchange_key(transport, clock, iam);
  REQUIRE(token);
  CHECK(token->token.reveal() == "abc");
  CHECK(token->expires == clock.now() + 30min);
  const HttpRequest& sent = transport.requests().at(0);
  CHECK(sent.method == "POST");
  CHECK(sent.url == iam.url);
  CHECK(sent.headers[0] == HttpHeader{"Content-Type", "application/x-www-form-urlencoded"});
  CHECK(sent.body == "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=my%2Bkey%2F1234");
}

TEST_CASE("a token exchange that fails says whether it may work later, and never the key") {
  for (const auto& [status, kind, retryable] :
       {std::tuple(400, ErrorKind::authentication, false), std::tuple(401, ErrorKind::authentication, false),
        std::tuple(404, ErrorKind::network, false), std::tuple(429, ErrorKind::network, true),
        std::tuple(503, ErrorKind::network, true)}) {
    ManualClock clock;
    ScriptedTransport transport([status = status](const HttpRequest& sent, std::size_t) {
      return HttpReply{status, {}, sent.body};
    });
    const auto token = exchange_key(transport, clock, iam);
    REQUIRE_FALSE(token);
    CHECK(token.error().kind == kind);
    CHECK(token.error().retryable == retryable);
    CHECK(token.error().message.find("iam.cloud.ibm.com") != std::string::npos);
    CHECK(describe(token.error()).find("1234") == std::string::npos);
  }
}

TEST_CASE("replies without a token are errors, and a lost answer leaves nothing open") {
  ManualClock clock;
  for (const char* body :
       {"", "null", "[]", "{}", "{\"access_token\":1}", "{\"access_token\":\"\"}", "<html>", "\"x\""}) {
    CAPTURE(body);
    ScriptedTransport transport([&](const HttpRequest&, std::size_t) { return HttpReply{200, {}, body}; });
    CHECK_FALSE(exchange_key(transport, clock, iam));
  }
  ScriptedTransport lost([](const HttpRequest&, std::size_t) {
    return Error{ErrorKind::network, "Lost.", "", true, true};
  });
  const auto token = exchange_key(lost, clock, iam);
  REQUIRE_FALSE(token);
  CHECK_FALSE(token.error().outcome_unknown);
  CHECK(token.error().retryable);
}

}  // namespace
