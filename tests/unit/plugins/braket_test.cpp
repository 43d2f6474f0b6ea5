#include "braket_adapter.hpp"

#include <iostream>

#include "braket_results.hpp"
#include "catch.hpp"
#include "prepared.hpp"
#include "scripted_exchange.hpp"

using namespace bornite;
using namespace bornite::test;
using Catch::Contains;
using nlohmann::json;

namespace {

const std::string endpoint = "https://braket.us-east-1.amazonaws.com";
const std::string task = "arn:aws:braket:us-east-1:123:quantum-task/0d";
const std::string encoded_task = "arn%3Aaws%3Abraket%3Aus-east-1%3A123%3Aquantum-task%2F0d";

BraketAdapter adapter(const std::string& s3_endpoint = "") {
  return {"sv1",
          {.endpoint = endpoint,
           .s3_endpoint = s3_endpoint,
           .region = "us-east-1",
           .bucket = "my-results",
           .prefix = "bornite"}};
}

/// A request's body with its action, which is JSON in a text, as JSON.
json unpacked(const HttpRequest& request) {
  json body = json::parse(request.body);
  body["action"] = json::parse(body["action"].get<std::string>());
  return body;
}

Prepared prepared(Circuit circuit, std::size_t rows, std::vector<double> values) {
  const std::size_t columns = circuit.parameters();
  return {{std::move(circuit), ParameterRows(rows, columns, std::move(values)), Shots(1000), StreamKey{}}, "braket"};
}

Result<JobStatus> status_of(const json& document) { return adapter().read_status(task, reply(document)); }

/// Reads results that lie in one file.
Result<ShotTable> results_of(const json& document, const JobShape& shape, const std::vector<Qubit>& measured) {
  return read_braket_results(value_of(document), shape, measured, [](const std::string& name) -> Result<JsonValue> {
    return Error{ErrorKind::job, "There is no file " + name + "."};
  });
}

json task_document(const std::string& directory = "bornite/0d") {
  return {{"status", "COMPLETED"}, {"outputS3Bucket", "my-results"}, {"outputS3Directory", directory}};
}

}  // namespace

TEST_CASE("braket: one row is a program with inputs, several are a set of lists of them") {
  const HttpRequest one = adapter().submission(prepared(small_circuit(), 1, {0.25}).submission()).value();
  CHECK(one.method == "POST");
  CHECK(one.url == endpoint + "/quantum-task");
  CHECK(unpacked(one) == json_fixture("braket/one_row_request.json"));
  const Prepared many = prepared(small_circuit(), 3, {0.25, -0.5, 0.75});
  CHECK(unpacked(adapter().submission(many.submission()).value()) == json_fixture("braket/program_set_request.json"));
  CHECK(adapter().note(many.submission()) == "0 1");
}

TEST_CASE("braket: a circuit without parameters is in the set once for each row") {
  const Prepared plain = prepared(Circuit(1).x(0), 2, {});
  CHECK(unpacked(adapter().submission(plain.submission()).value()) ==
        json_fixture("braket/no_parameters_request.json"));
  const json two{{"programResults",
                  {{{"executableResults", {{{"measurements", {{1}}}, {"measuredQubits", {0}}, {"inputsIndex", 0}}}}},
                   {{"executableResults", {{{"measurements", {{0}}}, {"measuredQubits", {0}}, {"inputsIndex", 0}}}}}}}};
  const ShotTable table = results_of(two, {.qubits = 1, .shots = {1, 1}}, {0}).value();
  CHECK(counts_of(table[0]) == Counts{{"1", 1}});
  CHECK(counts_of(table[1]) == Counts{{"0", 1}});
}

TEST_CASE("braket: names of devices and their regions") {
  CHECK(braket_arn("dm1") == "arn:aws:braket:::device/quantum-simulator/amazon/dm1");
  CHECK(braket_arn("arn:aws:braket:us-east-1::device/qpu/ionq/Forte-1") ==
        "arn:aws:braket:us-east-1::device/qpu/ionq/Forte-1");
  CHECK(braket_region("arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet") == "eu-north-1");
  CHECK(braket_region(braket_arn("sv1")).empty());
  CHECK(braket_region("Garnet").empty());
}

TEST_CASE("braket: the id of a task is read, and must be one") {
  CHECK(adapter().read_submission(reply({{"quantumTaskArn", task}}, 201)).value() == task);
  CHECK_FALSE(adapter().read_submission(reply({{"quantumTaskArn", ""}}, 201)).has_value());
  CHECK_THAT(adapter().read_submission(reply(json::object(), 201)).error().message, Contains("'quantumTaskArn'"));
}

TEST_CASE("braket: ids are encoded wherever they stand in an address, and cancelling twice is cancelling once") {
  CHECK(adapter().status(task).url ==
        endpoint + "/quantum-task/" + encoded_task + "?additionalAttributeNames=QueueInfo");
  const HttpRequest cancellation = adapter().cancellation(task);
  CHECK(cancellation.method == "PUT");
  CHECK(cancellation.url == endpoint + "/quantum-task/" + encoded_task + "/cancel");
  CHECK(cancellation.body == adapter().cancellation(task).body);
  const std::string long_name = task + std::string(100, 'x');
  CHECK(json::parse(adapter().cancellation(long_name).body)["clientToken"].get<std::string>().size() <= 64);
}

TEST_CASE("braket: states are understood, and an unknown one is no end") {
  const std::vector<std::pair<std::string, JobState>> states{
      {"CREATED", JobState::queued},     {"QUEUED", JobState::queued},       {"RUNNING", JobState::running},
      {"CANCELLING", JobState::running}, {"CANCELLED", JobState::cancelled}, {"COMPLETED", JobState::done},
      {"FAILED", JobState::failed},      {"DREAMING", JobState::queued}};
  for (const auto& [word, state] : states) {
    CAPTURE(word);
    CHECK(status_of({{"status", word}})->state == state);
  }
  CHECK(status_of({{"status", "FAILED"}, {"failureReason", "Too hot."}})->message == "Too hot.");
  CHECK_THAT(status_of(json::object()).error().message, Contains("'status'"));
}

TEST_CASE("braket: bits are taken from the columns of their qubits") {
  const JobShape shape{.qubits = 3, .shots = {4}};
  const Counts expected{{"110", 2}, {"001", 1}, {"100", 1}};
  for (const char* file : {"braket/measurements.json", "braket/probabilities.json"}) {
    CAPTURE(file);
    CHECK(counts_of(results_of(json_fixture(file), shape, {0, 1, 2}).value()[0]) == expected);
    CHECK(counts_of(results_of(json_fixture(file), shape, {2, 0, 1}).value()[0]) ==
          Counts{{"011", 2}, {"100", 1}, {"010", 1}});
  }
  json unnamed = json_fixture("braket/measurements.json");
  unnamed.erase("measuredQubits");
  CHECK(counts_of(results_of(unnamed, shape, {0, 1, 2}).value()[0]) == Counts{{"011", 2}, {"100", 1}, {"010", 1}});
}

TEST_CASE("braket: a program set gives a row for each executable") {
  const ShotTable table =
      results_of(json_fixture("braket/program_set.json"), {.qubits = 2, .shots = {2, 2}}, {0, 1}).value();
  REQUIRE(table.rows() == 2);
  CHECK(counts_of(table[0]) == Counts{{"01", 1}, {"11", 1}});
  CHECK(counts_of(table[1]) == Counts{{"01", 1}, {"11", 1}});
}

TEST_CASE("braket: results in several files are looked for beside the file that names them") {
  const json files = json_fixture("braket/split.json");
  std::vector<std::string> asked;
  const auto read_file = [&](const std::string& name) -> Result<JsonValue> {
    asked.push_back(name);
    if (!files.contains(name)) return Error{ErrorKind::job, "There is no file " + name + "."};
    return value_of(files[name]);
  };
  const ShotTable table =
      read_braket_results(value_of(files["results.json"]), {.qubits = 2, .shots = {2, 2, 2}}, {0, 1}, read_file)
          .value();
  REQUIRE(table.rows() == 3);
  CHECK(counts_of(table[0]) == Counts{{"00", 2}});
  CHECK(counts_of(table[1]) == Counts{{"10", 2}});
  CHECK(counts_of(table[2]) == Counts{{"11", 2}});
  CHECK(asked == std::vector<std::string>{"programs/0/results.json", "programs/0/executables/0.json",
                                          "programs/0/executables/1.json", "programs/1/results.json",
                                          "programs/1/executables/0.json"});
}

TEST_CASE("braket: results that do not fit are refused by the field") {
  const json good = json_fixture("braket/program_set.json");
  const auto message = [](const json& document, const JobShape& shape) {
    return results_of(document, shape, {0, 1}).error().message;
  };
  const JobShape shape{.qubits = 2, .shots = {2, 2}};
  const auto changed = [&](const char* place, const json& value) {
    json document = good;
    document[json::json_pointer(place)] = value;
    return message(document, shape);
  };
  const std::string first = "/programResults/0/executableResults/0";
  CHECK_THAT(changed((first + "/inputsIndex").c_str(), 1), Contains("inputsIndex 1, 0"));
  CHECK_THAT(changed((first + "/measuredQubits").c_str(), {0, 1, 2}), Contains("measuredQubits") && Contains("3"));
  CHECK_THAT(changed((first + "/measuredQubits").c_str(), {0, 2}), Contains("qubit 1"));
  CHECK_THAT(changed((first + "/measuredQubits").c_str(), {0, 0}), Contains("qubit 1"));
  CHECK_THAT(changed((first + "/measurements").c_str(), {{0, 1}, {1, 1, 0}}), Contains("measurements.1"));
  CHECK_THAT(changed((first + "/measurements").c_str(), {{0, 1}}), Contains("measurements"));
  CHECK_THAT(changed((first + "/failureMetadata").c_str(), {{"failureReason", "device error"}}),
             Contains("'programResults.0.executableResults.0'") && Contains("device error"));
  CHECK_THAT(changed("/programResults/0/executableResults/1/measurementProbabilities", {{"1", 1.0}}),
             Contains("measurementProbabilities"));
  CHECK_THAT(changed("/programResults/0/executableResults/1", json::object()), Contains("'measurementProbabilities'"));
  CHECK_THAT(message(good, {.qubits = 2, .shots = {2, 2, 2}}), Contains("2 results, 3"));
  CHECK_THAT(message(good, {.qubits = 2, .shots = {2}}), Contains("more results than the 1"));
  CHECK_THAT(message(json::object(), {.qubits = 2, .shots = {2}}), Contains("'measurementProbabilities'"));
}

TEST_CASE("braket: results come from the bucket and folder that the task names, signed for s3") {
  const json result{{"measurements", {{1, 0}}}, {"measuredQubits", {0, 1}}};
  const JobShape shape{.qubits = 2, .shots = {1}, .note = "0 1"};
  ScriptedExchange exchange({task_document("my prefix/0d").dump(), result.dump()});
  CHECK(counts_of(adapter().results(task, shape, exchange).value()[0]) == Counts{{"10", 1}});
  CHECK(exchange.urls() == std::vector{endpoint + "/quantum-task/" + encoded_task,
                                       std::string("https://my-results.s3.us-east-1.amazonaws.com/my%20prefix/0d/"
                                                   "results.json")});
  CHECK(exchange.requests()[0].audience.empty());
  CHECK(exchange.requests()[1].audience == "s3");
  ScriptedExchange local({task_document("/top//0d").dump(), result.dump()});
  CHECK(adapter("http://localhost:9000").results(task, shape, local).has_value());
  CHECK(local.urls()[1] == "http://localhost:9000/my-results//top//0d/results.json");
}

TEST_CASE("braket: the note says which qubit each bit is from, and a record without one has all in order") {
  const json result{{"measurements", {{1, 0}}}, {"measuredQubits", {0, 1}}};
  const auto bits_with = [&](const std::string& note) {
    ScriptedExchange exchange({task_document().dump(), result.dump()});
    return counts_of(adapter().results(task, {.qubits = 2, .shots = {1}, .note = note}, exchange).value()[0]);
  };
  CHECK(bits_with("0 1") == Counts{{"10", 1}});
  CHECK(bits_with("1 0") == Counts{{"01", 1}});
  CHECK(bits_with("") == Counts{{"10", 1}});
}

TEST_CASE("braket: a file that is not there yet may be there later, one that is forbidden not") {
  const auto error_with = [](int status) {
    ScriptedExchange exchange([=](const HttpRequest&, std::size_t i) {
      return i == 0 ? reply(task_document()) : HttpReply{status, {}, "<Error><Code>NoSuchKey</Code></Error>"};
    });
    return adapter().results(task, {.qubits = 1, .shots = {1}}, exchange).error();
  };
  CHECK(error_with(404).retryable);
  CHECK_FALSE(error_with(403).retryable);
  CHECK_THAT(error_with(404).message, Contains("bornite/0d/results.json") && Contains("my-results"));
}

TEST_CASE("braket: devices are listed from all pages, but not without end") {
  const json one{{"deviceArn", braket_arn("sv1")},
                 {"deviceName", "SV1"},
                 {"providerName", "Amazon Braket"},
                 {"deviceType", "SIMULATOR"},
                 {"deviceStatus", "ONLINE"}};
  json two = one;
  two["deviceArn"] = "arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet";
  two["deviceType"] = "QPU";
  two["deviceStatus"] = "OFFLINE";
  ScriptedExchange exchange({json{{"devices", {one}}, {"nextToken", "n"}}.dump(), json{{"devices", {two}}}.dump()});
  const auto devices = adapter().devices(exchange).value();
  REQUIRE(devices.size() == 2);
  CHECK(devices[0].simulator);
  CHECK(devices[0].available);
  CHECK_FALSE(devices[1].available);
  CHECK_FALSE(json::parse(exchange.requests()[0].body).contains("nextToken"));
  CHECK(json::parse(exchange.requests()[1].body)["nextToken"] == "n");
  ScriptedExchange endless([](const HttpRequest&, std::size_t i) {
    if (i > 10'000) throw std::runtime_error("pages without end were followed");
    return reply({{"devices", json::array()}, {"nextToken", "n"}});
  });
  CHECK_FALSE(adapter().devices(endless).has_value());
}

TEST_CASE("braket: a device tells its limits and the price of a shot, a simulator no price") {
  const auto describe_with = [](const char* type, const json& capabilities) {
    ScriptedExchange exchange({json{
        {"deviceArn", "arn:aws:braket:us-east-1::device/qpu/x/Y"},
        {"deviceType", type},
        {"deviceStatus", "ONLINE"},
        {"deviceCapabilities",
         capabilities.dump()}}.dump()});
    return adapter().describe("sv1", exchange);
  };
  json capabilities = json_fixture("compile/braket_capabilities.json");
  capabilities["service"] = {{"shotsRange", {1, 5000}}, {"deviceCost", {{"price", 0.03}, {"unit", "shot"}}}};
  const DeviceDescription one = describe_with("QPU", capabilities).value();
  CHECK(one.summary.qubits == 3);
  CHECK(one.max_rows == 1);
  CHECK(one.max_shots == 5000);
  CHECK_FALSE(one.max_total_shots.has_value());
  CHECK(one.usd_per_shot == 0.03);
  CHECK(one.target.has_value());
  capabilities["action"] = {
      {"braket.ir.openqasm.program_set", {{"maximumExecutables", 70}, {"maximumTotalShots", 9000}}}};
  CHECK(describe_with("QPU", capabilities)->max_rows == 70);
  CHECK(describe_with("QPU", capabilities)->max_total_shots == 9000);
  capabilities["service"]["deviceCost"] = {{"price", 0.075}, {"unit", "minute"}};
  const DeviceDescription simulator = describe_with("SIMULATOR", capabilities).value();
  CHECK_FALSE(simulator.usd_per_job.has_value());
  CHECK_FALSE(simulator.usd_per_shot.has_value());
  ScriptedExchange broken({json{{"deviceArn", "a"}, {"deviceCapabilities", "{"}}.dump()});
  CHECK_THAT(adapter().describe("sv1", broken).error().message, Contains("capabilities of sv1"));
}

TEST_CASE("braket: nobody can look for a task by its token") {
  ScriptedExchange exchange(std::vector<std::string>{});
  CHECK(adapter().find("t", exchange)->answer == JobLookup::Answer::uncertain);
}

TEST_CASE("braket: results that the service's own client is tested with are read, where their files are there") {
  const std::filesystem::path folder = std::filesystem::path(BORNITE_SHARED) / "providers/data/braket";
  if (!std::filesystem::exists(folder)) {
    std::cout << "Skipped: there are no files at " << folder << ".\n";
    return;
  }
  const auto file = [&](const char* name) { return json::parse(read_text(folder / name)); };
  const ShotTable table = results_of(file("result-gate-model.json"), {.qubits = 2, .shots = {4}}, {0, 1}).value();
  CHECK(counts_of(table[0]) == Counts{{"00", 3}, {"11", 1}});
  // Its second executable is of another observable, which bornite never asks for.
  CHECK_THAT(results_of(file("result-program-set.json"), {.qubits = 2, .shots = {4, 10, 1}}, {0, 1}).error().message,
             Contains("inputsIndex 0, 1"));
}
