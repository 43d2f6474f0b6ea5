#include "qbraid_adapter.hpp"

#include "catch.hpp"
#include "prepared.hpp"
#include "scripted_exchange.hpp"

using namespace bornite;
using namespace bornite::test;
using Catch::Contains;
using nlohmann::json;

namespace {

const std::string endpoint = "https://api-v2.qbraid.com/api/v1";

QbraidAdapter adapter(BitOrder order = BitOrder::first_left) { return {endpoint, "qbraid:qbraid:sim:qir-sv", order}; }

Result<JobStatus> status_of(const json& data) {
  return adapter().read_status("j", reply({{"success", true}, {"data", data}}));
}

}  // namespace

TEST_CASE("qbraid: a job is one program with numbers") {
  const Prepared one({small_circuit(), ParameterRows(1, 1, {0.25}), Shots(1000), StreamKey{}}, "qbraid");
  const HttpRequest request = adapter().submission(one.submission()).value();
  CHECK(request.method == "POST");
  CHECK(request.url == endpoint + "/jobs");
  CHECK(json::parse(request.body) == json_fixture("qbraid/request.json"));
  const Prepared plain({Circuit(1).x(0), ParameterRows(1, 0, {}), Shots(1), StreamKey{}}, "qbraid");
  CHECK_THAT(json::parse(adapter().submission(plain.submission())->body)["program"]["data"].get<std::string>(),
             Contains("x q[0];\n"));
}

TEST_CASE("qbraid: the id of a job is read, and must be one") {
  CHECK(adapter().read_submission(reply({{"data", {{"jobQrn", "a:b-1"}}}}, 201)).value() == "a:b-1");
  CHECK_FALSE(adapter().read_submission(reply({{"data", {{"jobQrn", ""}}}}, 201)).has_value());
  CHECK_THAT(adapter().read_submission(reply({{"data", json::object()}}, 201)).error().message, Contains("'jobQrn'"));
}

TEST_CASE("qbraid: ids are encoded wherever they stand in an address") {
  CHECK(adapter().status("a:b/c").url == endpoint + "/jobs/a%3Ab%2Fc");
  CHECK(adapter().cancellation("a:b/c").url == endpoint + "/jobs/a%3Ab%2Fc/cancel");
  CHECK(adapter().cancellation("a:b/c").method == "POST");
}

TEST_CASE("qbraid: states are understood, and an unknown one is no end") {
  const std::vector<std::pair<std::string, JobState>> states{
      {"INITIALIZING", JobState::queued}, {"QUEUED", JobState::queued},      {"VALIDATING", JobState::queued},
      {"RUNNING", JobState::running},     {"CANCELLING", JobState::running}, {"CANCELLED", JobState::cancelled},
      {"COMPLETED", JobState::done},      {"FAILED", JobState::failed},      {"UNKNOWN", JobState::queued},
      {"HOLD", JobState::queued},         {"DREAMING", JobState::queued}};
  for (const auto& [word, state] : states) {
    CAPTURE(word);
    CHECK(status_of({{"status", word}})->state == state);
  }
  const JobStatus failed = status_of({{"status", "FAILED"}, {"statusMsg", "Too hot."}, {"cost", 50}}).value();
  CHECK(failed.message == "Too hot.");
  CHECK(failed.price.usd == 0.5);
  CHECK_FALSE(status_of({{"status", "QUEUED"}, {"cost", 50}})->price.usd.has_value());
  CHECK_THAT(status_of(json::object()).error().message, Contains("'status'"));
}

TEST_CASE("qbraid: strings are read from the end that the device prints first") {
  const JobShape shape{.qubits = 3, .shots = {1000}};
  ScriptedExchange left({fixture("qbraid/result.json")});
  CHECK(counts_of(adapter().results("j/1", shape, left).value()[0]) == Counts{{"001", 504}, {"110", 496}});
  CHECK(left.urls()[0] == endpoint + "/jobs/j%2F1/result");
  ScriptedExchange right({fixture("qbraid/result.json")});
  CHECK(counts_of(adapter(BitOrder::first_right).results("j", shape, right).value()[0]) ==
        Counts{{"100", 504}, {"011", 496}});
}

TEST_CASE("qbraid: results that are not ready may be so later, and those that do not fit are refused") {
  const auto error_of = [](int status, const std::string& body, const JobShape& shape) {
    ScriptedExchange exchange([&](const HttpRequest&, std::size_t) { return HttpReply{status, {}, body}; });
    return adapter().results("j", shape, exchange).error();
  };
  const JobShape shape{.qubits = 3, .shots = {1000}};
  CHECK(error_of(409, R"({"message": "not ready"})", shape).retryable);
  CHECK_FALSE(error_of(400, R"({"message": "job failed"})", shape).retryable);
  CHECK_THAT(error_of(400, R"({"message": "job failed"})", shape).message, Contains("job failed"));
  CHECK_THAT(error_of(200, fixture("qbraid/result.json"), {.qubits = 2, .shots = {1000}}).message,
             Contains("'data.resultData.measurementCounts'") && Contains("2 bits"));
  CHECK_THAT(error_of(200, fixture("qbraid/result.json"), {.qubits = 3, .shots = {999}}).message, Contains("999"));
  CHECK_THAT(error_of(200, R"({"data": {"resultData": {}}})", shape).message, Contains("'measurementCounts'"));
}

TEST_CASE("qbraid: a lost job is looked for on all pages, however long the service makes them") {
  /// A service with so many jobs on a page, whatever it is asked for, of which the last is the one that is looked for.
  const auto find = [](std::size_t jobs, std::size_t on_page, bool has_it) {
    ScriptedExchange exchange([=](const HttpRequest& request, std::size_t) {
      const std::size_t page = std::stoul(request.url.substr(request.url.find("page=") + 5));
      json data = json::array();
      for (std::size_t i = (page - 1) * on_page; i < std::min(jobs, page * on_page); ++i) {
        const bool own = has_it && i + 1 == jobs;
        data.push_back({{"jobQrn", "job-" + std::to_string(i)}, {"tags", {{"client", own ? "t" : "other"}}}});
      }
      return HttpReply{200, {}, json{{"success", true}, {"data", data}}.dump()};
    });
    return adapter().find("t", exchange).value();
  };
  for (const std::size_t on_page : {20, 100}) {
    CAPTURE(on_page);
    const JobLookup found = find(150, on_page, true);
    CHECK(found.answer == JobLookup::Answer::found);
    CHECK(found.job == "job-149");
    CHECK(find(150, on_page, false).answer == JobLookup::Answer::absent);
    CHECK(find(0, on_page, false).answer == JobLookup::Answer::absent);
    CHECK(find(200, on_page, false).answer == JobLookup::Answer::absent);
    CHECK(find(1'000'000, on_page, false).answer == JobLookup::Answer::uncertain);
  }
}

TEST_CASE("qbraid: devices are listed and described, with prices in dollars") {
  ScriptedExchange exchange({fixture("qbraid/devices.json")});
  const auto devices = adapter().devices(exchange).value();
  REQUIRE(devices.size() == 2);
  CHECK(devices[0].simulator);
  CHECK(devices[0].available);
  CHECK(devices[0].qubits == 0);
  CHECK_FALSE(devices[1].available);
  CHECK(devices[1].queue_length == 7);
  CHECK(devices[1].description == "Garnet (AWS)");
  json one{{"data", json_fixture("qbraid/devices.json")["data"][1]}};
  ScriptedExchange described({one.dump()});
  const DeviceDescription garnet = adapter().describe("aws:iqm:qpu:garnet", described).value();
  CHECK(garnet.usd_per_job == Approx(0.30));
  CHECK(garnet.usd_per_shot == Approx(0.00145));
  CHECK(described.urls()[0] == endpoint + "/devices/aws%3Aiqm%3Aqpu%3Agarnet");
}

TEST_CASE("qbraid: a device that takes money by the minute has no price that is known") {
  ScriptedExchange described({json{{"data", json_fixture("qbraid/devices.json")["data"][0]}}.dump()});
  const DeviceDescription simulator = adapter().describe("qbraid:qbraid:sim:qir-sv", described).value();
  CHECK_FALSE(simulator.usd_per_job.has_value());
  CHECK_FALSE(simulator.usd_per_shot.has_value());
}
