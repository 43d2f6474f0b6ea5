#include "ionq_adapter.hpp"

#include "catch.hpp"
#include "prepared.hpp"
#include "scripted_exchange.hpp"

using namespace bornite;
using namespace bornite::test;
using Catch::Contains;
using nlohmann::json;

namespace {

const std::string endpoint = "https://api.ionq.co/v0.4";

IonqAdapter adapter(const std::string& device = "qpu.forte-1", IonqOptions options = {}) {
  return {endpoint, device, std::move(options)};
}

Result<JobStatus> status_of(const json& document) { return adapter().read_status("j", reply(document)); }

SampleRequest two_rows() { return {small_circuit(), ParameterRows(2, 1, {0.25, -0.5}), Shots(500), StreamKey{}}; }

}  // namespace

TEST_CASE("ionq: one row is a program, several are a list of gates each") {
  const Prepared one({small_circuit(), ParameterRows(1, 1, {0.25}), Shots(500), StreamKey{}}, "ionq");
  const HttpRequest request = adapter().submission(one.submission()).value();
  CHECK(request.method == "POST");
  CHECK(request.url == endpoint + "/jobs");
  CHECK(json::parse(request.body) == json_fixture("ionq/one_row_request.json"));
  const Prepared many(two_rows(), "ionq");
  CHECK(json::parse(adapter().submission(many.submission())->body) == json_fixture("ionq/many_rows_request.json"));
}

TEST_CASE("ionq: options stand in the request, and a circuit without parameters is sent for each row") {
  const Prepared prepared({Circuit(1).h(0), ParameterRows(2, 0, {}), Shots(500), StreamKey{}}, "ionq");
  const IonqAdapter simulator = adapter("simulator", {.noise_model = "forte-1", .debiasing = true});
  CHECK(json::parse(simulator.submission(prepared.submission())->body) ==
        json_fixture("ionq/no_parameters_request.json"));
}

TEST_CASE("ionq: the id of a job is read, and must be one") {
  CHECK(adapter().read_submission(reply({{"id", "0190-a"}, {"status", "submitted"}}, 201)).value() == "0190-a");
  for (const json& wrong : {json{{"id", ""}}, json{{"id", 7}}, json::object(), json::array()})
    CHECK_FALSE(adapter().read_submission(reply(wrong, 201)).has_value());
}

TEST_CASE("ionq: states are understood, and an unknown one is no end") {
  const std::vector<std::pair<std::string, JobState>> states{
      {"submitted", JobState::queued},   {"ready", JobState::queued},        {"started", JobState::running},
      {"running", JobState::running},    {"completed", JobState::done},      {"failed", JobState::failed},
      {"canceled", JobState::cancelled}, {"cancelled", JobState::cancelled}, {"deleted", JobState::cancelled},
      {"dreaming", JobState::queued}};
  for (const auto& [word, state] : states) {
    CAPTURE(word);
    CHECK(status_of({{"status", word}})->state == state);
  }
  CHECK_THAT(status_of(json::object()).error().message, Contains("'status'"));
  const json failed{{"status", "failed"}, {"failure", {{"code", "PreflightError"}, {"message", "No gate foo"}}}};
  CHECK(status_of(failed)->message == "PreflightError: No gate foo");
  CHECK(status_of({{"status", "failed"}, {"failure", {{"error", "older words"}}}})->message == "older words");
  CHECK(status_of({{"status", "ready"}, {"predicted_wait_time_ms", 90'500}})->expected_wait ==
        std::chrono::seconds(90));
  CHECK_FALSE(status_of({{"status", "ready"}, {"predicted_wait_time_ms", nullptr}})->expected_wait.has_value());
}

TEST_CASE("ionq: ids are encoded wherever they stand in an address") {
  CHECK(adapter().status("a/b c").url == endpoint + "/jobs/a%2Fb%20c");
  CHECK(adapter().cancellation("a/b").method == "PUT");
  CHECK(adapter().cancellation("a/b").url == endpoint + "/jobs/a%2Fb/status/cancel");
}

TEST_CASE("ionq: results of version 1 are numbers, with qubit 0 as the lowest bit") {
  ScriptedExchange exchange({fixture("ionq/job_v1.json"), R"({"1": 0.25, "2": 0.75})"});
  const ShotTable table = adapter().results("0190-a", {.qubits = 2, .shots = {1000}}, exchange).value();
  CHECK(counts_of(table[0]) == Counts{{"10", 250}, {"01", 750}});
  CHECK(exchange.urls() == std::vector{endpoint + "/jobs/0190-a", endpoint + "/jobs/0190-a/results/probabilities"});
}

TEST_CASE("ionq: numbers of more than 64 bits are outcomes too") {
  // 2^65 + 1 and 2^69 - 1
  ScriptedExchange exchange(
      {fixture("ionq/job_v1.json"), R"({"36893488147419103233": 0.5, "590295810358705651711": 0.5})"});
  const ShotTable table = adapter().results("0190-a", {.qubits = 70, .shots = {10}}, exchange).value();
  CHECK(counts_of(table[0]) ==
        Counts{{std::string("1").append(64, '0').append("10000"), 5}, {std::string(69, '1').append("0"), 5}});
}

TEST_CASE("ionq: results of version 2 are strings, with qubit 0 first, of the program's own register") {
  ScriptedExchange exchange({fixture("ionq/job_v2.json"), fixture("ionq/probabilities_v2.json")});
  const ShotTable table = adapter().results("0190-a", {.qubits = 2, .shots = {1000}}, exchange).value();
  CHECK(counts_of(table[0]) == Counts{{"10", 250}, {"01", 750}});
  CHECK(exchange.urls()[1] == endpoint + "/jobs/0190-a/artifacts/art%2F2");
  json without = json_fixture("ionq/probabilities_v2.json");
  without["probabilities"]["registers"].erase("c");
  ScriptedExchange all({fixture("ionq/job_v2.json"), without.dump()});
  CHECK(counts_of(adapter().results("0190-a", {.qubits = 3, .shots = {4}}, all).value()[0]) ==
        Counts{{"100", 1}, {"001", 3}});
  ScriptedExchange wrong({fixture("ionq/job_v2.json"), fixture("ionq/probabilities_v2.json")});
  CHECK_THAT(adapter().results("0190-a", {.qubits = 3, .shots = {4}}, wrong).error().message,
             Contains("'probabilities.registers.c'"));
}

TEST_CASE("ionq: the circuits of a job are collected from all pages, in the order of the rows") {
  const json pages = json_fixture("ionq/children.json");
  ScriptedExchange exchange({pages[0].dump(), pages[1].dump(), R"({"0": 1.0})", R"({"1": 1.0})", R"({"2": 1.0})"});
  const ShotTable table = adapter().results("p/1", {.qubits = 2, .shots = {5, 5, 5}}, exchange).value();
  REQUIRE(table.rows() == 3);
  CHECK(counts_of(table[0]) == Counts{{"00", 5}});
  CHECK(counts_of(table[1]) == Counts{{"10", 5}});
  CHECK(counts_of(table[2]) == Counts{{"01", 5}});
  CHECK(exchange.urls() == std::vector{endpoint + "/jobs?parent_job_id=p%2F1&limit=25",
                                       endpoint + "/jobs?parent_job_id=p%2F1&limit=25&next=more%2F2",
                                       endpoint + "/jobs/child-0/results/probabilities",
                                       endpoint + "/jobs/child-1/results/probabilities",
                                       endpoint + "/jobs/child-2/results/probabilities"});
}

TEST_CASE("ionq: circuits that are missing, double or foreign are told of, and pages without end are not followed") {
  const auto error_of = [](std::vector<std::string> pages) {
    ScriptedExchange exchange([pages](const HttpRequest&, std::size_t i) {
      return HttpReply{200, {}, pages.at(std::min(i, pages.size() - 1))};
    });
    return adapter().results("p", {.qubits = 1, .shots = {5, 5}}, exchange).error();
  };
  const Error missing = error_of({R"({"jobs": [{"id": "a", "name": "r1"}]})"});
  CHECK(missing.retryable);
  CHECK_THAT(missing.message, Contains("r0"));
  CHECK_THAT(error_of({R"({"jobs": [{"id": "a", "name": "r1"}, {"id": "b", "name": "r1"}]})"}).message,
             Contains("'jobs.1'") && Contains("second"));
  for (const char* name : {"r2", "r", "x0", "r0x", "r-1", ""})
    CHECK_THAT(error_of({json{{"jobs", {{{"id", "a"}, {"name", name}}}}}.dump()}).message, Contains("'jobs.0'"));
  CHECK_THAT(error_of({R"({"jobs": [], "next": "again"})"}).message, Contains("pages"));
}

TEST_CASE("ionq: a lost job is looked for in all pages by its token") {
  const auto find = [](std::vector<std::string> pages) {
    ScriptedExchange exchange([pages](const HttpRequest&, std::size_t i) {
      return HttpReply{200, {}, pages.at(std::min(i, pages.size() - 1))};
    });
    return adapter().find("t", exchange);
  };
  const std::string others = R"({"jobs": [{"id": "x"}, {"id": "y", "metadata": {"client_id": "s"}}], "next": "2"})";
  const std::string own = R"({"jobs": [{"id": "z", "metadata": {"client_id": "t"}}]})";
  const JobLookup found = find({others, own}).value();
  CHECK(found.answer == JobLookup::Answer::found);
  CHECK(found.job == "z");
  CHECK(find({others, R"({"jobs": []})"})->answer == JobLookup::Answer::absent);
  CHECK(find({others})->answer == JobLookup::Answer::uncertain);
  CHECK_FALSE(find({R"({"jobs": 1})"}).has_value());
}

TEST_CASE("ionq: the estimate is that of one circuit, times the rows") {
  const Prepared prepared(two_rows(), "ionq");
  ScriptedExchange exchange({R"({"estimated_total_cost": 1.5, "cost_unit": "usd"})"});
  CHECK(adapter().price(prepared.submission(), exchange)->usd == 3.0);
  CHECK(exchange.urls()[0] == endpoint +
                                  "/jobs/estimate?backend=qpu.forte-1&qubits=2&shots=500&1q_gates=1&2q_gates=1"
                                  "&error_mitigation=false");
  ScriptedExchange credits({R"({"estimated_total_cost": 1.5, "cost_unit": "credits"})"});
  CHECK_FALSE(adapter().price(prepared.submission(), credits)->usd.has_value());
  ScriptedExchange silent({"{}"});
  CHECK_FALSE(adapter().price(prepared.submission(), silent)->usd.has_value());
}

TEST_CASE("ionq: devices are listed and described") {
  ScriptedExchange exchange({fixture("ionq/backends.json")});
  const auto devices = adapter().devices(exchange).value();
  REQUIRE(devices.size() == 3);
  CHECK(devices[0].name == "qpu.forte-1");
  CHECK(devices[0].qubits == 36);
  CHECK(devices[0].available);
  CHECK(devices[0].queue_time == std::chrono::seconds(90));
  CHECK_FALSE(devices[1].available);
  CHECK_FALSE(devices[1].queue_time.has_value());
  CHECK(devices[2].simulator);
  json forte = json_fixture("ionq/backends.json")[0];
  const json characterization = json_fixture("compile/ionq_characterization.json");
  ScriptedExchange described({forte.dump(), json{{"characterizations", {characterization}}}.dump()});
  const DeviceDescription device = adapter().describe("qpu.forte-1", described).value();
  CHECK(device.calibration == "0c8d");
  REQUIRE(device.target.has_value());
  CHECK(device.target->qubits.size() == 36);
  CHECK(described.urls()[1] == endpoint + "/backends/qpu.forte-1/characterizations?limit=1");
}

TEST_CASE("ionq: a queue without end is no number of seconds") {
  for (const double milliseconds : {1e300, -1e300, -5.0}) {
    json device = json_fixture("ionq/backends.json")[2];
    device["average_queue_time"] = milliseconds;
    ScriptedExchange exchange({json::array({device}).dump()});
    const auto devices = adapter().devices(exchange);
    if (devices) CHECK(devices->front().queue_time >= std::chrono::seconds(0));
  }
}
