#include "bornite/emulator/faults.hpp"

#include <zlib.h>

#include "catch.hpp"
#include "cloud_fixture.hpp"

namespace bornite::emulator {
namespace {

using Catch::Contains;

HttpCall submission(const char* backend = "simulator") {
  const Json body{{"type", "ionq.qasm3.v1"},
                  {"backend", backend},
                  {"input", {{"data", "OPENQASM 3.0; qubit[2] q; bit[2] c; x q[0]; c = measure q;"}}}};
  return {"POST",
          "/ionq/v0.4/jobs",
          {{"Authorization", "apiKey ionq-emulator-key"}, {"Content-Type", "application/json"}},
          body.dump()};
}

HttpCall get(const std::string& target) {
  return {"GET", "/ionq/v0.4" + target, {{"Authorization", "apiKey ionq-emulator-key"}}};
}

std::string fault(const std::string& rest) { return "[[fault]]\nprovider = \"ionq\"\n" + rest; }

std::string submit(CloudFixture& cloud) { return CloudFixture::json(cloud.send(submission())).at("id"); }

TEST_CASE("a dropped submission is not accepted, a dropped reply to one is") {
  CloudFixture before(fault("call = \"submit\"\nnth = 1\naction = \"drop_before\""));
  CHECK(before.send(submission()).delivery.drop);
  CHECK(before.cloud->statistics().at("ionq").at("accepted") == 0);
  CHECK(before.send(submission()).status == 201);
  CHECK(before.cloud->statistics().at("ionq") == Json({{"accepted", 1}, {"submissions", 2}, {"cancelled", 0}}));
  CloudFixture after(fault("call = \"submit\"\nnth = 1\naction = \"drop_after\""));
  CHECK(after.send(submission()).delivery.drop);
  CHECK(after.cloud->statistics().at("ionq").at("accepted") == 1);
}

TEST_CASE("a fault strikes at the nth, at every nth, or by chance, and as often as it may") {
  const auto struck = [](const std::string& when) {
    FaultEngine engine = FaultEngine::parse(fault("action = \"delay\"\n" + when), "faults").value();
    std::string text;
    for (int i = 0; i < 8; ++i) text += engine.next("ionq", CallKind::status, {}) != nullptr ? '1' : '0';
    CHECK(engine.next("ibm", CallKind::status, {}) == nullptr);
    return text;
  };
  CHECK(struck("nth = 3") == "00100000");
  CHECK(struck("every = 3") == "00100100");
  CHECK(struck("every = 1\ntimes = 2") == "11000000");
  CHECK(struck("probability = 0.5") == struck("probability = 0.5"));
  CHECK(struck("probability = 1") == "11111111");
  FaultEngine engine = FaultEngine::parse(fault("action = \"delay\"\nevery = 1\ncall = \"cancel\""), "faults").value();
  CHECK(engine.next("ionq", CallKind::status, {}) == nullptr);
  CHECK(engine.next("ionq", CallKind::cancel, {}) != nullptr);
}

TEST_CASE("a fault strikes at the first call after so many seconds") {
  FaultEngine engine = FaultEngine::parse("[[fault]]\naction = \"expire_token\"\nevery_seconds = 30\n", "test").value();
  std::string text;
  for (const int second : {5, 20, 34, 36, 37, 65, 66, 200, 229, 231}) {
    const Clock::Instant now{std::chrono::seconds(second)};
    text += engine.next("ibm", CallKind::status, now) != nullptr ? '1' : '0';
  }
  CHECK(text == "0001001101");
}

TEST_CASE("a status fault speaks the provider's language and says when to come again") {
  CloudFixture cloud(fault("every = 1\naction = \"status\"\nstatus = 429\nretry_after = 2"));
  const HttpAnswer answer = cloud.send(get("/jobs"));
  CHECK(answer.status == 429);
  CHECK(answer.header("retry-after") == "2");
  CHECK(CloudFixture::json(answer).at("error") == "Too Many Requests");
  CHECK(cloud.send(submission()).status == 429);
  CHECK(cloud.cloud->statistics().at("ionq").at("accepted") == 0);
}

TEST_CASE("faults of jobs: stuck ones wait until they are cancelled, failed ones have a reason") {
  CloudFixture cloud(fault("call = \"submit\"\nnth = 1\naction = \"stuck\"\n") +
                     fault("call = \"submit\"\nnth = 2\naction = \"fail_job\"\n"));
  const std::string stuck = submit(cloud);
  const std::string failed = submit(cloud);
  cloud.clock.sleep(std::chrono::hours(48));
  cloud.restart();
  CHECK(CloudFixture::json(cloud.send(get("/jobs/" + stuck))).at("status") == "ready");
  const Json document = CloudFixture::json(cloud.send(get("/jobs/" + failed)));
  CHECK(document.at("status") == "failed");
  CHECK(document.at("failure").at("code") == "InternalError");
}

TEST_CASE("outcomes are wrong in width or sum when they are to be") {
  CloudFixture cloud(fault("call = \"result\"\nnth = 1\naction = \"wrong_width\"\n") +
                     fault("call = \"result\"\nnth = 2\naction = \"wrong_shots\"\n"));
  const std::string id = submit(cloud);
  const auto result = [&] { return CloudFixture::json(cloud.send(get("/jobs/" + id + "/results/probabilities"))); };
  CHECK(result() == Json({{"5", 1.0}}));
  CHECK(result() == Json({{"1", 2.0}}));
  CHECK(result() == Json({{"1", 1.0}}));
}

TEST_CASE("replies are cut, spoilt, slow or late when they are to be") {
  CloudFixture cloud(fault("nth = 1\naction = \"truncate\"\n") + fault("nth = 2\naction = \"malformed\"\n") +
                     fault("nth = 3\naction = \"slow\"\n") + fault("nth = 4\naction = \"delay\"\nseconds = 0.25\n") +
                     fault("nth = 5\naction = \"expire_token\"\n"));
  CHECK(cloud.send(get("/jobs")).delivery.truncate);
  CHECK_FALSE(Json::accept(cloud.send(get("/jobs")).body));
  CHECK(cloud.send(get("/jobs")).delivery.per_byte.count() == 50);
  CHECK(cloud.send(get("/jobs")).delivery.delay.count() == 250);
  CHECK(cloud.send(get("/jobs")).status == 401);
  CHECK(cloud.send(get("/jobs")).status == 200);
}

TEST_CASE("a gzip bomb is small and unpacks to what it promises") {
  CloudFixture cloud(fault("nth = 1\naction = \"gzip_bomb\"\nmegabytes = 8"));
  const HttpAnswer answer = cloud.send(get("/jobs"));
  CHECK(answer.header("content-encoding") == "gzip");
  CHECK(answer.body.size() < 20'000);
  std::string unpacked(16 << 20, '\1');
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(answer.body.data()));
  stream.avail_in = static_cast<uInt>(answer.body.size());
  stream.next_out = reinterpret_cast<Bytef*>(unpacked.data());
  stream.avail_out = static_cast<uInt>(unpacked.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  CHECK(stream.total_out == 8 << 20);
  inflateEnd(&stream);
}

TEST_CASE("a script with a mistake is refused with its line") {
  const auto refusal = [](const std::string& text) {
    const auto engine = FaultEngine::parse(text, "faults.toml");
    REQUIRE_FALSE(engine.has_value());
    return describe(engine.error());
  };
  CHECK_THAT(refusal("[[fault]]\nnth = 1\n"), Contains("no action"));
  CHECK_THAT(refusal("[[fault]]\naction = \"delay\"\n"), Contains("when it strikes"));
  CHECK_THAT(refusal("[[fault]]\naction = \"delay\"\nnth = 1\nevery = 2\n"), Contains("when it strikes"));
  CHECK_THAT(refusal("[[fault]]\naction = \"explode\"\nnth = 1\n"), Contains("action") && Contains("gzip_bomb"));
  CHECK_THAT(refusal("\n[[fault]]\naction = \"delay\"\nnth = 1\ncolour = 1\n"),
             Contains("colour") && Contains("line 2"));
  CHECK_THAT(refusal("[[fault]]\naction = \"delay\"\nnth = 1\nprovider = \"hal\"\n"), Contains("provider"));
  CHECK_THAT(refusal("[[fault]]\naction = \"status\"\nnth = 1\nstatus = 200\n"), Contains("200"));
  CHECK_THAT(refusal("[[fault]]\naction = \"delay\"\nprobability = 1.5\n"), Contains("probability"));
  CHECK_THAT(refusal("fault = 3\n"), Contains("[[fault]]"));
  CHECK_THAT(refusal("[[fault\n"), Contains("TOML"));
}

}  // namespace
}  // namespace bornite::emulator
