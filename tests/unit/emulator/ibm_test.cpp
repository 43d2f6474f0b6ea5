#include <cmath>
#include <cstdlib>
#include <functional>

#include "bornite/circuit/circuit.hpp"
#include "bornite/compile/compile.hpp"
#include "bornite/compile/target_file.hpp"
#include "bornite/qasm/writer.hpp"
#include "catch.hpp"
#include "cloud_fixture.hpp"

namespace bornite::emulator {
namespace {

using Catch::Contains;
using Catch::StartsWith;

/// P(c[0] = 1) = sin^2(t/2) from Rx of t, with c[1] always 1.
constexpr const char* turned =
    "OPENQASM 3.0; include \"stdgates.inc\"; input float[64] theta_0; bit[3] c; rx(theta_0) $4; x $7; "
    "c[0] = measure $4; c[1] = measure $7;";

struct Ibm : CloudFixture {
  std::string token;

  explicit Ibm(const std::string& faults = "", Timing timing = {}) : CloudFixture(faults, timing) { token = fetch(); }

  HttpAnswer exchange(const std::string& form) {
    return send({"POST", "/ibm/identity/token", {{"Content-Type", "application/x-www-form-urlencoded"}}, form});
  }
  std::string fetch() {
    return json(exchange("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=ibm-emulator-key"))
        .at("access_token");
  }
  HttpAnswer call(std::string method, std::string target, const Json& body = nullptr) {
    return send({std::move(method),
                 "/ibm/api/v1" + target,
                 {{"Authorization", "Bearer " + token},
                  {"Service-CRN", "crn:v1:bluemix:public:quantum-computing:us-east:a/1:2::"},
                  {"IBM-API-Version", "2026-04-15"},
                  {"Content-Type", "application/json"}},
                 body.is_null() ? "" : body.dump()});
  }
  std::string submit(const Json& body) {
    const HttpAnswer answer = call("POST", "/jobs", body);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(json(answer).at("backend") == "ibm_emulated");
    return json(answer).at("id");
  }
  Json get(const std::string& target) {
    const HttpAnswer answer = call("GET", target);
    REQUIRE(answer.status == 200);
    return json(answer);
  }
  Json data(const std::string& id, std::size_t pub = 0) {
    return get("/jobs/" + id + "/results").at("results")[pub].at("data");
  }
};

Json job(Json pubs) {
  return {{"program_id", "sampler"},
          {"backend", "ibm_emulated"},
          {"tags", {"token-1"}},
          {"params", {{"version", 2}, {"support_qiskit", false}, {"pubs", std::move(pubs)}}}};
}

/// One pub alone, which braces would take for an object.
Json pub(const std::string& program, Json values = nullptr) {
  return Json::array({Json::array({program, std::move(values)})});
}

std::size_t ones(const Json& samples, unsigned bit) {
  std::size_t count = 0;
  for (const Json& sample : samples) count += (std::stoul(sample.get<std::string>(), nullptr, 16) >> bit) & 1U;
  return count;
}

double expected(double angle) { return std::pow(std::sin(angle / 2), 2); }

TEST_CASE("ibm gives a bearer token for the API key, which runs out") {
  Ibm ibm;
  CHECK(ibm.call("GET", "/backends").status == 200);
  ibm.restart();
  CHECK(ibm.call("GET", "/backends").status == 200);
  ibm.clock.sleep(std::chrono::seconds(3600));
  const HttpAnswer refused = ibm.call("GET", "/backends");
  CHECK(refused.status == 401);
  CHECK(ibm.json(refused).at("errors")[0].at("code") == 1200);
  ibm.token = ibm.fetch();
  CHECK(ibm.call("GET", "/backends").status == 200);
  const HttpAnswer wrong = ibm.exchange("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=guess");
  CHECK(wrong.status == 400);
  CHECK(ibm.json(wrong).at("errorCode") == "BXNIM0415E");
  ibm.token = "emulated.1800003600000.00";
  CHECK(ibm.call("GET", "/backends").status == 401);
}

TEST_CASE("an expired token stays expired until another is fetched") {
  Ibm ibm("[[fault]]\nprovider = \"ibm\"\ncall = \"devices\"\nnth = 1\naction = \"expire_token\"");
  CHECK(ibm.call("GET", "/backends").status == 401);
  CHECK(ibm.call("GET", "/backends").status == 401);
  ibm.token = ibm.fetch();
  CHECK(ibm.call("GET", "/backends").status == 200);
}

TEST_CASE("ibm wants a CRN of its region and a version of its interface") {
  Ibm ibm;
  const auto status = [&](const std::string& crn, const std::string& version) {
    return ibm
        .send({"GET",
               "/ibm/api/v1/backends",
               {{"Authorization", "Bearer " + ibm.token}, {"Service-CRN", crn}, {"IBM-API-Version", version}}})
        .status;
  };
  CHECK(status("crn:v1:bluemix:public:quantum-computing:us-east:a/1:2::", "2025-01-01") == 200);
  CHECK(status("crn:v1:bluemix:public:quantum-computing:eu-de:a/1:2::", "2025-01-01") == 404);
  CHECK(status("", "2025-01-01") == 400);
  CHECK(status("crn:v1:bluemix:public:quantum-computing:us-east:a/1:2::", "2024-06-01") == 400);
}

TEST_CASE("ibm samples one pub for each row, classical bit 0 lowest, hexadecimal without padding") {
  Ibm ibm;
  const std::string id = ibm.submit(job({{turned, {{"theta_0", 0.9}}, 2000}, {turned, {2.0}}}));
  const Json one = ibm.data(id).at("c");
  CHECK(one.at("num_bits") == 3);
  REQUIRE(one.at("samples").size() == 2000);
  CHECK(ones(one.at("samples"), 1) == 2000);
  CHECK(ones(one.at("samples"), 2) == 0);
  CHECK(static_cast<double>(ones(one.at("samples"), 0)) / 2000 == Approx(expected(0.9)).margin(0.04));
  for (const Json& sample : one.at("samples")) CHECK((sample == "0x2" || sample == "0x3"));
  const Json two = ibm.data(id, 1).at("c").at("samples");
  CHECK(two.size() == 4096);
  CHECK(static_cast<double>(ones(two, 0)) / 4096 == Approx(expected(2.0)).margin(0.04));
  CHECK(ibm.data(id, 1).at("c").at("samples") == two);
}

TEST_CASE("ibm broadcasts a matrix of rows, columns in the order of the sorted names") {
  Ibm ibm;
  const char* program =
      "OPENQASM 3.0; input float[64] b; input float[64] a; bit[2] c; rx(a) $0; rx(b) $1; c[0] = measure $0; c[1] = "
      "measure $1;";
  const std::string id = ibm.submit(job({{program, {{0.0, M_PI}, {M_PI, 0.0}, {0.0, 0.0}}, 50}}));
  const Json samples = ibm.data(id).at("c").at("samples");
  REQUIRE(samples.size() == 3);
  CHECK(samples[0] == Json(std::vector<std::string>(50, "0x2")));
  CHECK(samples[1] == Json(std::vector<std::string>(50, "0x1")));
  CHECK(samples[2] == Json(std::vector<std::string>(50, "0x0")));
}

TEST_CASE("ibm's device is one that the compiler can use, and takes what it makes") {
  Ibm ibm;
  const std::string configuration = ibm.get("/backends/ibm_emulated/configuration").dump();
  const std::string properties = ibm.get("/backends/ibm_emulated/properties").dump();
  const auto target = read_ibm_target({configuration, "configuration"}, {properties, "properties"});
  REQUIRE(target.has_value());
  CHECK(target->qubits.size() == 27);
  CHECK(target->figures(NativeKind::cz, 1, 4)->error == Approx(0.004));
  Circuit ring(5);
  for (Qubit q = 0; q < 5; ++q) ring.ry(q, Angle::of(q)).cx(q, (q + 1) % 5);
  const auto compiled = compile(ring, *target);
  REQUIRE(compiled.has_value());
  const auto writer = QasmWriter::create(compiled->circuit, builtin_dialect("ibm").value()).value();
  const std::vector<double> theta{0.3, 0.5, 0.7, 0.9, 1.1};
  const std::string id = ibm.submit(job({{writer.parametric().value(), writer.input_values(theta), 10}}));
  CHECK(ibm.get("/jobs/" + id).at("status") == "Completed");
}

TEST_CASE("ibm accepts programs with foreign gates and fails them with 1517") {
  Ibm ibm;
  const auto failure = [&](const std::string& gates, Json values = nullptr) {
    const std::string id =
        ibm.submit(job(pub("OPENQASM 3.0; bit[1] c; " + gates + " c[0] = measure $0;", std::move(values))));
    const Json document = ibm.get("/jobs/" + id);
    CHECK(document.at("status") == "Failed");
    const HttpAnswer results = ibm.call("GET", "/jobs/" + id + "/results");
    CHECK(results.content_type == "text/plain");
    CHECK_THAT(results.body, StartsWith("Traceback"));
    return document.at("state").at("reason_code").get<int>();
  };
  const std::string rzz = "gate rzz(t) a, b { cx a, b; rz(t) b; cx a, b; } ";
  CHECK(failure("h $0;") == 1517);
  CHECK(failure("cz $0, $2;") == 1517);
  CHECK(failure("x $27;") == 1517);
  CHECK(failure("id $0;") == 1517);
  CHECK(failure("rzz(0.5) $0, $1;") == 1517);
  CHECK(failure(rzz + "rzz(2.5) $0, $1;") == 1517);
  CHECK(failure("input float[64] t; " + rzz + "rzz(t) $0, $1;", {{"t", -0.5}}) == 1517);
  CHECK(failure("hadamard $0;") == 1506);
  CHECK(failure("input float[64] t; rz(t) $0;") == 3211);
  CHECK(failure("input float[64] t; rz(t) $0;", Json::array({1, 2})) == 3211);
  const std::string right =
      ibm.submit(job(pub("OPENQASM 3.0; bit[1] c; " + rzz + "rzz(1.5) $1, $0; c[0] = measure $0;")));
  CHECK(ibm.get("/jobs/" + right).at("status") == "Completed");
}

TEST_CASE("ibm refuses fields and values that it does not know") {
  Ibm ibm;
  const auto code = [&](const std::function<void(Json&)>& change) {
    Json body = job({{turned, {0.1}, 10}});
    change(body);
    const HttpAnswer answer = ibm.call("POST", "/jobs", body);
    CAPTURE(body.dump());
    CHECK(answer.status == 400);
    return ibm.json(answer).at("errors")[0].at("code").get<int>();
  };
  CHECK(code([](Json& b) { b["priority"] = 1; }) == 3211);
  CHECK(code([](Json& b) { b["program_id"] = "estimator"; }) == 3211);
  CHECK(code([](Json& b) { b["backend"] = "ibm_fez"; }) == 3211);
  CHECK(code([](Json& b) { b["tags"] = Json(std::vector<std::string>(9, "x")); }) == 1204);
  CHECK(code([](Json& b) { b["tags"] = {std::string(87, 'x')}; }) == 1204);
  CHECK(code([](Json& b) { b["cost"] = 10801; }) == 3211);
  CHECK(code([](Json& b) { b["params"]["version"] = 1; }) == 3211);
  CHECK(code([](Json& b) { b["params"]["support_qiskit"] = true; }) == 3211);
  CHECK(code([](Json& b) { b["params"]["options"]["resilience"] = 1; }) == 3211);
  CHECK(code([](Json& b) { b["params"]["options"]["execution"]["speed"] = 1; }) == 3211);
  CHECK(code([](Json& b) { b["params"]["pubs"][0][2] = 100'001; }) == 3211);
  CHECK(code([](Json& b) { b["params"]["pubs"][0][1] = "0.1"; }) == 3211);
  CHECK(code([](Json& b) { b["params"]["pubs"] = Json(std::vector<Json>(101, {turned, {0.1}, 100'000})); }) == 3211);
  CHECK(ibm.cloud->statistics().at("ibm").at("accepted") == 0);
}

TEST_CASE("ibm finds jobs by tag and pages through them") {
  Ibm ibm;
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    Json body = job({{turned, {0.1}, 10}});
    body["tags"] = {"token-" + std::to_string(i), "all"};
    ids.push_back(ibm.submit(body));
  }
  const Json found = ibm.get("/jobs?tags=token-1&exclude_params=true");
  REQUIRE(found.at("jobs").size() == 1);
  CHECK(found.at("jobs")[0].at("id") == ids[1]);
  CHECK_FALSE(found.at("jobs")[0].contains("params"));
  CHECK(ibm.get("/jobs?tags=token-7").at("count") == 0);
  CHECK(ibm.get("/jobs?tags=all&tags=token-2").at("count") == 1);
  const Json page = ibm.get("/jobs?limit=2&offset=1");
  CHECK(page.at("count") == 3);
  REQUIRE(page.at("jobs").size() == 2);
  CHECK(page.at("jobs")[1].at("id") == ids[0]);
  CHECK(ibm.get("/jobs?sort=ASC").at("jobs")[0].at("id") == ids[0]);
  CHECK(ibm.get("/jobs?pending=true").at("count") == 0);
  CHECK(ibm.call("GET", "/jobs?limit=201").status == 400);
  CHECK(ibm.call("PUT", "/jobs/" + ids[0] + "/tags", {{"tags", {"new"}}}).status == 204);
  CHECK(ibm.get("/jobs?tags=new").at("jobs")[0].at("id") == ids[0]);
  CHECK(ibm.call("GET", "/jobs/").content_type == "text/html");
}

TEST_CASE("ibm has no result before the end, and cancels only before it") {
  Ibm ibm("", {std::chrono::seconds(5), std::chrono::seconds(5)});
  const std::string id = ibm.submit(job({{turned, {0.1}, 10}}));
  CHECK(ibm.get("/jobs/" + id).at("state").at("status") == "Queued");
  CHECK(ibm.get("/backends").at("devices")[0].at("queue_length") == 1);
  CHECK(ibm.call("GET", "/jobs/" + id + "/results").status == 204);
  ibm.clock.sleep(std::chrono::seconds(6));
  CHECK(ibm.get("/jobs/" + id).at("status") == "Running");
  CHECK(ibm.call("DELETE", "/jobs/" + id).status == 409);
  CHECK(ibm.call("POST", "/jobs/" + id + "/cancel").status == 204);
  CHECK(ibm.get("/jobs/" + id).at("status") == "Cancelled");
  CHECK(ibm.call("POST", "/jobs/" + id + "/cancel").status == 409);
  CHECK(ibm.call("DELETE", "/jobs/" + id).status == 204);
  CHECK(ibm.call("GET", "/jobs/" + id).status == 404);
}

TEST_CASE("ibm's sessions take jobs until they are told not to, or are closed") {
  Ibm ibm("", {std::chrono::seconds(5), {}});
  const HttpAnswer opened =
      ibm.call("POST", "/sessions", {{"mode", "batch"}, {"backend", "ibm_emulated"}, {"max_ttl", 600}});
  REQUIRE(opened.status == 200);
  const std::string session = ibm.json(opened).at("id");
  Json body = job({{turned, {0.1}, 10}});
  body["session_id"] = session;
  const std::string id = ibm.submit(body);
  CHECK(ibm.get("/jobs?session_id=" + session).at("count") == 1);
  CHECK(ibm.call("PATCH", "/sessions/" + session, {{"accepting_jobs", false}}).status == 204);
  ibm.restart();
  CHECK(ibm.get("/sessions/" + session).at("accepting_jobs") == false);
  CHECK(ibm.call("POST", "/jobs", body).status == 400);
  CHECK(ibm.get("/jobs/" + id).at("status") == "Queued");
  CHECK(ibm.call("DELETE", "/sessions/" + session + "/close").status == 204);
  CHECK(ibm.get("/jobs/" + id).at("status") == "Cancelled");
  body["session_id"] = "none";
  CHECK(ibm.call("POST", "/jobs", body).status == 404);
}

TEST_CASE("ibm refuses sessions of other modes, backends and lengths, and no others") {
  Ibm ibm;
  const auto status = [&](const Json& body) { return ibm.call("POST", "/sessions", body).status; };
  CHECK(status({{"mode", "dedicated"}, {"backend", "ibm_emulated"}}) == 200);
  CHECK(status({{"mode", "batch"}, {"backend", "ibm_emulated"}, {"max_ttl", 28'800}}) == 200);
  CHECK(status({{"mode", "solo"}, {"backend", "ibm_emulated"}}) == 400);
  CHECK(status({{"backend", "ibm_emulated"}}) == 400);
  CHECK(status({{"mode", "batch"}, {"backend", "ibm_fez"}}) == 400);
  CHECK(status({{"mode", "batch"}}) == 400);
  for (const Json& wrong : {Json(0), Json(28'801), Json(1.5), Json("600")})
    CHECK(status({{"mode", "batch"}, {"backend", "ibm_emulated"}, {"max_ttl", wrong}}) == 400);
  CHECK(status({{"mode", "batch"}, {"backend", "ibm_emulated"}, {"name", "mine"}}) == 400);
}

TEST_CASE("ibm's sessions are open, active, inactive and closed, as their jobs and the time have it") {
  using std::chrono::seconds;
  Ibm ibm("", {seconds(10), seconds(10)});
  const auto open = [&](const std::string& mode, int life) -> std::string {
    return ibm.json(ibm.call("POST", "/sessions", {{"mode", mode}, {"backend", "ibm_emulated"}, {"max_ttl", life}}))
        .at("id");
  };
  const auto look = [&](const std::string& session) { return ibm.get("/sessions/" + session); };
  const auto body_in = [](const std::string& session) {
    Json body = job({{turned, {0.1}, 10}});
    body["session_id"] = session;
    return body;
  };
  const auto refusal_in = [&](const std::string& session) {
    const HttpAnswer answer = ibm.call("POST", "/jobs", body_in(session));
    CHECK(answer.status == 400);
    return ibm.json(answer).at("errors")[0];
  };
  const std::string session = open("batch", 100);
  CHECK(look(session).at("mode") == "batch");
  CHECK(look(session).at("max_ttl") == 100);
  CHECK(look(session).at("backend_name") == "ibm_emulated");
  ibm.clock.sleep(seconds(3000));  // its time begins with its first job
  CHECK(look(session).at("state") == "open");
  const std::string first = ibm.submit(body_in(session));
  ibm.clock.sleep(seconds(5));
  CHECK(look(session).at("state") == "open");
  ibm.clock.sleep(seconds(5));
  CHECK(look(session).at("state") == "active");
  ibm.clock.sleep(seconds(60));
  CHECK(look(session).at("state") == "active");
  ibm.clock.sleep(seconds(10));
  CHECK(look(session).at("state") == "inactive");
  const std::string second = ibm.submit(body_in(session));
  CHECK(look(session).at("state") == "active");
  ibm.clock.sleep(seconds(15));
  const std::string third = ibm.submit(body_in(session));
  ibm.clock.sleep(seconds(6));
  const std::string late = ibm.submit(body_in(session));
  ibm.clock.sleep(seconds(9));
  CHECK(look(session).at("state") == "closed");
  CHECK(look(session).at("accepting_jobs") == false);
  CHECK(refusal_in(session).at("code") == 1217);
  CHECK_THAT(refusal_in(session).at("message").get<std::string>(), Contains("Session has been closed"));
  CHECK(ibm.call("PATCH", "/sessions/" + session, {{"accepting_jobs", true}}).status == 400);
  CHECK(ibm.get("/jobs/" + second).at("status") == "Completed");
  CHECK(ibm.get("/jobs/" + third).at("status") == "Running");
  CHECK(ibm.get("/jobs/" + late).at("status") == "Cancelled");

  const std::string emptied = open("batch", 100);
  CHECK(ibm.call("PATCH", "/sessions/" + emptied, {{"accepting_jobs", false}}).status == 204);
  CHECK(look(emptied).at("state") == "closed");
  CHECK(refusal_in(emptied).at("code") == 1217);
  ibm.token = ibm.fetch();
  const std::string forgotten = open("dedicated", 100);
  ibm.clock.sleep(seconds(1799));
  CHECK(look(forgotten).at("state") == "open");
  ibm.clock.sleep(seconds(1));
  CHECK(look(forgotten).at("state") == "closed");
}

TEST_CASE("ibm's outcomes are wrong in width or number when they are to be") {
  const std::string rule = "[[fault]]\nprovider = \"ibm\"\ncall = \"result\"\n";
  Ibm ibm(rule + "nth = 1\naction = \"wrong_width\"\n" + rule + "nth = 2\naction = \"wrong_shots\"\n");
  const std::string id = ibm.submit(job({{turned, {0.0}, 10}}));
  const Json wide = ibm.data(id).at("c");
  CHECK(wide.at("num_bits") == 4);
  CHECK(wide.at("samples")[0] == "0xa");
  CHECK(ibm.data(id).at("c").at("samples").size() == 11);
  CHECK(ibm.data(id).at("c").at("samples").size() == 10);
}

TEST_CASE("ibm answers every body with one wrong value as it should") {
  Ibm ibm;
  Json base = job({{turned, {{"theta_0", 0.1}}, 10}, {turned, {{0.1}, {0.2}}, 10}});
  base["cost"] = 10;
  base["params"]["options"] = {{"default_shots", 5},
                               {"dynamical_decoupling", {{"enable", true}, {"sequence_type", "XX"}}},
                               {"execution", {{"init_qubits", true}}},
                               {"twirling", {{"enable_gates", false}}}};
  for (const Json& body : with_one_wrong_value(base)) {
    CAPTURE(body.dump());
    const int status = ibm.call("POST", "/jobs", body).status;
    CHECK((status == 200 || status == 400 || status == 404));
  }
  for (const Json& body : with_one_wrong_value({{"mode", "batch"}, {"backend", "ibm_emulated"}, {"max_ttl", 60}})) {
    const int status = ibm.call("POST", "/sessions", body).status;
    CHECK((status == 200 || status == 400));
  }
  const Json accepted = ibm.get("/jobs?limit=200");
  for (const Json& one : accepted.at("jobs"))
    CHECK(ibm.call("GET", "/jobs/" + one.at("id").get<std::string>() + "/results").status == 200);
}

}  // namespace
}  // namespace bornite::emulator
