#include "bornite/rest/retry.hpp"

#include <fmt/format.h>

#include <numeric>

#include "bornite/util/secret.hpp"
#include "catch.hpp"
#include "manual_clock.hpp"
#include "scripted_transport.hpp"

using namespace bornite;
using namespace std::chrono_literals;
using test::ScriptedTransport;

namespace {

/// Counts its uses, and can run out.
class CountingAuthenticator final : public Authenticator {
 public:
  explicit CountingAuthenticator(bool renewable = true) : renewable_(renewable) {}
  Result<void> sign(HttpRequest& request) override {
    request.headers.push_back({"Authorization", fmt::format("generation {}", refreshed)});
    return {};
  }
  bool refresh() override {
    ++refreshed;
    return renewable_;
  }
  int refreshed = 0;

 private:
  bool renewable_;
};

const HttpRequest request{.url = "https://a.example/"};

HttpReply reply(int status, std::vector<HttpHeader> headers = {}, std::string body = "") {
  return {status, std::move(headers), std::move(body)};
}

Error failure(bool retryable, bool unknown) { return {ErrorKind::network, "The line broke.", "", retryable, unknown}; }

/// A world in which the first replies come from the list and every later one is the last.
struct World {
  explicit World(std::vector<Result<HttpReply>> replies, RetryPolicy policy = {}, bool renewable = true)
      : list(std::move(replies)),
        authenticator(renewable),
        transport([this](const HttpRequest&, std::size_t i) { return list[std::min(i, list.size() - 1)]; }),
        exchange(transport, authenticator, clock, policy) {}

  std::vector<Result<HttpReply>> list;
  CountingAuthenticator authenticator;
  ManualClock clock;
  ScriptedTransport transport;
  RetryingExchange exchange;
};

TEST_CASE("passing troubles are waited out where a request may be repeated") {
  for (const int status : {408, 429, 500, 502, 503, 504, 520, 529}) {
    CAPTURE(status);
    World world({reply(status), reply(status), reply(200)});
    const auto result = world.exchange.send(request, Repeat::safe);
    REQUIRE(result);
    CHECK(result->status == 200);
    CHECK(world.transport.requests().size() == 3);
  }
  World world({failure(true, true), failure(true, false), reply(200)});
  CHECK(world.exchange.send(request, Repeat::safe));
}

TEST_CASE("final replies of any status come back at once as values") {
  for (const int status : {200, 201, 204, 302, 400, 403, 404, 409, 422, 501, 505}) {
    CAPTURE(status);
    World world({reply(status), reply(200)});
    const auto result = world.exchange.send(request, Repeat::safe);
    REQUIRE(result);
    CHECK(result->status == status);
    CHECK(world.clock.sleeps().empty());
  }
}

TEST_CASE("what must happen once is repeated only if it certainly did not happen") {
  World limited({reply(429), reply(429), reply(201)});
  CHECK(limited.exchange.send(request, Repeat::once)->status == 201);
  CHECK(limited.transport.requests().size() == 3);

  World unsent({failure(true, false), reply(201)});
  CHECK(unsent.exchange.send(request, Repeat::once)->status == 201);

  for (const int status : {500, 501, 502, 503, 504, 520, 529}) {
    CAPTURE(status);
    World world({reply(status, {{"Retry-After", "1"}}), reply(201)});
    const auto result = world.exchange.send(request, Repeat::once);
    REQUIRE_FALSE(result);
    CHECK(result.error().outcome_unknown);
    CHECK(result.error().message.find("a.example failed with status " + std::to_string(status)) != std::string::npos);
    CHECK(world.transport.requests().size() == 1);
  }
  World lost({failure(true, true), reply(201)});
  const auto result = lost.exchange.send(request, Repeat::once);
  REQUIRE_FALSE(result);
  CHECK(result.error().outcome_unknown);
  CHECK(lost.transport.requests().size() == 1);

  World timed_out({reply(408), reply(201)});
  CHECK(timed_out.exchange.send(request, Repeat::once)->status == 408);
}

TEST_CASE("hopeless failures are not repeated") {
  World world({failure(false, false), reply(200)});
  CHECK_FALSE(world.exchange.send(request, Repeat::safe));
  CHECK(world.transport.requests().size() == 1);
}

TEST_CASE("waits are uniform below a bound that doubles up to the cap") {
  const RetryPolicy policy{.attempts = 9, .base = 500ms, .cap = 4s, .deadline = 1h};
  const Clock::Duration bounds[] = {500ms, 1s, 2s, 4s, 4s, 4s, 4s, 4s};
  std::vector<double> fractions;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    World world({reply(503)}, policy);
    RetryingExchange exchange(world.transport, world.authenticator, world.clock, policy, seed);
    CHECK(exchange.send(request, Repeat::safe)->status == 503);
    const auto sleeps = world.clock.sleeps();
    REQUIRE(world.transport.requests().size() == 9);
    Clock::Duration total{0};
    for (const auto& bound : bounds) total += bound;
    CHECK(std::accumulate(sleeps.begin(), sleeps.end(), Clock::Duration(0)) <= total);
    for (std::size_t i = 0; i < sleeps.size() && sleeps.size() == 8; ++i) {
      CHECK(sleeps[i] <= bounds[i]);
      fractions.push_back(static_cast<double>(sleeps[i].count()) / static_cast<double>(bounds[i].count()));
    }
  }
  // Of n draws from [0, 1] the mean lies within 5 standard deviations of 1/2, each 1 / sqrt(12 n).
  REQUIRE(fractions.size() > 1000);
  const double n = static_cast<double>(fractions.size());
  const double mean = std::accumulate(fractions.begin(), fractions.end(), 0.0) / n;
  CHECK(std::abs(mean - 0.5) < 5 / std::sqrt(12 * n));
  CHECK(*std::ranges::min_element(fractions) < 0.02);
  CHECK(*std::ranges::max_element(fractions) > 0.98);
}

TEST_CASE("attempts and time run out, and the last reply or error is handed over") {
  World tired({reply(503)}, {.attempts = 4});
  CHECK(tired.exchange.send(request, Repeat::safe)->status == 503);
  CHECK(tired.transport.requests().size() == 4);

  World late({reply(429, {{"Retry-After", "50"}})}, {.attempts = 100});
  CHECK(late.exchange.send(request, Repeat::safe)->status == 429);
  CHECK(late.transport.requests().size() == 3);
  CHECK(late.clock.elapsed() <= 120s);

  World broken({failure(true, true)}, {.attempts = 2});
  const auto result = broken.exchange.send(request, Repeat::safe);
  REQUIRE_FALSE(result);
  CHECK(result.error().retryable);
  CHECK_FALSE(result.error().outcome_unknown);
}

TEST_CASE("a request's own limit holds for all its attempts and waits together") {
  World world({reply(503, {{"Retry-After", "6"}})}, {.base = 0ms});
  HttpRequest hasty = request;
  hasty.time_limit = 10s;
  CHECK(world.exchange.send(hasty, Repeat::safe)->status == 503);
  REQUIRE(world.transport.requests().size() == 2);
  CHECK(world.transport.requests()[0].time_limit == 10s);
  CHECK(world.transport.requests()[1].time_limit == 4s);
  CHECK(world.clock.elapsed() == 6s);
}

TEST_CASE("Retry-After is honoured in seconds and as a date, and not exceeded by much") {
  const ManualClock start;  // 1'800'000'000 s: Fri, 15 Jan 2027 08:00:00 GMT
  for (const int status : {429, 503}) {
    for (const char* value : {"7", "Fri, 15 Jan 2027 08:00:07 GMT"}) {
      CAPTURE(status, value);
      World world({reply(status, {{"retry-after", value}}), reply(200)});
      CHECK(world.exchange.send(request, Repeat::safe)->status == 200);
      CHECK(world.clock.elapsed() >= 7s);
      CHECK(world.clock.elapsed() <= 7500ms);
    }
  }
  World impossible({reply(429, {{"Retry-After", "3600"}}), reply(200)});
  CHECK(impossible.exchange.send(request, Repeat::safe)->status == 429);
  CHECK(impossible.clock.sleeps().empty());
}

TEST_CASE("Retry-After is read in all forms of RFC 9110") {
  const Clock::Instant now{Clock::Duration(784'111'777'000)};  // Sun, 06 Nov 1994 08:49:37 GMT
  CHECK(retry_after("0", now) == 0s);
  CHECK(retry_after("120", now) == 120s);
  CHECK(retry_after("Sun, 06 Nov 1994 08:49:47 GMT", now) == 10s);
  CHECK(retry_after("Sunday, 06-Nov-94 08:49:47 GMT", now) == 10s);
  CHECK(retry_after("Sun Nov  6 08:49:47 1994", now) == 10s);
  CHECK(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == 0s);
  CHECK(retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now) == 0s);
  CHECK(retry_after("Thu, 29 Feb 1996 00:00:00 GMT", now) ==
        std::chrono::sys_days(std::chrono::year(1996) / 2 / 29) - now);
  CHECK(retry_after("99999999999", now) < 24h * 367);
  for (const char* text :
       {"", "-1", "1.5", "soon", "Sun, 06 Nov 1994", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 vNo 1994 08:49:37 GMT", "99999999999999999999"})
    CHECK_FALSE(retry_after(text, now).has_value());
}

TEST_CASE("refused credentials are renewed once, without a wait, also for what must happen once") {
  for (const Repeat repeat : {Repeat::safe, Repeat::once}) {
    World world({reply(401), reply(201)});
    CHECK(world.exchange.send(request, repeat)->status == 201);
    REQUIRE(world.transport.requests().size() == 2);
    CHECK(world.transport.requests()[0].headers.back().value == "generation 0");
    CHECK(world.transport.requests()[1].headers.back().value == "generation 1");
    CHECK(world.transport.requests()[1].headers.size() == 1);
    CHECK(world.clock.sleeps().empty());

    World refused({reply(401)});
    CHECK(refused.exchange.send(request, repeat)->status == 401);
    CHECK(refused.transport.requests().size() == 2);

    World fixed({reply(401), reply(201)}, {}, false);
    CHECK(fixed.exchange.send(request, repeat)->status == 401);
    CHECK(fixed.transport.requests().size() == 1);
  }
}

TEST_CASE("AWS's expired tokens count as refused credentials, other refusals do not") {
  World header({reply(403, {{"x-amzn-ErrorType", "ExpiredTokenException"}}), reply(200)});
  CHECK(header.exchange.send(request, Repeat::once)->status == 200);
  World body({reply(400, {}, "<Error><Code>ExpiredToken</Code></Error>"), reply(200)});
  CHECK(body.exchange.send(request, Repeat::safe)->status == 200);
  World other({reply(403, {{"x-amzn-ErrorType", "AccessDeniedException"}}), reply(200)});
  CHECK(other.exchange.send(request, Repeat::safe)->status == 403);
}

TEST_CASE("many requests share their waits, keep their order, and renew their credentials together") {
  ManualClock clock;
  CountingAuthenticator authenticator;
  std::vector<int> seen(200, 0);
  ScriptedTransport transport([&](const HttpRequest& sent, std::size_t) -> Result<HttpReply> {
    const int i = std::stoi(sent.url.substr(sent.url.rfind('/') + 1));
    const int before = seen[i]++;
    if (i % 4 == 1 && before == 0) return reply(429, {{"Retry-After", "2"}});
    if (i % 4 == 2 && before < 3) return reply(503);
    if (i % 4 == 3 && before == 0) return reply(401);
    return reply(200, {}, std::to_string(i));
  });
  RetryingExchange exchange(transport, authenticator, clock, {.base = 100ms});
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 200; ++i) requests.push_back({.url = fmt::format("https://a.example/{}", i)});
  const auto results = exchange.send_all(requests, Repeat::safe);
  REQUIRE(results.size() == 200);
  for (int i = 0; i < 200; ++i) {
    REQUIRE(results[i]);
    CHECK(results[i]->body == std::to_string(i));
  }
  CHECK(authenticator.refreshed == 1);
  CHECK(transport.batches()[0] == 200);
  CHECK(transport.batches()[1] >= 50);  // those with new credentials go at once
  CHECK(clock.elapsed() < 3s);
  CHECK(exchange.send_all({}, Repeat::safe).empty());
}

TEST_CASE("credentials that cannot be had end the request, or are waited for") {
  class Unlucky final : public Authenticator {
   public:
    explicit Unlucky(Error error) : error_(std::move(error)) {}
    Result<void> sign(HttpRequest&) override {
      if (calls++ < 2) return error_;
      return {};
    }
    bool refresh() override { return true; }
    int calls = 0;

   private:
    Error error_;
  };
  ManualClock clock;
  ScriptedTransport transport([](const HttpRequest&, std::size_t) { return reply(200); });
  Unlucky refused({ErrorKind::authentication, "No."});
  const auto result = RetryingExchange(transport, refused, clock).send(request, Repeat::once);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::authentication);
  CHECK(transport.requests().empty());
  // The token service's lost answer says nothing about the request, which was never sent.
  Unlucky passing({ErrorKind::network, "Busy.", "", true, true});
  CHECK(RetryingExchange(transport, passing, clock).send(request, Repeat::once));
  CHECK(passing.calls == 3);
}

TEST_CASE("no secret gets out in an error of the transport") {
  const Secret token("tok-0123456789");
  World world({Error{ErrorKind::network, "No tok-0123456789.", "Use tok-0123456789.", false}});
  const auto result = world.exchange.send(request, Repeat::safe);
  REQUIRE_FALSE(result);
  CHECK(describe(result.error()) == "No ***. Use ***.");
}

}  // namespace
