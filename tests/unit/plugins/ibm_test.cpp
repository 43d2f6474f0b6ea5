#include "ibm_adapter.hpp"

#include <iostream>
#include <random>

#include "bornite/compile/target_file.hpp"
#include "catch.hpp"
#include "ibm_results.hpp"
#include "prepared.hpp"
#include "scripted_exchange.hpp"

using namespace bornite;
using namespace bornite::test;
using Catch::Contains;
using nlohmann::json;

namespace {

const std::string endpoint = "https://quantum.cloud.ibm.com/api/v1";
const std::string instance = "crn:v1:bluemix:public:quantum-computing:us-east:a/1:2::";

IbmAdapter adapter(IbmOptions options = {}) {
  return {IbmService{.endpoint = endpoint, .instance = instance}, "ibm_line", std::move(options)};
}

/// A line of qubits.
Target line(std::size_t qubits = 4) {
  Target target{.name = "ibm_line", .qubits = std::vector<QubitFigures>(qubits), .gates = {}};
  for (const NativeKind kind : {NativeKind::rz, NativeKind::sx, NativeKind::x})
    target.gates.push_back({.kind = kind, .everywhere = true});
  TargetGate cz{.kind = NativeKind::cz};
  for (Qubit q = 0; q + 1 < qubits; ++q) cz.places[{q, q + 1}] = {};
  target.gates.push_back(cz);
  return target;
}

Prepared prepared(Circuit circuit, std::size_t rows, std::vector<double> values, Shots shots) {
  const std::size_t columns = circuit.parameters();
  return {{std::move(circuit), ParameterRows(rows, columns, std::move(values)), std::move(shots), StreamKey{}},
          "ibm",
          line()};
}

/// A request's body with the programs of its pubs taken out.
json without_programs(const HttpRequest& request, std::vector<std::string>& programs) {
  json body = json::parse(request.body);
  for (json& pub : body["params"]["pubs"]) {
    programs.push_back(pub[0]);
    pub[0] = "PROGRAM";
  }
  return body;
}

Result<JobStatus> status_of(const json& document) { return adapter().read_status("j", reply(document)); }

Result<ShotTable> results_of(const json& document, const JobShape& shape) {
  ScriptedExchange exchange({document.dump()});
  return adapter().results("j", shape, exchange);
}

json one_pub(json samples, std::size_t bits) {
  return {{"results", {{{"data", {{"c", {{"samples", std::move(samples)}, {"num_bits", bits}}}}}}}}};
}

}  // namespace

TEST_CASE("ibm: rows with one number of shots are one matrix of values") {
  std::vector<std::string> programs;
  const Circuit circuit = Circuit(1).rx(0, Angle::of(0));
  const Prepared one = prepared(circuit, 1, {0.25}, Shots(1000));
  const HttpRequest request = adapter().submission(one.submission()).value();
  CHECK(request.method == "POST");
  CHECK(request.url == endpoint + "/jobs");
  CHECK(without_programs(request, programs) == json_fixture("ibm/one_row_request.json"));
  const Prepared many = prepared(circuit, 3, {0.25, -0.5, 0.75}, Shots({1000, 1000, 20}));
  const IbmOptions options{
      .session = {.id = "cses1"}, .dynamical_decoupling = "XpXm", .twirling = true, .max_seconds = 600};
  CHECK(without_programs(adapter(options).submission(many.submission()).value(), programs) ==
        json_fixture("ibm/many_rows_request.json"));
  for (const std::string& program : programs) CHECK(program == fixture("ibm/program.qasm"));
  CHECK(adapter().note(many.submission()) == "parametric");
}

TEST_CASE("ibm: a circuit without parameters is a pub for each row") {
  std::vector<std::string> programs;
  const Prepared plain = prepared(Circuit(1).x(0), 2, {}, Shots(1000));
  CHECK(without_programs(adapter().submission(plain.submission()).value(), programs) ==
        json_fixture("ibm/no_parameters_request.json"));
  for (const std::string& program : programs) CHECK(program == fixture("ibm/no_parameters.qasm"));
  CHECK(adapter().note(plain.submission()) == "constant");
}

TEST_CASE("ibm: parameters that have no effect are compiled away, and the results are read as they were sent") {
  const Prepared prepared_away = prepared(Circuit(1).x(0).rz(0, Angle::of(0)), 2, {0.25, -0.5}, Shots(1000));
  REQUIRE(prepared_away.program->writer.input_names().empty());
  std::vector<std::string> programs;
  CHECK(without_programs(adapter().submission(prepared_away.submission()).value(), programs) ==
        json_fixture("ibm/no_parameters_request.json"));
  JobShape shape{.qubits = 2, .shots = {4, 1}, .note = adapter().note(prepared_away.submission())};
  CHECK(shape.note == "constant");
  CHECK(results_of(json_fixture("ibm/flat_result.json"), shape)->rows() == 2);
}

TEST_CASE("ibm: a session of its own is opened, named in its jobs, and closed so that queued jobs still run") {
  const IbmAdapter with_session = adapter({.session = {.mode = "batch", .max_seconds = 600}});
  const SessionAdapter& sessions = *with_session.sessions();
  const HttpRequest opening = sessions.opening();
  CHECK(opening.method == "POST");
  CHECK(opening.url == endpoint + "/sessions");
  CHECK(json::parse(opening.body) == json{{"mode", "batch"}, {"backend", "ibm_line"}, {"max_ttl", 600}});
  CHECK(sessions.read_opening(reply({{"id", "cses1"}, {"state", "open"}})).value() == "cses1");
  CHECK_FALSE(sessions.read_opening(reply({{"id", ""}})).has_value());
  CHECK_THAT(sessions.read_opening(reply(json::object())).error().message, Contains("opening of a session"));
  const HttpRequest closing = sessions.closing("c/1");
  CHECK(closing.method == "PATCH");
  CHECK(closing.url == endpoint + "/sessions/c%2F1");
  CHECK(json::parse(closing.body) == json{{"accepting_jobs", false}});

  const Prepared one = prepared(Circuit(1).x(0), 1, {}, Shots(1));
  Submission submission = one.submission();
  submission.session = "cses1";
  CHECK(json::parse(with_session.submission(submission).value().body).at("session_id") == "cses1");
  CHECK_FALSE(json::parse(adapter().submission(one.submission()).value().body).contains("session_id"));
}

TEST_CASE("ibm: a session that is there already is neither opened nor closed") {
  CHECK(adapter().sessions() == nullptr);
  const IbmAdapter guest = adapter({.session = {.id = "cses1"}});
  CHECK(guest.sessions() == nullptr);
  const Prepared one = prepared(Circuit(1).x(0), 1, {}, Shots(1));
  CHECK(json::parse(guest.submission(one.submission()).value().body).at("session_id") == "cses1");
}

TEST_CASE("ibm: refusals that speak of the session mean that it is over") {
  const IbmAdapter with_session = adapter({.session = {.mode = "dedicated"}});
  const auto is_over = [&](int status, const std::string& message) {
    return with_session.sessions()->is_over(
        reply({{"errors", {{{"code", 1217}, {"message", message}, {"solution", "Try another."}}}}}, status));
  };
  for (const int status : {400, 404, 409, 410}) CHECK(is_over(status, "Session has been closed."));
  CHECK(is_over(404, "unknown session"));
  for (const int status : {401, 403, 429, 500, 503}) CHECK_FALSE(is_over(status, "Session has been closed."));
  CHECK_FALSE(is_over(400, "Job not valid."));
}

TEST_CASE("ibm: the option of the session is a mode or an id, and slips are told of") {
  const auto read = [](const std::map<std::string, std::string>& options) {
    Config config;
    for (const auto& [key, value] : options) REQUIRE(config.set(key, value, "an option").has_value());
    return read_ibm_session(config);
  };
  CHECK(read({}).value().id.empty());
  CHECK(read({}).value().mode.empty());
  for (const std::string mode : {"batch", "dedicated"}) {
    CHECK(read({{"session", mode}}).value().mode == mode);
    CHECK(read({{"session", mode}}).value().id.empty());
    CHECK(read({{"session", mode}}).value().max_seconds == 28'800);
    CHECK(read({{"session", mode}, {"session_seconds", "600"}}).value().max_seconds == 600);
  }
  for (const std::string id :
       {"cses1", "crr2ychvwpcg00868bv0", "abcdefghijklmnopqrst", "0b8f9a52-1111-4222-8333-444455556666"}) {
    CHECK(read({{"session", id}}).value().id == id);
    CHECK(read({{"session", id}}).value().mode.empty());
  }
  for (const std::string slip : {"bathc", "Batch", "session"}) {
    CAPTURE(slip);
    CHECK_THAT(describe(read({{"session", slip}}).error()), Contains("batch or dedicated"));
  }
  CHECK_THAT(read({{"session_seconds", "600"}}).error().message, Contains("session_seconds"));
  CHECK_THAT(read({{"session", "cses1"}, {"session_seconds", "600"}}).error().message, Contains("opened here"));
  for (const std::string wrong : {"0", "-1", "1.5", "100000", "long"})
    CHECK_FALSE(read({{"session", "batch"}, {"session_seconds", wrong}}).has_value());
}

TEST_CASE("ibm: every request names the instance and the version of the interface") {
  const IbmAdapter batched = adapter({.session = {.mode = "batch"}});
  const Prepared one = prepared(Circuit(1).x(0), 1, {}, Shots(1));
  for (const HttpRequest& request :
       {adapter().submission(one.submission()).value(), adapter().status("j"), adapter().cancellation("j"),
        batched.sessions()->opening(), batched.sessions()->closing("s")}) {
    const auto value = [&](std::string_view name) {
      for (const HttpHeader& header : request.headers)
        if (header.name == name) return header.value;
      return std::string("none");
    };
    CHECK(value("Service-CRN") == instance);
    CHECK(value("IBM-API-Version") >= "2025-01-01");
    CHECK(value("Accept") == "application/json");
    CHECK((value("Content-Type") == "application/json") == !request.body.empty());
  }
  CHECK(adapter().status("a/b").url == endpoint + "/jobs/a%2Fb?exclude_params=true");
  CHECK(adapter().cancellation("a/b").url == endpoint + "/jobs/a%2Fb/cancel");
  CHECK(adapter().cancellation("a/b").method == "POST");
}

TEST_CASE("ibm: the region follows from the instance") {
  CHECK(ibm_endpoint(instance).value() == endpoint);
  CHECK(ibm_endpoint("crn:v1:bluemix:public:quantum-computing:eu-de:a/1:2::").value() ==
        "https://eu-de.quantum.cloud.ibm.com/api/v1");
  for (const char* wrong : {"", "crn:v1", "my-instance", "crn:v1:bluemix:public:quantum-computing:", "a:b:c:d:e:f"})
    CHECK_FALSE(ibm_endpoint(wrong).has_value());
}

TEST_CASE("ibm: states are understood, and an unknown one is no end") {
  const std::vector<std::pair<std::string, JobState>> states{
      {"Queued", JobState::queued},       {"Running", JobState::running}, {"Completed", JobState::done},
      {"Cancelled", JobState::cancelled}, {"Failed", JobState::failed},   {"Dreaming", JobState::queued}};
  for (const auto& [word, state] : states) {
    CAPTURE(word);
    CHECK(status_of({{"status", word}})->state == state);
    CHECK(status_of({{"state", {{"status", word}}}})->state == state);
  }
  CHECK_FALSE(status_of(json::object()).has_value());
  const json failed{{"status", "Failed"},
                    {"state", {{"status", "Failed"}, {"reason", "not ISA"}, {"reason_code", 1517}}}};
  CHECK_THAT(status_of(failed)->message, Contains("not ISA"));
}

TEST_CASE("ibm: a job that ran for too long has failed, however that is written") {
  const JobStatus status = status_of(json_fixture("ibm/ran_too_long.json")).value();
  CHECK(status.state == JobState::failed);
  CHECK_THAT(status.message, Contains("Ran too long") && Contains("Ask for more time."));
  CHECK(status.price.qpu_seconds == 600.0);
  const std::vector<json> forms{
      {{"status", "Cancelled - Ran too long"}},
      {{"status", "Cancelled - Ran too long"}, {"state", {{"status", "Cancelled"}}}},
      {{"state", {{"status", "Cancelled - Ran too long"}}}},
      {{"state", {{"status", "Cancelled"}, {"reason", "Ran too long"}}}},
      {{"state", {{"status", "Cancelled"}, {"reason", "Ran too long"}, {"reason_solution", "Ask."}}}},
      {{"state", {{"status", "Cancelled"}, {"reason_code", 1305}}}},
      {{"state", {{"status", "Cancelled"}, {"reasonCode", 1305}}}}};
  for (const json& form : forms) {
    CAPTURE(form.dump());
    CHECK(status_of(form)->state == JobState::failed);
    CHECK_FALSE(status_of(form)->message.empty());
  }
}

TEST_CASE("ibm: samples are read flat and nested") {
  const ShotTable flat =
      results_of(json_fixture("ibm/flat_result.json"), {.qubits = 2, .shots = {4, 1}, .note = "constant"}).value();
  CHECK(counts_of(flat[0]) == Counts{{"00", 1}, {"11", 2}, {"10", 1}});
  CHECK(counts_of(flat[1]) == Counts{{"01", 1}});
  const ShotTable nested =
      results_of(json_fixture("ibm/nested_result.json"), {.qubits = 2, .shots = {2, 2, 2, 1}, .note = "parametric"})
          .value();
  REQUIRE(nested.rows() == 4);
  CHECK(counts_of(nested[1]) == Counts{{"01", 1}, {"11", 1}});
  CHECK(counts_of(nested[3]) == Counts{{"01", 1}});
}

TEST_CASE("ibm: registers of more than 64 bits are whole, without zeros before them") {
  std::string expected(156, '0');
  expected[0] = expected[100] = expected[155] = '1';
  const std::string sample = std::string("0x8").append(12, '0').append("1").append(24, '0').append("1");
  const ShotTable table =
      results_of(one_pub({sample, "0x0"}, 156), {.qubits = 156, .shots = {2}, .note = "parametric"}).value();
  CHECK(counts_of(table[0]) == Counts{{expected, 1}, {std::string(156, '0'), 1}});
}

TEST_CASE("ibm: results that do not fit are refused by the field") {
  const auto message = [](const json& document, JobShape shape) {
    shape.note = "parametric";
    return results_of(document, shape).error().message;
  };
  CHECK_THAT(message(one_pub({"0x0"}, 3), {.qubits = 2, .shots = {1}}),
             Contains("'results.0.data.c'") && Contains("3"));
  CHECK_THAT(message(one_pub({"0x4"}, 2), {.qubits = 2, .shots = {1}}), Contains("samples.0") && Contains("0x4"));
  CHECK_THAT(message(one_pub({"0x0"}, 2), {.qubits = 2, .shots = {2}}), Contains("samples"));
  CHECK_THAT(message(one_pub({{"0x0"}, {"0x0"}}, 2), {.qubits = 2, .shots = {1}}), Contains("2 rows"));
  CHECK_THAT(message(one_pub({{"0x0"}, "0x0"}, 2), {.qubits = 2, .shots = {1, 1}}), Contains("samples.1"));
  CHECK_THAT(message(one_pub(json::array(), 2), {.qubits = 2, .shots = {1}}), Contains("samples"));
  CHECK_THAT(message(one_pub({"0x0"}, 2), {.qubits = 2, .shots = {1, 2}}), Contains("1 pubs, 2"));
  CHECK_THAT(message({{"results", {json::object()}}}, {.qubits = 2, .shots = {1}}), Contains("'data'"));
  CHECK_THAT(message(json::object(), {.qubits = 2, .shots = {1}}), Contains("'results'"));
}

TEST_CASE("ibm: results that are not there yet may be there later, and a traceback is told of") {
  ScriptedExchange empty([](const HttpRequest&, std::size_t) { return HttpReply{204, {}, ""}; });
  const auto none = adapter().results("j", {.qubits = 1, .shots = {1}}, empty);
  CHECK(none.error().retryable);
  ScriptedExchange trace({"Traceback (most recent call last)"});
  CHECK_THAT(adapter().results("j", {.qubits = 1, .shots = {1}}, trace).error().message, Contains("Traceback"));
  ScriptedExchange gone([](const HttpRequest&, std::size_t) {
    return HttpReply{
        404, {}, R"({"errors": [{"code": 1291, "message": "Job not found", "solution": "Check the id"}]})"};
  });
  CHECK_THAT(adapter().results("j", {.qubits = 1, .shots = {1}}, gone).error().message,
             Contains("Job not found") && Contains("Check the id"));
}

TEST_CASE("ibm: only a job that bears the token is the lost one") {
  const auto find = [](const json& document) {
    ScriptedExchange exchange({document.dump()});
    const auto answer = adapter().find("t 1", exchange);
    CHECK(exchange.urls()[0] == endpoint + "/jobs?tags=t%201&exclude_params=true&limit=10");
    return answer;
  };
  const json own{{"id", "d2"}, {"tags", {"x", "t 1"}}};
  const json other{{"id", "d1"}, {"tags", {"t 2"}}};
  CHECK(find({{"jobs", {own}}})->job == "d2");
  CHECK(find({{"jobs", {other, own}}})->job == "d2");
  CHECK(find({{"jobs", {{{"id", "d3"}}}}})->job == "d3");
  CHECK(find({{"jobs", json::array()}})->answer == JobLookup::Answer::absent);
  // The service did not select by the tag, so that the job may be on another page.
  CHECK(find({{"jobs", {other}}})->answer == JobLookup::Answer::uncertain);
  CHECK_FALSE(find({{"jobs", {{{"id", ""}, {"tags", {"t 1"}}}}}}).has_value());
  CHECK_FALSE(find(json::object()).has_value());
}

TEST_CASE("ibm: the id of a job is read, and must be one") {
  CHECK(adapter().read_submission(reply({{"id", "d1"}})).value() == "d1");
  CHECK_FALSE(adapter().read_submission(reply({{"id", ""}})).has_value());
  CHECK_FALSE(adapter().read_submission(reply(json::object())).has_value());
}

TEST_CASE("ibm: devices are described with gates and the age of their calibration") {
  const auto describe_with = [](const std::string& date) {
    json properties = json_fixture("compile/ibm_properties.json");
    properties["last_update_date"] = date;
    ScriptedExchange exchange(
        {fixture("ibm/devices.json"), fixture("compile/ibm_configuration.json"), properties.dump()});
    return adapter().describe("ibm_line", exchange).value();
  };
  const DeviceDescription device = describe_with("2026-11-01T10:00:00Z");
  CHECK(device.summary.queue_length == 12);
  CHECK(device.summary.available);
  CHECK_THAT(device.summary.description, Contains("Heron"));
  REQUIRE(device.target.has_value());
  CHECK(device.target->qubits.size() == 4);
  const auto ten = std::chrono::sys_days(std::chrono::year(2026) / 11 / 1) + std::chrono::hours(10);
  CHECK(device.calibrated == ten);
  CHECK(describe_with("2026-11-01T05:00:00-05:00").calibrated == ten);
  CHECK(describe_with("2026-11-01T11:30:00.250+01:30").calibrated == ten);
  CHECK(describe_with("2026-11-01T12:00:00.123456+0200").calibrated == ten);
  for (const char* wrong : {"", "yesterday", "2026-13-01T10:00:00Z", "2026-11-01", "2026-11-01T25:00:00Z",
                            "2026-11-01T999999999:00:00Z", "30000-11-01T10:00:00Z", "2026-11-01T10:00:00+99:00"}) {
    CAPTURE(wrong);
    CHECK_FALSE(describe_with(wrong).calibrated.has_value());
  }
  ScriptedExchange exchange({fixture("ibm/devices.json")});
  CHECK_THAT(describe(adapter().describe("ibm_other", exchange).error()),
             Contains("ibm_other") && Contains("ibm_line, ibm_asleep"));
}

TEST_CASE("ibm: results and devices of real machines are read, where their files are there") {
  const std::filesystem::path folder = std::filesystem::path(BORNITE_SHARED) / "providers/data/ibm";
  if (!std::filesystem::exists(folder)) {
    std::cout << "Skipped: there are no files at " << folder << ".\n";
    return;
  }
  const auto file = [&](const char* name) { return json::parse(read_text(folder / name)); };
  const ShotTable flat = results_of(file("result-plain.json"), {.qubits = 2, .shots = {4}, .note = "constant"}).value();
  CHECK(counts_of(flat[0]) == Counts{{"00", 1}, {"10", 1}, {"01", 1}, {"11", 1}});
  const ShotTable rows =
      results_of(file("result-plain-broadcast.json"), {.qubits = 2, .shots = {2, 2, 2}, .note = "parametric"}).value();
  CHECK(counts_of(rows[1]) == Counts{{"01", 1}, {"11", 1}});
  json devices = json_fixture("ibm/devices.json");
  devices["devices"][0]["name"] = "ibm_fez";
  ScriptedExchange exchange(
      {devices.dump(), read_text(folder / "conf_fez.json"), read_text(folder / "props_fez.json")});
  const DeviceDescription fez = adapter().describe("ibm_fez", exchange).value();
  CHECK(fez.summary.qubits == 156);
  CHECK(fez.max_shots == 100'000);
  CHECK(fez.calibrated == std::chrono::sys_days(std::chrono::year(2025) / 2 / 26) + std::chrono::hours(20) +
                              std::chrono::minutes(16) + std::chrono::seconds(25));
}
