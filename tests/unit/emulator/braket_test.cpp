#include <cmath>

#include "aws_signature.hpp"
#include "bornite/compile/target_file.hpp"
#include "catch.hpp"
#include "cloud_fixture.hpp"
#include "digest.hpp"

namespace bornite::emulator {
namespace {

using Catch::Contains;

constexpr const char* simulator = "arn:aws:braket:::device/quantum-simulator/amazon/sv1";
constexpr const char* processor = "arn:aws:braket:us-east-1::device/qpu/emulated/Quartz";
constexpr const char* turned =
    "OPENQASM 3.0; input float theta; bit[3] b; qubit[3] q; ry(theta) q[0]; x q[1]; b[0] = measure q[0]; "
    "b[1] = measure q[1]; b[2] = measure q[2];";

struct Braket : CloudFixture {
  using CloudFixture::CloudFixture;

  HttpAnswer signed_send(HttpCall call, const std::string& service) {
    const std::string time = iso_time(clock.now());  // 2027-01-15T08:00:00.000Z
    const std::string date = time.substr(0, 4) + time.substr(5, 2) + time.substr(8, 2);
    const std::string names = "host;x-amz-content-sha256;x-amz-date";
    call.headers = {{"Host", "localhost:1234"},
                    {"Content-Type", "application/json"},
                    {"X-Amz-Content-Sha256", to_hexadecimal(sha256(call.body))},
                    {"X-Amz-Date", date + "T" + time.substr(11, 2) + time.substr(14, 2) + time.substr(17, 2) + "Z"}};
    const std::string signature =
        aws_signature(call, {date, "us-east-1", service}, names, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    call.headers.push_back({"Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + date + "/us-east-1/" +
                                                 service + "/aws4_request, SignedHeaders=" + names +
                                                 ", Signature=" + signature});
    return send(call);
  }
  HttpAnswer call(const std::string& method, const std::string& target, const Json& body = nullptr) {
    return signed_send({method, "/braket" + target, {}, body.is_null() ? "" : body.dump()}, "braket");
  }
  std::string create(const Json& body) {
    const HttpAnswer answer = call("POST", "/quantum-task", body);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 201);
    return json(answer).at("quantumTaskArn");
  }
  Json task(const std::string& arn) {
    const HttpAnswer answer =
        call("GET", "/quantum-task/" + percent_encode(arn) + "?additionalAttributeNames=QueueInfo");
    REQUIRE(answer.status == 200);
    return json(answer);
  }
  HttpAnswer object(const Json& task) {
    return signed_send({"GET", "/braket-s3/" + task.at("outputS3Bucket").get<std::string>() + "/" +
                                   task.at("outputS3Directory").get<std::string>() + "/results.json"},
                       "s3");
  }
  Json results(const std::string& arn) {
    const HttpAnswer answer = object(task(arn));
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    return json(answer);
  }
};

Json program(const std::string& source, Json inputs = nullptr) {
  Json document{{"braketSchemaHeader", {{"name", "braket.ir.openqasm.program"}, {"version", "1"}}}, {"source", source}};
  if (!inputs.is_null()) document["inputs"] = std::move(inputs);
  return document;
}

Json program_set(Json programs) {
  return {{"braketSchemaHeader", {{"name", "braket.ir.openqasm.program_set"}, {"version", "1"}}},
          {"programs", std::move(programs)}};
}

Json request(const Json& action, std::uint64_t shots = 1000, const char* device = simulator) {
  static int number = 0;
  return {{"clientToken", "token-" + std::to_string(++number)},
          {"deviceArn", device},
          {"shots", shots},
          {"outputS3Bucket", "bucket-1"},
          {"outputS3KeyPrefix", "tasks"},
          {"action", action.dump()}};
}

double share(const Json& measurements, std::size_t column) {
  double ones = 0;
  for (const Json& shot : measurements) ones += shot[column].get<int>();
  return ones / static_cast<double>(measurements.size());
}

double expected(double angle) { return std::pow(std::sin(angle / 2), 2); }

TEST_CASE("braket writes one row for each shot with a column for each measured qubit") {
  Braket braket;
  const std::string arn = braket.create(request(program(turned, {{"theta", 2.0}})));
  const Json task = braket.task(arn);
  CHECK(task.at("status") == "COMPLETED");
  CHECK(task.at("actionMetadata").at("executableCount") == 1);
  const Json results = braket.results(arn);
  CHECK(results.at("measuredQubits") == Json({0, 1, 2}));
  REQUIRE(results.at("measurements").size() == 1000);
  CHECK(share(results.at("measurements"), 0) == Approx(expected(2.0)).margin(0.06));
  CHECK(share(results.at("measurements"), 1) == 1);
  CHECK(share(results.at("measurements"), 2) == 0);
  CHECK(results.at("taskMetadata").at("id") == arn);
}

TEST_CASE("braket's columns follow the measured bits, whatever their qubits") {
  Braket braket;
  const std::string arn = braket.create(
      request(program("OPENQASM 3.0; bit[2] b; qubit[3] q; x q[2]; b[0] = measure q[2]; b[1] = measure q[0];"), 5));
  const Json results = braket.results(arn);
  CHECK(results.at("measuredQubits") == Json({2, 0}));
  CHECK(results.at("measurements")[4] == Json({1, 0}));
}

TEST_CASE("a program set of braket shares its shots among the rows of its programs") {
  Braket braket;
  const Json set = program_set({program(turned, {{"theta", {0.5, 1.0, 3.0}}}), program(turned, {{"theta", {M_PI}}})});
  const std::string arn = braket.create(request(set, 4000));
  const Json results = braket.results(arn);
  REQUIRE(results.at("programResults").size() == 2);
  const Json first = results.at("programResults")[0].at("executableResults");
  REQUIRE(first.size() == 3);
  const std::vector<double> angles{0.5, 1.0, 3.0};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(first[i].at("inputsIndex") == i);
    REQUIRE(first[i].at("measurements").size() == 1000);
    CHECK(share(first[i].at("measurements"), 0) == Approx(expected(angles[i])).margin(0.06));
  }
  CHECK(share(results.at("programResults")[1].at("executableResults")[0].at("measurements"), 0) == 1);
  CHECK(braket.task(arn).at("actionMetadata").at("executableCount") == 4);
  const Json uneven = request(set, 4001);
  const HttpAnswer refused = braket.call("POST", "/quantum-task", uneven);
  CHECK(refused.status == 400);
  CHECK(braket.json(refused).at("reason") == "ProgramSetValidationFailed");
}

TEST_CASE("braket's processor gives probabilities and takes verbatim boxes of native gates") {
  Braket braket;
  const std::string box =
      "OPENQASM 3.0; bit[2] b;\n#pragma braket verbatim\nbox { rx(3.141592653589793) $4; cz $4, $5; }\n";
  const std::string measure = "b[0] = measure $4; b[1] = measure $5;";
  const std::string arn = braket.create(request(program(box + measure), 100, processor));
  const Json results = braket.results(arn);
  CHECK_FALSE(results.contains("measurements"));
  CHECK(results.at("measurementProbabilities") == Json({{"10", 1.0}}));
  CHECK(results.at("measuredQubits") == Json({4, 5}));
  const auto failure = [&](const std::string& source, const char* device) {
    const Json task = braket.task(braket.create(request(program(source), 100, device)));
    CHECK(task.at("status") == "FAILED");
    return task.at("failureReason").get<std::string>();
  };
  const std::string verbatim = "OPENQASM 3.0; bit[1] b;\n#pragma braket verbatim\nbox { ";
  CHECK_THAT(failure(verbatim + "h $0; } b[0] = measure $0;", processor), Contains("native"));
  CHECK_THAT(failure(verbatim + "cz $0, $2; } b[0] = measure $0;", processor), Contains("connected"));
  CHECK_THAT(failure(verbatim + "rx(1) $0; } b[0] = measure $0;", simulator), Contains("verbatim"));
  CHECK_THAT(failure("OPENQASM 3.0; include \"stdgates.inc\"; qubit[1] q; x q[0];", simulator), Contains("include"));
  CHECK_THAT(failure("OPENQASM 3.0; qubit[2] q; cx q[0], q[1];", simulator), Contains("cx"));
  CHECK_THAT(failure("OPENQASM 3.0; qubit[25] q; h q;", simulator), Contains("25"));
  CHECK_THAT(failure(turned, simulator), Contains("theta"));
}

TEST_CASE("braket makes one task of one client token") {
  Braket braket;
  const Json body = request(program(turned, {{"theta", 1.0}}));
  const std::string arn = braket.create(body);
  braket.restart();
  CHECK(braket.create(body) == arn);
  CHECK(braket.cloud->statistics().at("braket").at("accepted") == 1);
  Json other = body;
  other["shots"] = 7;
  CHECK(braket.call("POST", "/quantum-task", other).status == 400);
}

TEST_CASE("braket refuses unsigned and wrongly signed calls, of its results too") {
  Braket braket;
  HttpAnswer refused = braket.send({"GET", "/braket/quantum-task/x", {{"Host", "h"}}});
  CHECK(refused.status == 403);
  CHECK(refused.header("x-amzn-errortype") == "MissingAuthenticationTokenException");
  refused = braket.signed_send({"GET", "/braket/quantum-task/x"}, "s3");
  CHECK(refused.header("x-amzn-errortype") == "InvalidSignatureException");
  const Json task = braket.task(braket.create(request(program(turned, {{"theta", 1.0}}))));
  refused = braket.send({"GET",
                         "/braket-s3/bucket-1/" + task.at("outputS3Directory").get<std::string>() + "/results.json",
                         {{"Host", "h"}}});
  CHECK(refused.status == 403);
  CHECK_THAT(refused.body, Contains("<Code>MissingAuthenticationTokenException</Code>"));
}

TEST_CASE("braket has no result before the end, and cancels only before it") {
  Braket braket("", {std::chrono::seconds(5), std::chrono::seconds(5)});
  const std::string arn = braket.create(request(program(turned, {{"theta", 1.0}})));
  Json task = braket.task(arn);
  CHECK(task.at("status") == "QUEUED");
  CHECK(task.at("queueInfo").at("position") == "1");
  CHECK(braket.object(task).status == 404);
  CHECK_THAT(braket.object(task).body, Contains("NoSuchKey"));
  const std::string cancel = "/quantum-task/" + percent_encode(arn) + "/cancel";
  CHECK(braket.call("PUT", cancel).status == 400);
  const HttpAnswer cancelled = braket.call("PUT", cancel, {{"clientToken", "c"}});
  CHECK(braket.json(cancelled) == Json({{"quantumTaskArn", arn}, {"cancellationStatus", "CANCELLING"}}));
  CHECK(braket.task(arn).at("status") == "CANCELLED");
  const std::string other = braket.create(request(program(turned, {{"theta", 1.0}})));
  braket.clock.sleep(std::chrono::seconds(10));
  task = braket.task(other);
  CHECK(task.at("status") == "COMPLETED");
  CHECK(braket.call("PUT", "/quantum-task/" + percent_encode(other) + "/cancel", {{"clientToken", "c"}}).status == 409);
  task["outputS3Bucket"] = "bucket-2";
  CHECK(braket.object(task).status == 404);
  CHECK(braket.call("GET", "/quantum-task/arn%3Anothing").status == 404);
}

TEST_CASE("braket refuses fields and values that it does not know") {
  Braket braket;
  const auto refuses = [&](const char* key, Json value) {
    Json body = request(program(turned, {{"theta", 1.0}}));
    body[key] = std::move(value);
    CAPTURE(body.dump());
    const HttpAnswer answer = braket.call("POST", "/quantum-task", body);
    CHECK(answer.status == 400);
    CHECK(answer.header("x-amzn-ErrorType") == "ValidationException");
  };
  refuses("priority", 1);
  refuses("clientToken", "");
  refuses("clientToken", std::string(65, 'x'));
  refuses("deviceArn", "arn:aws:braket:::device/none");
  refuses("shots", 0);
  refuses("shots", 100'001);
  refuses("shots", "1");
  refuses("outputS3Bucket", "b");
  refuses("action", program(turned));
  refuses("action", "{}");
  refuses("action", program(turned, {{"theta", {1.0}}}).dump());
  refuses("action", program_set({program(turned, {{"theta", 1.0}})}).dump());
  refuses("deviceParameters", "{}");
  refuses("tags", {{"a", 1}});
  CHECK(braket.cloud->statistics().at("braket").at("accepted") == 0);
}

TEST_CASE("braket searches tasks in pages") {
  Braket braket;
  std::vector<std::string> arns;
  for (int i = 0; i < 5; ++i) arns.insert(arns.begin(), braket.create(request(program(turned, {{"theta", 1.0}}))));
  const auto search = [&](Json body) { return braket.call("POST", "/quantum-tasks", body); };
  Json page = braket.json(search({{"filters", Json::array()}, {"maxResults", 3}}));
  REQUIRE(page.at("quantumTasks").size() == 3);
  page = braket.json(search({{"filters", Json::array()}, {"maxResults", 3}, {"nextToken", page.at("nextToken")}}));
  REQUIRE(page.at("quantumTasks").size() == 2);
  CHECK(page.at("quantumTasks")[1].at("quantumTaskArn") == arns[4]);
  CHECK_FALSE(page.contains("nextToken"));
  const auto filter = [&](const char* name, const char* how, const std::string& value) {
    return Json{{"filters", Json::array({{{"name", name}, {"operator", how}, {"values", {value}}}})}};
  };
  CHECK(braket.json(search(filter("quantumTaskArn", "EQUAL", arns[2]))).at("quantumTasks").size() == 1);
  CHECK(braket.json(search(filter("status", "EQUAL", "QUEUED"))).at("quantumTasks").empty());
  CHECK(braket.json(search(filter("createdAt", "GT", "2020-01-01"))).at("quantumTasks").size() == 5);
  CHECK(search(filter("colour", "EQUAL", "red")).status == 400);
  CHECK(search({{"filters", Json::array()}, {"maxResults", 101}}).status == 400);
}

TEST_CASE("braket's devices can be searched and read") {
  Braket braket;
  const HttpAnswer list =
      braket.call("POST", "/devices", {{"filters", Json::array({{{"name", "deviceType"}, {"values", {"QPU"}}}})}});
  REQUIRE(braket.json(list).at("devices").size() == 1);
  const HttpAnswer device = braket.call("GET", "/device/" + percent_encode(processor));
  REQUIRE(device.status == 200);
  const std::string capabilities = braket.json(device).at("deviceCapabilities");
  const auto target = read_braket_target({capabilities, "capabilities"});
  REQUIRE(target.has_value());
  CHECK(target->qubits.size() == 20);
  CHECK(target->figures(NativeKind::cz, 3, 4));
  CHECK_FALSE(target->figures(NativeKind::cz, 3, 5));
  CHECK(braket.call("GET", "/device/none").status == 404);
}

TEST_CASE("braket's outcomes are wrong in width or number when they are to be") {
  const std::string rule = "[[fault]]\nprovider = \"braket\"\ncall = \"result\"\n";
  Braket braket(rule + "nth = 1\naction = \"wrong_width\"\n" + rule + "nth = 2\naction = \"wrong_shots\"\n");
  const std::string arn = braket.create(request(program(turned, {{"theta", 0.0}}), 10));
  CHECK(braket.results(arn).at("measurements")[0] == Json({0, 1, 0, 1}));
  CHECK(braket.results(arn).at("measurements").size() == 11);
  CHECK(braket.results(arn).at("measurements").size() == 10);
}

TEST_CASE("braket answers every body with one wrong value as it should") {
  Braket braket;
  const Json set = program_set({program(turned, {{"theta", {0.5, 1.0}}})});
  Json base = request(set, 10);
  base["tags"] = {{"a", "b"}};
  std::vector<Json> bodies = with_one_wrong_value(base);
  for (const Json& action : with_one_wrong_value(set)) bodies.push_back(request(action, 10));
  for (const Json& action : with_one_wrong_value(program(turned, {{"theta", 1.0}})))
    bodies.push_back(request(action, 10));
  for (const Json& body : bodies) {
    CAPTURE(body.dump());
    const int status = braket.call("POST", "/quantum-task", body).status;
    CHECK((status == 201 || status == 400));
  }
  const Json filters{{"filters", Json::array({{{"name", "status"}, {"operator", "EQUAL"}, {"values", {"QUEUED"}}}})},
                     {"maxResults", 5},
                     {"nextToken", "x"}};
  for (const Json& body : with_one_wrong_value(filters)) {
    const int status = braket.call("POST", "/quantum-tasks", body).status;
    CHECK((status == 200 || status == 400));
  }
}

}  // namespace
}  // namespace bornite::emulator
