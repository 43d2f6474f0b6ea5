// What every backend tells before anything is sent: the job to be, its devices, and whether it has a job already.
#include "backends_under_test.hpp"
#include "catch.hpp"

#include <algorithm>

namespace bornite {
namespace {

SampleRequest chain(std::size_t gates) {
  Circuit circuit(3);
  for (Qubit g = 0; g < gates; ++g) circuit.ry(g % 3, Angle::of(0)).cx(g % 3, (g + 1) % 3);
  return one_row(circuit, 70, 1, {0.5});
}

TEST_CASE(
    "a forecast has the shape of the outcomes and the size of what is sent where it is limited, and starts nothing") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const auto before = accepted_jobs(name);
  const JobForecast small = backend->forecast(chain(3)).value();
  const JobForecast large = backend->forecast(chain(30)).value();
  CHECK(small.shape.qubits == 3);
  CHECK(small.shape.shots == std::vector<std::uint64_t>{70});
  if (backend->capabilities().remote && backend->capabilities().max_payload_bytes != Capabilities::unlimited) {
    CHECK(small.payload_bytes > 100);
    CHECK(large.payload_bytes > small.payload_bytes + 27 * 10);
    CHECK(large.payload_bytes <= backend->capabilities().max_payload_bytes);
  }
  CHECK(accepted_jobs(name) == before);
  const JobId job = backend->submit(chain(3), fresh("forecast")).value();
  CHECK(outcomes_of(*backend, job, small.shape)[0].shots() == 70);
}

TEST_CASE("a forecast of as many rows as a job takes has a shape with all of them") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const std::size_t rows = std::min<std::size_t>(backend->capabilities().max_rows, 5);
  const SampleRequest request{Circuit(2).ry(0, Angle::of(0)), ParameterRows(rows, 1, std::vector<double>(rows, 0.3)),
                              Shots(20), test_stream(1)};
  CHECK(backend->forecast(request).value().shape.shots == std::vector<std::uint64_t>(rows, 20));
}

TEST_CASE("a forecast refuses what a submission refuses") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const SampleRequest request = one_row(Circuit(backend->capabilities().max_qubits + 1), 1);
  const auto forecast = backend->forecast(request);
  REQUIRE_FALSE(forecast.has_value());
  CHECK(forecast.error() == backend->submit(request, fresh("too-wide")).error());
}

TEST_CASE("a backend describes its device as the list of devices and its limits do") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const DeviceDescription device = backend->describe().value();
  CHECK(device.summary.qubits == backend->capabilities().max_qubits);
  CHECK(device.summary.available);
  CHECK_FALSE(device.summary.status.empty());
  const std::vector<DeviceSummary> all = backend->devices().value();
  const auto listed =
      std::ranges::find_if(all, [&](const DeviceSummary& each) { return each.name == device.summary.name; });
  REQUIRE(listed != all.end());
  CHECK(listed->simulator == device.summary.simulator);
  CHECK((listed->qubits == 0 || listed->qubits == device.summary.qubits));  // some lists do not tell
  if (device.max_shots) CHECK(backend->capabilities().max_shots == *device.max_shots);
  if (device.max_rows) CHECK(backend->capabilities().max_rows == *device.max_rows);
}

TEST_CASE("every device of a list can be asked for by its name") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  const std::string plugin = name.substr(0, name.find(':'));
  for (const DeviceSummary& each : make_backend(name)->devices().value()) {
    CAPTURE(name, each.name);
    const auto backend = connect(each.name.empty() ? plugin : plugin + ":" + each.name);
    REQUIRE(backend.has_value());
    CHECK((*backend)->describe().value().summary.name == each.name);
  }
}

TEST_CASE("a token has a job after its submission and none before") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const SubmissionToken token = fresh("looked-for");
  const JobLookup before = backend->find(token).value();
  // Who cannot tell must make one job of two submissions, or a lost job could never be settled.
  CHECK((before.answer == JobLookup::Answer::absent ||
         (before.answer == JobLookup::Answer::uncertain && backend->capabilities().submits_once)));
  const JobId job = backend->submit(chain(1), token).value();
  const JobLookup after = backend->find(token).value();
  CHECK(after.answer == JobLookup::Answer::found);
  CHECK(after.job == job);
}

}  // namespace
}  // namespace bornite
