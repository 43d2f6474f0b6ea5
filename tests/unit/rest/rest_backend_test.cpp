#include "bornite/rest/rest_backend.hpp"

#include "bornite/util/secret.hpp"
#include "catch.hpp"
#include "plain_provider.hpp"

using namespace bornite;
using namespace bornite::test;
using Catch::Contains;

TEST_CASE("a submission is sent once, and its token is known from then on") {
  World world({reply(201, R"({"id": "j1"})"), reply(201, R"({"id": "j2"})")});
  CHECK(world.backend->submit(bell(), "t1").value() == "j1");
  CHECK(world.backend->submit(bell(), "t1").value() == "j1");
  CHECK(world.exchange->requests().size() == 1);
  CHECK(world.exchange->repeats()[0] == Repeat::once);
  CHECK(world.backend->submit(bell(), "t2").value() == "j2");
  CHECK(world.backend->find("t2").value().job == "j2");
  CHECK(world.backend->find("t3").value().job == "found-by-t3");
  CHECK_THAT(world.backend->submit(bell(), "").error().message, Contains("without a token"));
}

TEST_CASE("a submission may be repeated where the provider makes one job of two") {
  World world([](const HttpRequest&, std::size_t) { return reply(201, R"({"id": "j"})"); }, device_of(3),
              [](RestParts& parts) { parts.capabilities.submits_once = true; });
  CHECK(world.backend->submit(bell(), "t").has_value());
  CHECK(world.exchange->repeats()[0] == Repeat::safe);
}

TEST_CASE("whether a job may be there all the same follows from the answer to its submission") {
  struct Case {
    HttpReply reply;
    bool unknown;
    bool retryable;
  };
  const std::vector<Case> cases{
      {reply(400), false, false},   {reply(401), false, false},
      {reply(404), false, false},   {reply(409), false, false},
      {reply(422), false, false},   {reply(429), false, true},
      {reply(500), true, true},     {reply(502), true, true},
      {reply(503), true, true},     {reply(200, "{\"id\""), true, {}},
      {reply(201, "{}"), true, {}}, {reply(201, R"({"id": 7})"), true, {}},
      {reply(201, ""), true, {}},   {reply(201, R"({"id": ""})"), true, {}},
      {reply(302), false, false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.reply.status, one.reply.body);
    World world({one.reply});
    const auto job = world.backend->submit(bell(), "t");
    REQUIRE_FALSE(job.has_value());
    CHECK(job.error().outcome_unknown == one.unknown);
    if (one.reply.status >= 300) CHECK(job.error().retryable == one.retryable);
    CHECK(world.backend->find("t").value().job == "found-by-t");
  }
}

TEST_CASE("a transport that lost the answer is believed") {
  for (const bool unknown : {true, false}) {
    World world([&](const HttpRequest&, std::size_t) -> Result<HttpReply> {
      return Error{ErrorKind::network, "The line broke.", "", true, unknown};
    });
    CHECK(world.backend->submit(bell(), "t").error().outcome_unknown == unknown);
  }
}

TEST_CASE("jobs are asked about at once and answered in their order") {
  World world([](const HttpRequest& request, std::size_t) -> Result<HttpReply> {
    if (request.url == "status/b") return Error{ErrorKind::network, "The line broke.", "", true};
    if (request.url == "status/c") return reply(404, R"({"message": "no such job"})");
    if (request.url == "status/d") return reply(500);
    return reply(200, request.url == "status/a" ? R"({"status": "done"})" : R"({"status": "failed", "message": "m"})");
  });
  const std::vector<JobId> jobs{"a", "b", "c", "d", "e"};
  const auto all = world.backend->poll_all(jobs);
  REQUIRE(all.size() == 5);
  CHECK(all[0].value().state == JobState::done);
  CHECK(all[1].error().retryable);
  CHECK_FALSE(all[2].error().retryable);
  CHECK_THAT(all[2].error().message, Contains("no such job"));
  CHECK(all[3].error().retryable);
  CHECK(all[4].value().message == "m");
  CHECK(world.exchange->requests().size() == 5);
  CHECK(world.exchange->repeats()[0] == Repeat::safe);
}

TEST_CASE("a job that was just accepted and cannot be seen yet may be seen later") {
  World world({reply(201, R"({"id": "new"})"), reply(404), reply(404), reply(200, R"({"status": "running"})")});
  REQUIRE(world.backend->submit(bell(), "t").has_value());
  CHECK(world.backend->poll("new").error().retryable);
  CHECK_FALSE(world.backend->poll("old").error().retryable);
  CHECK(world.backend->poll("new").value().state == JobState::running);
}

TEST_CASE("outcomes are fetched of jobs that are done, and of no others") {
  const JobShape shape{.qubits = 2, .shots = {10}};
  World done({reply(200, R"({"status": "done"})"), reply(200, R"({"00": 4, "11": 6})")});
  CHECK(done.backend->fetch("j", shape).value()[0].shots() == 10);
  struct Case {
    std::string state;
    std::string word;
    bool retryable;
  };
  for (const Case& one : {Case{"failed", "failed", false}, Case{"cancelled", "cancelled", false},
                          Case{"running", "not done yet", true}, Case{"queued", "not done yet", true}}) {
    CAPTURE(one.state);
    World world({reply(200, R"({"status": ")" + one.state + R"(", "message": "Too hot."})")});
    const auto table = world.backend->fetch("j", shape);
    REQUIRE_FALSE(table.has_value());
    CHECK_THAT(table.error().message,
               Contains("j") && Contains("plain:d") && Contains(one.word) && Contains("Too hot."));
    CHECK(table.error().retryable == one.retryable);
  }
  World wrong({reply(200, R"({"status": "done"})"), reply(200, R"({"00": 4, "11": 5})")});
  CHECK_FALSE(wrong.backend->fetch("j", shape).has_value());
}

TEST_CASE("only jobs that have not ended are cancelled") {
  for (const char* state : {"done", "failed", "cancelled"}) {
    World world({reply(200, std::string(R"({"status": ")") + state + "\"}")});
    CHECK(world.backend->cancel("j").has_value());
    CHECK(world.exchange->requests().size() == 1);
  }
  for (const int status : {200, 202, 204}) {
    World world({reply(200, R"({"status": "running"})"), reply(status)});
    CHECK(world.backend->cancel("j").has_value());
    CHECK(world.exchange->requests()[1].url == "cancel/j");
  }
  for (const int status : {400, 409}) {  // it has ended in between, or a first try did it and its answer was lost
    World world({reply(200, R"({"status": "running"})"), reply(status), reply(200, R"({"status": "cancelled"})")});
    CHECK(world.backend->cancel("j").has_value());
  }
  World refused({reply(200, R"({"status": "running"})"), reply(403, R"({"message": "not yours"})"),
                 reply(200, R"({"status": "running"})")});
  CHECK_THAT(refused.backend->cancel("j").error().message, Contains("not yours"));
}

TEST_CASE("what the device says of itself comes before the capability file") {
  DeviceDescription device = device_of(3);
  device.max_rows = 2;
  device.max_shots = 50;
  device.max_total_shots = 60;
  device.usd_per_job = 1.0;
  World world({}, device, [](RestParts& parts) {
    parts.capabilities.max_rows = 1000;
    parts.capabilities.max_total_shots = 70;
    parts.price_per_job.usd = 9;
    parts.price_per_shot.usd = 0.5;
  });
  const Capabilities& limits = world.backend->capabilities();
  CHECK(limits.max_qubits == 3);
  CHECK(limits.max_rows == 2);
  CHECK(limits.max_shots == 50);
  CHECK(limits.max_total_shots == 60);
  CHECK(world.backend->forecast(bell(10)).value().price.usd == 1.0 + 0.5 * 10);
  CHECK_FALSE(world.backend->submit(bell(51), "t").has_value());
  CHECK_FALSE(world.backend->submit({Circuit(4), ParameterRows(1, 0, {}), Shots(1), StreamKey{}}, "t").has_value());
  CHECK_FALSE(world.backend->submit({Circuit(1), ParameterRows(3, 0, {}), Shots(1), StreamKey{}}, "t").has_value());
  CHECK(world.exchange->requests().empty());
}

TEST_CASE("a device that does not tell its qubits takes any number") {
  World world({reply(201, R"({"id": "j"})")});
  World untold([](const HttpRequest&, std::size_t) { return reply(201, R"({"id": "j"})"); }, device_of(0));
  CHECK(untold.backend->submit({Circuit(40).h(0), ParameterRows(1, 0, {}), Shots(1), StreamKey{}}, "t").has_value());
}

TEST_CASE("the capability file's prices are those of processors") {
  const auto prices = [](RestParts& parts) { parts.price_per_job.usd = 0.3; };
  World processor([](const HttpRequest&, std::size_t) { return reply(200); }, device_of(3), prices);
  CHECK(processor.backend->forecast(bell()).value().price.usd == 0.3);
  DeviceDescription device = device_of(3);
  device.summary.simulator = true;
  World untold([](const HttpRequest&, std::size_t) { return reply(200); }, device, prices);
  CHECK_FALSE(untold.backend->forecast(bell()).value().price.usd.has_value());
  device.usd_per_shot = 0.1;
  World told([](const HttpRequest&, std::size_t) { return reply(200); }, device, prices);
  CHECK(told.backend->forecast(bell(10)).value().price.usd == Approx(1.0));
}

TEST_CASE("a provider's own price is asked for once for jobs of one kind") {
  World world([](const HttpRequest&, std::size_t) { return reply(200); }, device_of(3), {}, 2.5);
  for (int i = 0; i < 3; ++i) {
    const JobForecast forecast = world.backend->forecast(bell(10)).value();
    CHECK(forecast.price.usd == 2.5);
    CHECK(forecast.shape.note == "a note");
    CHECK(forecast.payload_bytes == 0);
  }
  CHECK(world.exchange->requests().size() == 1);
  CHECK(world.backend->forecast(bell(11)).has_value());
  CHECK(world.exchange->requests().size() == 2);
}

TEST_CASE("a request with too many bytes is refused before it is sent") {
  World world([](const HttpRequest&, std::size_t) { return reply(201, R"({"id": "j"})"); }, device_of(3),
              [](RestParts& parts) { parts.capabilities.max_payload_bytes = 20; });
  const auto job = world.backend->submit(bell(), "t");
  REQUIRE_FALSE(job.has_value());
  CHECK(job.error().kind == ErrorKind::unsupported);
  CHECK_THAT(job.error().message, Contains("20"));
  CHECK(world.backend->forecast(bell()).value().payload_bytes > 20);
  CHECK(world.exchange->requests().empty());
}

TEST_CASE("without a device only the list of devices is to be had") {
  World world([](const HttpRequest&, std::size_t) { return reply(200); }, device_of(3),
              [](RestParts& parts) { parts.capabilities.device = ""; });
  CHECK(world.backend->devices().value().size() == 1);
  for (const Error& error : {world.backend->submit(bell(), "t").error(), world.backend->forecast(bell()).error(),
                             world.backend->describe().error()}) {
    CHECK(error.kind == ErrorKind::usage);
    CHECK_THAT(describe(error), Contains("plain:DEVICE"));
  }
  CHECK(world.exchange->requests().empty());
}

TEST_CASE("a device that is not there, or tells too little to be compiled for, is refused at once") {
  const auto make = [](const std::string& name, bool compile) {
    RestParts parts = parts_of(name, std::make_unique<PlainAdapter>(device_of(3)),
                               std::make_unique<ScriptedExchange>(std::vector<std::string>{}));
    parts.compile_for_device = compile;
    return make_rest_backend(std::move(parts));
  };
  CHECK_THAT(make("e", false).error().message, Contains("no device e"));
  CHECK_THAT(make("d", true).error().message, Contains("gates and couplings of d"));
  CHECK(make("d", false).has_value());
}

TEST_CASE("credentials that have run out may be renewed by somebody, other refusals are final") {
  const PlainAdapter adapter(device_of(1));
  const auto refused = [&](int status, std::string body) {
    return refusal(adapter, reply(status, std::move(body)), "the job");
  };
  const Error expired = refused(400, R"({"__type": "ExpiredTokenException", "message": "The token has expired."})");
  CHECK(expired.retryable);
  CHECK(expired.kind == ErrorKind::authentication);
  CHECK_THAT(expired.hint, Contains("Renew"));
  CHECK(refused(401, "{}").retryable);
  CHECK_FALSE(refused(403, R"({"__type": "AccessDeniedException"})").retryable);
  CHECK_FALSE(refused(400, "{}").retryable);
}

TEST_CASE("a refusal has the provider's words, without secrets and not without end") {
  const Secret secret("abcdefghijklmnopqrstuvwxyz");
  const PlainAdapter adapter(device_of(1));
  const auto words = [&](std::string body) { return refusal(adapter, reply(400, std::move(body)), "the job").message; };
  CHECK(words(R"({"error": "Bad", "errors": [{"message": "wrong"}], "code": 3})") ==
        "Plain refused the job (HTTP 400): Bad wrong");
  CHECK_THAT(words("<html>Bad Gateway</html>"), Contains("Bad Gateway"));
  CHECK(words("{}") == "Plain refused the job (HTTP 400).");
  for (std::size_t place = 570; place < 600; ++place)
    CHECK_THAT(words(std::string(place, '-') + std::string(secret.reveal()) + std::string(1000, '-')),
               !Contains("abcd"));
  CHECK(words(std::string(10'000, '-')).size() < 1000);
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "{\"error\":";
  CHECK(words(deep + "\"x\"" + std::string(1'000'000, '}')).size() < 1000);
}
