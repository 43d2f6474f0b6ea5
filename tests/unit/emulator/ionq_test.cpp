#include <fmt/format.h>

#include <cmath>

#include "bornite/compile/target_file.hpp"
#include "catch.hpp"
#include "cloud_fixture.hpp"

namespace bornite::emulator {
namespace {

using Catch::Contains;

constexpr const char* bell =
    "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;";
/// P(qubit 0 = 1) = 0.9, qubit 1 = 1, qubit 2 = 0
constexpr const char* lopsided =
    "OPENQASM 3.0; qubit[3] q; bit[3] c; ry(2.498091544796509) q[0]; x q[1]; c = measure q;";

struct Ionq : CloudFixture {
  using CloudFixture::CloudFixture;

  HttpAnswer call(std::string method, std::string target, const Json& body = nullptr) {
    return send({std::move(method),
                 "/ionq/v0.4" + target,
                 {{"authorization", "apiKey ionq-emulator-key"}, {"content-type", "application/json"}},
                 body.is_null() ? "" : body.dump()});
  }
  std::string submit(const Json& body) {
    const HttpAnswer answer = call("POST", "/jobs", body);
    REQUIRE(answer.status == 201);
    CHECK(json(answer).at("status") == "submitted");
    return json(answer).at("id");
  }
  Json get(const std::string& target) {
    const HttpAnswer answer = call("GET", target);
    REQUIRE(answer.status == 200);
    return json(answer);
  }
};

Json program(const char* text, const char* backend = "simulator") {
  return {{"type", "ionq.qasm3.v1"}, {"backend", backend}, {"shots", 1000}, {"input", {{"data", text}}}};
}

Json gates(Json list, const char* set = "qis") {
  return {{"type", "ionq.circuit.v1"},
          {"backend", "simulator"},
          {"shots", 100},
          {"input", {{"gateset", set}, {"qubits", 2}, {"circuit", std::move(list)}}}};
}

TEST_CASE("ionq gives exact probabilities of a Bell pair with qubit 0 as the lowest bit and as the first character") {
  Ionq ionq;
  const std::string id = ionq.submit(program(bell));
  const Json job = ionq.get("/jobs/" + id);
  CHECK(job.at("status") == "completed");
  CHECK(job.at("results").contains("ionq.result.probabilities.json.v1"));
  CHECK_FALSE(job.at("results").contains("ionq.result.shots.json.v2"));
  const Json short_form = ionq.get("/jobs/" + id + "/results/probabilities");
  CHECK(short_form.at("0").get<double>() == Approx(0.5));
  CHECK(short_form.at("3").get<double>() == Approx(0.5));
  const std::string lop = ionq.submit(program(lopsided));
  const Json one = ionq.get("/jobs/" + lop + "/artifacts/probabilities");
  CHECK(one.at("2").get<double>() == Approx(0.1));
  CHECK(one.at("3").get<double>() == Approx(0.9));
  const Json two = ionq.get("/jobs/" + lop + "/artifacts/probabilities-v2").at("probabilities").at("registers");
  CHECK(two.at("output_all").at("110").get<double>() == Approx(0.9));
  CHECK(two.at("c").at("010").get<double>() == Approx(0.1));
}

TEST_CASE("ionq prints classical registers by bit and all qubits by qubit") {
  Ionq ionq;
  const std::string id = ionq.submit(
      program("OPENQASM 3.0; qubit[2] q; bit[1] a; bit[2] b; x q[0]; b[1] = measure q[0]; a[0] = measure q[1];"));
  const Json registers = ionq.get("/jobs/" + id + "/artifacts/probabilities-v2").at("probabilities").at("registers");
  CHECK(registers.at("output_all").at("10") == Json(1.0));
  CHECK(registers.at("a").at("0") == Json(1.0));
  CHECK(registers.at("b").at("01") == Json(1.0));
}

TEST_CASE("ionq's processor gives samples that sum to the shots, in every form the same") {
  Ionq ionq;
  const std::string id = ionq.submit(program(lopsided, "qpu.emulated"));
  const Json histogram = ionq.get("/jobs/" + id + "/results/histogram");
  const auto ones = histogram.at("3").get<std::uint64_t>();
  CHECK(ones + histogram.at("2").get<std::uint64_t>() == 1000);
  CHECK(ones > 850);
  CHECK(ionq.get("/jobs/" + id + "/results/probabilities").at("3").get<double>() ==
        Approx(static_cast<double>(ones) / 1000));
  const Json shots = ionq.get("/jobs/" + id + "/artifacts/shots-v2").at("shots");
  REQUIRE(shots.size() == 1000);
  const auto is_one = [](const Json& shot) { return shot.at("registers").at("c") == Json({1, 1, 0}); };
  CHECK(static_cast<std::uint64_t>(std::count_if(shots.begin(), shots.end(), is_one)) == ones);
}

TEST_CASE("ionq's JSON gates do what their names say") {
  Ionq ionq;
  const auto probability = [&](const Json& body, const char* state) {
    const std::string id = ionq.submit(body);
    return ionq.get("/jobs/" + id + "/results/probabilities").value(state, 0.0);
  };
  CHECK(probability(gates({{{"gate", "h"}, {"target", 0}}, {{"gate", "cnot"}, {"control", 0}, {"target", 1}}}), "3") ==
        Approx(0.5));
  CHECK(probability(gates({{{"gate", "v"}, {"target", 1}}, {{"gate", "v"}, {"target", 1}}}), "2") == Approx(1));
  for (const char* name : {"xx", "yy"}) {
    const Json ising{{"gate", name}, {"targets", {0, 1}}, {"rotation", 0.6}};
    CHECK(probability(gates(Json::array({ising})), "3") == Approx(std::pow(std::sin(0.3), 2)));
  }
  CHECK(probability(gates({{{"gate", "h"}, {"target", 0}},
                           {{"gate", "h"}, {"target", 1}},
                           {{"gate", "zz"}, {"targets", {0, 1}}, {"rotation", 0.6}},
                           {{"gate", "h"}, {"target", 0}},
                           {{"gate", "h"}, {"target", 1}}}),
                    "3") == Approx(std::pow(std::sin(0.3), 2)));
  const Json native{{{"gate", "ms"}, {"targets", {0, 1}}, {"phases", {0, 0}}, {"angle", 0.1}},
                    {{"gate", "gpi"}, {"target", 1}, {"phase", 0.2}}};
  CHECK(probability(gates(native, "native"), "2") == Approx(std::pow(std::cos(0.1 * M_PI), 2)));
  CHECK(probability(gates(Json::array({{{"gate", "gpi2"}, {"target", 0}, {"phase", 0.3}}}), "native"), "1") ==
        Approx(0.5));
}

TEST_CASE("a multi-circuit job of ionq has children and an aggregate by their ids") {
  Ionq ionq;
  Json circuits = Json::array();
  for (int i = 0; i < 60; ++i)
    circuits.push_back(
        {{"name", fmt::format("r{}", i)}, {"circuit", {{{"gate", "ry"}, {"target", 0}, {"rotation", 0.05 * i}}}}});
  const std::string id = ionq.submit({{"type", "ionq.multi-circuit.v1"},
                                      {"backend", "simulator"},
                                      {"input", {{"gateset", "qis"}, {"qubits", 1}, {"circuits", circuits}}}});
  const Json job = ionq.get("/jobs/" + id);
  const Json children = job.at("child_job_ids");
  REQUIRE(children.size() == 60);
  const Json all = ionq.get("/jobs/" + id + "/artifacts/probabilities-aggregate");
  for (std::size_t i = 0; i < 60; ++i) {
    const double wanted = std::pow(std::sin(0.025 * static_cast<double>(i)), 2);
    CHECK(all.at(children[i].get<std::string>()).value("1", 0.0) == Approx(wanted).margin(1e-11));
  }
  const Json child = ionq.get("/jobs/" + children[7].get<std::string>());
  CHECK(child.at("parent_job_id") == id);
  CHECK(child.at("name") == "r7");
  CHECK(ionq.get("/jobs/" + children[7].get<std::string>() + "/results/probabilities").at("1").get<double>() ==
        Approx(std::pow(std::sin(0.175), 2)));

  std::vector<std::string> listed;
  std::string target = "/jobs?parent_job_id=" + id;
  for (std::string next = target; !next.empty();) {
    const Json page = ionq.get(next);
    CHECK(page.at("jobs").size() <= 25);
    for (const Json& one : page.at("jobs")) listed.push_back(one.at("id"));
    next = page.at("next").is_null() ? "" : target + "&next=" + page.at("next").get<std::string>();
  }
  CHECK(listed == children.get<std::vector<std::string>>());
}

TEST_CASE("ionq lists jobs latest first in pages of 25") {
  Ionq ionq;
  std::vector<std::string> ids;
  for (int i = 0; i < 30; ++i) {
    Json body = program(bell);
    body["name"] = fmt::format("n{}", i);
    ids.insert(ids.begin(), ionq.submit(body));
  }
  const Json first = ionq.get("/jobs");
  REQUIRE(first.at("jobs").size() == 25);
  CHECK(first.at("jobs")[0].at("name") == "n29");
  const Json second = ionq.get("/jobs?next=" + first.at("next").get<std::string>());
  CHECK(second.at("jobs").size() == 5);
  CHECK(second.at("next").is_null());
  CHECK(second.at("jobs")[4].at("id") == ids[29]);
  CHECK(ionq.get("/jobs?ids=" + ids[3] + "," + ids[4]).at("jobs").size() == 2);
  CHECK(ionq.get("/jobs?status=failed").at("jobs").empty());
  CHECK(ionq.call("GET", "/jobs?limit=26").status == 400);
  CHECK(ionq.call("GET", "/jobs?page=2").status == 400);
}

TEST_CASE("ionq's jobs pass through their states with time, and survive a restart") {
  Ionq ionq("", {std::chrono::seconds(10), std::chrono::seconds(5)});
  const std::string id = ionq.submit(program(bell));
  CHECK(ionq.get("/jobs/" + id).at("status") == "ready");
  CHECK(ionq.get("/jobs/" + id).at("predicted_wait_time_ms") == 10000);
  CHECK(ionq.call("GET", "/jobs/" + id + "/results/probabilities").status == 404);
  ionq.clock.sleep(std::chrono::seconds(12));
  ionq.restart();
  CHECK(ionq.get("/jobs/" + id).at("status") == "started");
  ionq.clock.sleep(std::chrono::seconds(3));
  CHECK(ionq.get("/jobs/" + id).at("status") == "completed");
  CHECK(ionq.cloud->statistics().at("ionq") == Json({{"accepted", 1}, {"submissions", 0}, {"cancelled", 0}}));
}

TEST_CASE("ionq cancels what has not ended, and deletes") {
  Ionq ionq("", {std::chrono::seconds(10), {}});
  const std::string id = ionq.submit(program(bell));
  const HttpAnswer answer = ionq.call("PUT", "/jobs/" + id + "/status/cancel");
  CHECK(ionq.json(answer) == Json({{"id", id}, {"status", "canceled"}}));
  CHECK(ionq.get("/jobs/" + id).at("status") == "canceled");
  const std::string other = ionq.submit(program(bell));
  CHECK(ionq.call("PUT", "/jobs/status/cancel", {{"ids", {other}}}).status == 200);
  CHECK(ionq.cloud->statistics().at("ionq").at("cancelled") == 2);
  CHECK(ionq.call("DELETE", "/jobs/" + id).status == 200);
  CHECK(ionq.call("GET", "/jobs/" + id).status == 404);
  const std::string done = ionq.submit(program(bell));
  ionq.clock.sleep(std::chrono::seconds(10));
  CHECK(ionq.call("PUT", "/jobs/" + done + "/status/cancel").status == 400);
  CHECK(ionq.cloud->statistics().at("ionq").at("accepted") == 3);
}

TEST_CASE("ionq refuses what it does not know, naming the field") {
  Ionq ionq;
  const auto refuses = [&](const Json& body, const std::string& key) {
    CAPTURE(body.dump());
    const HttpAnswer answer = ionq.call("POST", "/jobs", body);
    REQUIRE(answer.status == 400);
    const Json document = ionq.json(answer);
    CHECK(document.at("statusCode") == 400);
    CHECK(document.at("error") == "Bad Request");
    CHECK(document.at("validation").at("keys") == Json::array({key}));
  };
  const auto with = [](const char* key, Json value) {
    Json body = program(bell);
    body[key] = std::move(value);
    return body;
  };
  refuses(with("priority", 1), "priority");
  refuses(with("shots", 0), "shots");
  refuses(with("shots", 1'000'001), "shots");
  refuses(with("shots", "100"), "shots");
  refuses(with("backend", "qpu.aria-9"), "backend");
  refuses(with("metadata", {{"a", 1}}), "metadata");
  refuses(with("noise", {{"model", "loud"}}), "noise.model");
  refuses(with("settings", {{"speed", 1}}), "speed");
  refuses(with("input", {{"data", bell}, {"qubits", 2}}), "qubits");
  refuses(with("type", "ionq.circuit.v0"), "type");
  Json debiased = with("settings", {{"error_mitigation", {{"debiasing", true}}}});
  debiased["shots"] = 499;
  refuses(debiased, "settings.error_mitigation.debiasing");
  refuses(gates(Json::array({{{"gate", "fredkin"}, {"targets", {0, 1}}}})), "input");
  refuses(gates(Json::array({{{"gate", "h"}, {"target", 0}, {"angle", 1}}})), "input");
  refuses(gates(Json::array({{{"gate", "h"}, {"target", 0}}}), "native"), "input");
  CHECK(ionq.cloud->statistics().at("ionq").at("accepted") == 0);
}

TEST_CASE("ionq accepts programs that its preflight then refuses") {
  Ionq ionq;
  const auto failure = [&](const Json& body) {
    const std::string id = ionq.submit(body);
    const Json job = ionq.get("/jobs/" + id);
    CHECK(job.at("status") == "failed");
    return job.at("failure").at("code").get<std::string>();
  };
  CHECK(failure(program("OPENQASM 3.0; qubit[1] q; hadamard q[0];")) == "PreflightError");
  CHECK(failure(program("OPENQASM 3.0; h $0;")) == "PreflightError");
  CHECK(failure(program("OPENQASM 3.0; input float t; qubit[1] q; ry(t) q[0];")) == "PreflightError");
  CHECK(failure(program("OPENQASM 3.0; qubit[2] q; for int i in [0:1] { h q[i]; }")) == "PreflightError");
  CHECK(failure(program("OPENQASM 3.0; qubit[21] q; h q[0];", "qpu.emulated")) == "NotEnoughQubits");
  CHECK(failure(gates(Json::array({{{"gate", "h"}, {"target", 2}}}))) == "InvalidInput");
}

TEST_CASE("ionq wants its key in its own form and JSON to be called so") {
  Ionq ionq;
  const auto status = [&](std::vector<HttpHeader> headers, const std::string& method, const std::string& target) {
    return ionq.send({method, "/ionq/v0.4" + target, std::move(headers), program(bell).dump()}).status;
  };
  CHECK(status({{"Authorization", "Bearer ionq-emulator-key"}}, "GET", "/jobs") == 401);
  CHECK(status({{"Authorization", "apiKey wrong"}}, "GET", "/jobs") == 401);
  CHECK(status({}, "GET", "/backends") == 200);
  CHECK(status({{"Authorization", "apiKey ionq-emulator-key"}, {"Content-Type", "text/plain"}}, "POST", "/jobs") ==
        415);
  CHECK(ionq.send({"GET", "/ionq/v0.3/jobs"}).status == 404);
  CHECK(ionq.send({"GET", "/elsewhere"}).status == 404);
}

TEST_CASE("ionq describes backends that the compiler can read, and estimates prices") {
  Ionq ionq;
  const std::string backend = ionq.get("/backends/qpu.emulated").dump();
  const std::string list =
      ionq.get("/backends/qpu.emulated/characterizations?limit=1").at("characterizations")[0].dump();
  const auto target = read_ionq_target({backend, "backend"}, {list, "characterization"});
  REQUIRE(target.has_value());
  CHECK(target->qubits.size() == 20);
  CHECK(target->figures(NativeKind::ms, 3, 17)->error == Approx(0.005));
  const Json price = ionq.get("/jobs/estimate?backend=qpu.emulated&shots=1000&1q_gates=10&2q_gates=10");
  CHECK(price.at("estimated_total_cost").get<double>() == Approx(3.3));
  CHECK(ionq.call("GET", "/jobs/estimate?backend=nothing").status == 400);
}

TEST_CASE("ionq answers every body with one wrong value as it should") {
  Ionq ionq;
  const Json circuit{{"name", "r"},
                     {"gateset", "qis"},
                     {"qubits", 2},
                     {"circuit", {{{"gate", "xx"}, {"targets", {0, 1}}, {"rotation", 0.1}}}}};
  Json multi{{"type", "ionq.multi-circuit.v1"},
             {"backend", "simulator"},
             {"input", {{"gateset", "qis"}, {"circuits", {circuit}}}}};
  multi["settings"] = {{"error_mitigation", {{"debiasing", false}}}, {"compilation", {{"opt", 1}}}};
  multi["noise"] = {{"model", "forte-1"}, {"seed", 1}};
  for (const Json& base : {program(bell), multi})
    for (const Json& body : with_one_wrong_value(base)) {
      CAPTURE(body.dump());
      const int status = ionq.call("POST", "/jobs", body).status;
      CHECK((status == 201 || status == 400));
    }
  const Json accepted = ionq.get("/jobs");
  for (const Json& job : accepted.at("jobs"))
    CHECK(ionq.call("GET", "/jobs/" + job.at("id").get<std::string>()).status == 200);
}

}  // namespace
}  // namespace bornite::emulator
