// The invented provider is as strict as the template needs to be proven, and the template sends what it forecasts.
#include "example_provider.hpp"

#include <fstream>

#include <sys/stat.h>

#include "backends_under_test.hpp"
#include "catch.hpp"

namespace bornite {
namespace {

using emulator::HttpCall;
using emulator::Json;

HttpCall call(const std::string& method, const std::string& target, const std::string& body = "") {
  HttpCall made{.method = method, .target = target, .headers = {}, .body = body};
  made.headers.push_back({"Authorization", std::string("Bearer ") + ExampleProvider::token});
  if (!body.empty()) made.headers.push_back({"Content-Type", "application/json"});
  return made;
}

Json job() {
  return {{"device", "rubidium"},
          {"label", "a"},
          {"shots", 5},
          {"program", "OPENQASM 3.0;\nqubit[1] q;\nbit[1] c;\nc = measure q;\n"}};
}

TEST_CASE("the invented provider takes its own calls and refuses all others") {
  ExampleProvider provider;
  const auto submit = [&](const Json& body) { return provider.answer(call("POST", "/v1/jobs", body.dump())).status; };
  const auto with = [&](const char* field, const Json& value) {
    Json body = job();
    body[field] = value;
    return body;
  };
  CHECK(submit(job()) == 201);
  CHECK(submit(job()) == 409);
  for (const char* const field : {"device", "label", "shots", "program"}) {
    Json body = with("label", "b");
    body.erase(field);
    CHECK(submit(body) == 422);
    CHECK(submit(with(field, nullptr)) == 422);
    CHECK(submit(with(field, true)) == 422);
  }
  CHECK(submit(with("priority", 1)) == 422);
  CHECK(submit(with("device", "caesium")) == 422);
  CHECK(submit(with("shots", 10'001)) == 422);
  CHECK(submit(with("program", "OPENQASM 3.0;\nqubit[1] q;\n")) == 422);
  CHECK(submit(with("program", "OPENQASM 3.0;\nqubit[21] q;\nbit[21] c;\nc = measure q;\n")) == 422);
  CHECK(submit(with("program", "input float[64] t;\nqubit[1] q;\nbit[1] c;\nc = measure q;\n")) == 422);
  CHECK(submit(with("program", "qubit[1] q; nonsense q;")) == 422);
  const auto status = [&](const std::string& method, const std::string& target, const std::string& body = "") {
    return provider.answer(call(method, target, body)).status;
  };
  CHECK(status("POST", "/v1/jobs", "no json") == 422);
  CHECK(status("GET", "/v1/jobs") == 400);
  CHECK(status("GET", "/v1/jobs?label=a&page=2") == 400);
  CHECK(status("GET", "/v1/devices?page=2") == 400);
  CHECK(status("GET", "/v1/devices/caesium") == 404);
  CHECK(status("GET", "/v1/jobs/ex-000007") == 404);
  CHECK(status("GET", "/v1/jobs/ex-000000") == 200);
  CHECK(status("GET", "/v1/jobs/ex-000000", "{}") == 400);
  CHECK(status("PUT", "/v1/jobs/ex-000000") == 404);
  CHECK(status("DELETE", "/v1/jobs/ex-000000") == 409);
  CHECK(status("GET", "/v2/jobs/ex-000000") == 404);
  HttpCall stranger = call("GET", "/v1/devices");
  stranger.headers[0].value = "Bearer another-key";
  CHECK(provider.answer(stranger).status == 401);
  CHECK(provider.accepted() == 1);
}

TEST_CASE("the REST template sends exactly as many bytes as it forecasts") {
  ExampleProvider provider;
  const auto backend = registry_under_test().create("example:rubidium", provider.options()).value();
  const SampleRequest request = one_row(Circuit(3).h(0).ry(1, Angle::of(0)), 12, 1, {0.123});
  const JobForecast forecast = backend->forecast(request).value();
  CHECK(forecast.price.usd == Approx(12 * 0.001));
  REQUIRE(backend->submit(request, "0b8f9a52-1111-4222-8333-444455556666").has_value());
  CHECK(provider.last_submission_bytes() == forecast.payload_bytes);
}

TEST_CASE("the REST template says where its token is looked for, and never shows it") {
  ExampleProvider provider;
  BackendOptions options = provider.options();
  const TemporaryDirectory folder;
  std::ofstream(folder.path() / "wrong") << "my-wrong-secret\n";
  ::chmod((folder.path() / "wrong").c_str(), 0600);
  options["token_file"] = (folder.path() / "wrong").string();
  const auto wrong = registry_under_test().create("example:rubidium", options);
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().kind == ErrorKind::authentication);
  CHECK_THAT(describe(wrong.error()), !Catch::Contains("my-wrong-secret"));
  options.erase("token_file");
  const auto none = registry_under_test().create("example:rubidium", options);
  REQUIRE_FALSE(none.has_value());
  CHECK_THAT(describe(none.error()), Catch::Contains("EXAMPLE_TOKEN") && Catch::Contains("token_file"));
}

}  // namespace
}  // namespace bornite
