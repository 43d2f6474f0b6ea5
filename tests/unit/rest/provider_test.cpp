#include "bornite/rest/provider.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bornite;
using Catch::Contains;

namespace {

constexpr std::string_view file = R"(
description = "a provider for tests"
dialect = "ionq"
[endpoint]
url = "https://api.example/v1"
variable = "BORNITE_TEST_ENDPOINT"
[token]
variable = "BORNITE_TEST_TOKEN"
where = "example.org"
[limits]
rows = 12
shots = 1000
total_shots = 5000
payload_bytes = 100000
uniform_shots = true
in_flight = 7
per_minute = 5
parametric = true
[recovery]
submits_once = true
lookup_delay = 30
[price]
usd_per_job = 0.3
usd_per_shot = 0.01
qpu_seconds_per_job = 2.0
qpu_seconds_per_shot = 0.00025
)";

Result<Provider> open(const BackendOptions& options = {}, std::string_view text = file) {
  return Provider::open(text, "test", "d", options);
}

/// An environment variable for as long as this lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

/// Describes nothing: the backends here have no device.
class NoAdapter final : public RestAdapter {
 public:
  std::string provider() const override { return "Nobody"; }
  Result<std::vector<DeviceSummary>> devices(Exchange&) const override { return std::vector<DeviceSummary>(); }
  Result<DeviceDescription> describe(const std::string&, Exchange&) const override { return DeviceDescription{}; }
  Result<HttpRequest> submission(const Submission&) const override { return HttpRequest{}; }
  Result<JobId> read_submission(const HttpReply&) const override { return JobId(); }
  HttpRequest status(const JobId&) const override { return {}; }
  Result<JobStatus> read_status(const JobId&, const HttpReply&) const override { return JobStatus{}; }
  Result<ShotTable> results(const JobId&, const JobShape&, Exchange&) const override { return ShotTable(); }
  HttpRequest cancellation(const JobId&) const override { return {}; }
  Result<JobLookup> find(const SubmissionToken&, Exchange&) const override { return JobLookup{}; }
};

Result<std::unique_ptr<QuantumBackend>> finish(const BackendOptions& options) {
  BORNITE_TRY(Provider provider, Provider::open(file, "test", "", options));
  return std::move(provider).finish(std::make_unique<NoAdapter>(),
                                    std::make_unique<HeaderAuthenticator>("X", "", Secret("key-of-the-test")));
}

}  // namespace

TEST_CASE("a capability file becomes limits, prices and an endpoint") {
  const Provider provider = open().value();
  const Capabilities& limits = provider.capabilities;
  CHECK(limits.name == "test");
  CHECK(limits.device == "d");
  CHECK(limits.description == "a provider for tests");
  CHECK(limits.remote);
  CHECK(limits.max_rows == 12);
  CHECK(limits.max_shots == 1000);
  CHECK(limits.max_total_shots == 5000);
  CHECK(limits.max_payload_bytes == 100'000);
  CHECK(limits.uniform_shots);
  CHECK(limits.max_jobs_in_flight == 7);
  CHECK(limits.submissions_per_minute == 5);
  CHECK(limits.parametric_programs);
  CHECK(limits.submits_once);
  CHECK(limits.lookup_delay == std::chrono::seconds(30));
  CHECK(provider.price_per_job.usd == 0.3);
  CHECK(provider.price_per_shot.usd == 0.01);
  CHECK(provider.price_per_job.qpu_seconds == 2.0);
  CHECK(provider.price_per_shot.qpu_seconds == 0.00025);
  CHECK(provider.endpoint == "https://api.example/v1");
  CHECK(provider.dialect.name == "ionq");
  CHECK_FALSE(provider.compile_for_device);
}

TEST_CASE("what the file leaves out is not limited and has no price") {
  const Provider provider = open({}, "dialect = \"ibm\"").value();
  const Capabilities& limits = provider.capabilities;
  for (const std::uint64_t limit : {limits.max_rows, limits.max_shots, limits.max_total_shots, limits.max_payload_bytes,
                                    limits.max_jobs_in_flight, limits.submissions_per_minute})
    CHECK(limit == Capabilities::unlimited);
  CHECK_FALSE(provider.price_per_job.usd.has_value());
  CHECK_FALSE(provider.price_per_shot.qpu_seconds.has_value());
}

TEST_CASE("wrong capability files are refused by the key") {
  CHECK_THAT(describe(open({}, "dialect = \"ionq\"\n[limits]\nrow = 3").error()), Contains("row"));
  CHECK_THAT(describe(open({}, "dialect = \"ionq\"\n[limits]\nrows = 0").error()), Contains("limits.rows"));
  CHECK_THAT(describe(open({}, "dialect = \"ionq\"\n[price]\nusd_per_job = -1").error()), Contains("usd_per_job"));
  CHECK_THAT(describe(open({}, "dialect = \"klingon\"").error()), Contains("klingon"));
  CHECK_FALSE(open({}, "dialect = ").has_value());
}

TEST_CASE("an endpoint comes from the option, else from the variable, else from the file") {
  const Variable variable("BORNITE_TEST_ENDPOINT", "https://other.example/");
  CHECK(open()->endpoint == "https://other.example");
  CHECK(open({{"endpoint", "https://mine.example//"}})->endpoint == "https://mine.example");
}

TEST_CASE("options replace the file's limits and set the client's patience") {
  const Provider provider = open({{"per_minute", "60"},
                                  {"in_flight", "3"},
                                  {"lookup_delay", "0"},
                                  {"retry_pause", "0.25"},
                                  {"timeout", "1.5"}})
                                .value();
  CHECK(provider.capabilities.submissions_per_minute == 60);
  CHECK(provider.capabilities.max_jobs_in_flight == 3);
  CHECK(provider.capabilities.lookup_delay == std::chrono::seconds(0));
  CHECK(provider.retries.base == std::chrono::milliseconds(250));
  for (const auto& [key, value] : BackendOptions{{"per_minute", "0"},
                                                 {"in_flight", "many"},
                                                 {"timeout", "0"},
                                                 {"retry_pause", "-1"},
                                                 {"ca_file", "/no/such/file"}}) {
    CAPTURE(key);
    const auto wrong = open({{key, value}});
    REQUIRE_FALSE(wrong.has_value());
    CHECK_THAT(describe(wrong.error()), Contains(key == "ca_file" ? value : key));
  }
}

TEST_CASE("a token comes from a file that only its owner reads, else from the variable") {
  const TemporaryDirectory folder;
  const auto path = folder.path() / "token";
  std::ofstream(path) << "key-in-a-file\n";
  ::chmod(path.c_str(), 0600);
  {
    Provider provider = open().value();
    const Error error = provider.token().error();
    CHECK(error.kind == ErrorKind::authentication);
    CHECK_THAT(describe(error), Contains("BORNITE_TEST_TOKEN") && Contains("example.org") && Contains("token_file"));
  }
  const Variable variable("BORNITE_TEST_TOKEN", "key-in-a-variable");
  CHECK(open()->token()->reveal() == "key-in-a-variable");
  CHECK(open({{"token_file", path.string()}})->token()->reveal() == "key-in-a-file");
  ::chmod(path.c_str(), 0644);
  CHECK_THAT(describe(open({{"token_file", path.string()}})->token().error()), Contains("chmod 600"));
}

TEST_CASE("options that nobody has read are refused in the end") {
  CHECK(finish({}).has_value());
  CHECK_THAT(describe(finish({{"no_such_option", "1"}}).error()), Contains("no_such_option"));
}
