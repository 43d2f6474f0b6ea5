#include "catch.hpp"
#include "cloud_fixture.hpp"

namespace bornite::emulator {
namespace {

struct Qbraid : CloudFixture {
  using CloudFixture::CloudFixture;

  HttpAnswer call(std::string method, std::string target, const Json& body = nullptr) {
    return send({std::move(method),
                 "/qbraid/api/v1" + target,
                 {{"X-Api-Key", "qbraid-emulator-key"}, {"Content-Type", "application/json"}},
                 body.is_null() ? "" : body.dump()});
  }
  Json data(const std::string& target) {
    const HttpAnswer answer = call("GET", target);
    REQUIRE(answer.status == 200);
    CHECK(json(answer).at("success") == true);
    return json(answer).at("data");
  }
  std::string submit(const Json& body) {
    const HttpAnswer answer = call("POST", "/jobs", body);
    REQUIRE(answer.status == 201);
    CHECK(json(answer).at("data").at("status") == "INITIALIZING");
    return json(answer).at("data").at("jobQrn");
  }
};

Json request(const char* program =
                 "OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit[3] c; h q[0]; cx q[0], q[1]; "
                 "x q[2]; c[0] = measure q[0]; c[1] = measure q[1]; c[2] = measure q[2];") {
  return {{"program", {{"format", "qasm3"}, {"data", program}}},
          {"shots", 1000},
          {"deviceQrn", "qbraid:qbraid:sim:emulated-sv"},
          {"runtimeOptions", Json::object()},
          {"tags", {{"client", "a"}}},
          {"name", "r0"}};
}

TEST_CASE("qbraid counts strings with the first classical bit leftmost") {
  Qbraid qbraid;
  const std::string job = qbraid.submit(request());
  CHECK(qbraid.data("/jobs/" + job).at("status") == "COMPLETED");
  const Json counts = qbraid.data("/jobs/" + job + "/result").at("resultData").at("measurementCounts");
  REQUIRE(counts.size() == 2);
  const int both = counts.at("111").get<int>();
  CHECK(both + counts.at("001").get<int>() == 1000);
  CHECK(std::abs(both - 500) < 80);
}

TEST_CASE("qbraid's result is a conflict until it is there, and cancelling one after the end an error") {
  Qbraid qbraid("", {std::chrono::seconds(5), std::chrono::seconds(5)});
  const std::string job = qbraid.submit(request());
  CHECK(qbraid.call("GET", "/jobs/" + job + "/result").status == 409);
  CHECK(qbraid.data("/jobs/" + job).at("status") == "QUEUED");
  const HttpAnswer cancelled = qbraid.call("POST", "/jobs/" + job + "/cancel");
  CHECK(cancelled.status == 202);
  CHECK(qbraid.json(cancelled).at("data").at("status") == "CANCELLING");
  qbraid.restart();
  CHECK(qbraid.data("/jobs/" + job).at("status") == "CANCELLED");
  CHECK(qbraid.call("POST", "/jobs/" + job + "/cancel").status == 400);
  CHECK(qbraid.call("GET", "/jobs/" + job + "/result").status == 400);
}

TEST_CASE("qbraid finds jobs by their tags") {
  Qbraid qbraid;
  Json other = request();
  other["tags"] = {{"client", "b"}};
  static_cast<void>(qbraid.submit(request()));
  const std::string job = qbraid.submit(other);
  const Json found = qbraid.data("/jobs?tags%5Bclient%5D=b");
  REQUIRE(found.size() == 1);
  CHECK(found[0].at("jobQrn") == job);
  CHECK(qbraid.data("/jobs?limit=1&page=2").size() == 1);
  CHECK(qbraid.data("/jobs?tags%5Bclient%5D=c").empty());
}

TEST_CASE("qbraid refuses what it does not know") {
  Qbraid qbraid;
  const auto status = [&](const char* key, Json value) {
    Json body = request();
    body[key] = std::move(value);
    return qbraid.call("POST", "/jobs", body).status;
  };
  CHECK(status("priority", 1) == 422);
  CHECK(status("shots", 0) == 422);
  CHECK(status("shots", 100'001) == 422);
  CHECK(status("program", {{"format", "qasm2"}, {"data", ""}}) == 422);
  CHECK(status("tags", {{"a", 1}}) == 422);
  CHECK(status("deviceQrn", "qbraid:none") == 404);
  CHECK(qbraid.send({"GET", "/qbraid/api/v1/devices", {{"X-API-KEY", "guess"}}}).status == 401);
  CHECK(qbraid.data("/devices")[0].at("qrn") == "qbraid:qbraid:sim:emulated-sv");
  CHECK(qbraid.data("/devices/qbraid:qbraid:sim:emulated-sv").at("status") == "ONLINE");
  const std::string job = qbraid.submit(request("OPENQASM 3.0; qubit[1] q; nothing q[0];"));
  CHECK(qbraid.data("/jobs/" + job).at("status") == "FAILED");
  CHECK(qbraid.cloud->statistics().at("qbraid").at("accepted") == 1);
}

TEST_CASE("qbraid answers every body with one wrong value as it should") {
  Qbraid qbraid;
  for (const Json& body : with_one_wrong_value(request())) {
    CAPTURE(body.dump());
    const int status = qbraid.call("POST", "/jobs", body).status;
    CHECK((status == 201 || status == 404 || status == 422));
  }
}

}  // namespace
}  // namespace bornite::emulator
