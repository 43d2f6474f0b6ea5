// What every provider must do, over TLS with an authority of its own.
#include <sys/stat.h>

#include <cmath>
#include <numbers>

#include "catch.hpp"
#include "cloud_run.hpp"

namespace bornite {
namespace {

using Catch::Contains;

SampleRequest one_row(Circuit circuit, std::uint64_t shots, std::vector<double> theta = {}) {
  const std::size_t columns = theta.size();
  return {std::move(circuit), ParameterRows(1, columns, std::move(theta)), Shots(shots), StreamKey{}};
}

TEST_CASE("a Bell pair and an asymmetric circuit come back right from every provider") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  const auto backend = cloud.connect(provider).value();
  const ShotTable bell = run_in_cloud(cloud, *backend, one_row(Circuit(2).h(0).cx(0, 1), 2000), "bell").value();
  CHECK(count_of(bell[0], "00") + count_of(bell[0], "11") == 2000);
  CHECK(std::abs(static_cast<double>(count_of(bell[0], "11")) - 1000) < 5 * std::sqrt(500.0));
  const ShotTable odd = run_in_cloud(cloud, *backend, one_row(Circuit(3).x(0).cx(0, 1).cx(1, 0), 7), "odd").value();
  CHECK(count_of(odd[0], "010") == 7);
  const ShotTable last = run_in_cloud(cloud, *backend, one_row(Circuit(3).x(2), 7), "last").value();
  CHECK(count_of(last[0], "001") == 7);
  CHECK(cloud.accepted(provider) == 3);
}

TEST_CASE("a hundred rows of parameters are as few jobs as the provider takes, and come back in their order") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  // A device of Braket that takes program sets.
  const std::string device = provider == "braket" ? "arn:aws:braket:us-east-1::device/qpu/emulated/Quartz" : "";
  const auto backend = cloud.connect(provider, {}, device).value();
  constexpr std::size_t rows = 100;
  std::vector<double> angles;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t bit = 0; bit < 7; ++bit) angles.push_back((r >> bit) & 1 ? std::numbers::pi : 0.0);
  Circuit circuit(7);
  for (Qubit q = 0; q < 7; ++q) circuit.ry(q, Angle::of(q));
  const SampleRequest request{circuit, ParameterRows(rows, 7, std::move(angles)), Shots(10), StreamKey{}};
  const ShotTable table = run_in_cloud(cloud, *backend, request).value();
  REQUIRE(table.rows() == rows);
  for (std::size_t r = 0; r < rows; ++r) {
    REQUIRE(table[r].size() == 1);
    CHECK(table[r].strings()[0].index() == r);
    CHECK(table[r].shots() == 10);
  }
  CHECK(cloud.accepted(provider) == (provider == "qbraid" ? rows : 1));
}

TEST_CASE("rows with different numbers of shots have as many as were asked for") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  const auto backend = cloud.connect(provider).value();
  const SampleRequest request{Circuit(2).h(0).ry(1, Angle::of(0)), ParameterRows(4, 1, {0.1, 0.2, 0.3, 0.4}),
                              Shots({5, 5, 900, 1}), StreamKey{}};
  const ShotTable table = run_in_cloud(cloud, *backend, request).value();
  REQUIRE(table.rows() == 4);
  CHECK(table[0].shots() == 5);
  CHECK(table[1].shots() == 5);
  CHECK(table[2].shots() == 900);
  CHECK(table[3].shots() == 1);
}

TEST_CASE("gates that a provider does not know are written with those that it does") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  const auto backend = cloud.connect(provider).value();
  Circuit circuit(4);
  circuit.x(0).x(1).x(2);
  circuit.append({GateKind::x, {3}, {0, 1, 2}, {}});
  circuit.append({GateKind::swap, {0, 3}, {1}, {}});
  circuit.append({GateKind::sdg, {2}, {0, 1}, {}});
  CHECK(count_of(run_in_cloud(cloud, *backend, one_row(circuit, 9)).value()[0], "1111") == 9);
  Circuit flip(3);
  flip.x(1);
  flip.append({GateKind::swap, {0, 2}, {1}, {}});
  flip.append({GateKind::y, {0}, {1}, {}});
  CHECK(count_of(run_in_cloud(cloud, *backend, one_row(flip, 9), "flip").value()[0], "110") == 9);
}

TEST_CASE("a job that waits in the queue can be cancelled, and is over then") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud("", {.queue = std::chrono::hours(1)});
  const auto backend = cloud.connect(provider).value();
  const SampleRequest request = one_row(Circuit(2).h(0), 10);
  const JobShape shape = backend->forecast(request).value().shape;
  const JobId job = backend->submit(request, "cancel-me").value();
  CHECK(backend->poll(job).value().state == JobState::queued);
  const auto early = backend->fetch(job, shape);
  REQUIRE_FALSE(early.has_value());
  CHECK(early.error().retryable);
  CHECK(backend->cancel(job).has_value());
  CHECK(backend->poll(job).value().state == JobState::cancelled);
  CHECK(backend->cancel(job).has_value());
  CHECK_FALSE(backend->fetch(job, shape).has_value());
}

TEST_CASE("another process fetches a job by its id and shape, and finds one by its token") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  const SampleRequest request = one_row(Circuit(3).x(0).ry(1, Angle::of(0)), 10, {0.0});
  const SubmissionToken token = "0b8f9a52-1111-4222-8333-444455556666";
  JobId job;
  JobShape shape;
  {
    const auto first = cloud.connect(provider).value();
    shape = first->forecast(request).value().shape;
    job = first->submit(request, token).value();
  }
  const auto second = cloud.connect(provider).value();
  CHECK(count_of(second->fetch(job, shape).value()[0], "100") == 10);
  const JobLookup found = second->find(token).value();
  if (provider == "braket") {  // tasks have no searchable token, but the same token is the same task
    CHECK(found.answer == JobLookup::Answer::uncertain);
    CHECK(second->submit(request, token).value() == job);
    CHECK(cloud.accepted(provider) == 1);
  } else {
    CHECK(found.answer == JobLookup::Answer::found);
    CHECK(found.job == job);
    CHECK(second->find("another-token").value().answer == JobLookup::Answer::absent);
  }
}

TEST_CASE("devices are listed and described, and a wrong one is refused by its name") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  const auto backend = cloud.connect(provider).value();
  const std::vector<DeviceSummary> devices = backend->devices().value();
  REQUIRE_FALSE(devices.empty());
  const DeviceDescription device = backend->describe().value();
  CHECK(device.summary.qubits >= 20);
  CHECK(device.summary.available);
  CHECK(backend->capabilities().max_qubits == device.summary.qubits);
  CHECK(std::any_of(devices.begin(), devices.end(),
                    [&](const DeviceSummary& each) { return each.name == device.summary.name; }));
  if (provider == "ibm") {
    REQUIRE(device.target.has_value());
    CHECK(device.target->find(NativeKind::cz));
    CHECK(device.calibrated.has_value());
  }
  const auto wrong = cloud.connect(provider, {}, "no-such-device");
  REQUIRE_FALSE(wrong.has_value());
  CHECK_THAT(describe(wrong.error()), Contains("no-such-device"));
}

TEST_CASE("costs are told before anything is sent, where the provider or its prices say them") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  const std::string device = provider == "ionq"     ? "qpu.emulated"
                             : provider == "braket" ? "arn:aws:braket:us-east-1::device/qpu/emulated/Quartz"
                                                    : "";
  const auto backend = cloud.connect(provider, {}, device).value();
  const Spending few = forecast(one_row(Circuit(2).h(0).cx(0, 1), 100), *backend).value();
  const Spending many = forecast(one_row(Circuit(2).h(0).cx(0, 1), 100'000), *backend).value();
  CHECK(few.jobs == 1);
  CHECK(few.shots == 100);
  CHECK(cloud.accepted(provider) == 0);
  if (provider == "qbraid") return;  // the emulated device has no prices
  CHECK(few.jobs_without_usd == (provider == "ibm" ? 1 : 0));
  CHECK(few.jobs_without_seconds == (provider == "ibm" ? 0 : 1));
  CHECK(many.usd + many.qpu_seconds > few.usd + few.qpu_seconds);
}

TEST_CASE("a wrong token is an error that says where it is looked for, and shows no secret") {
  const std::string provider = GENERATE(as<std::string>(), "ionq", "ibm", "qbraid");
  CAPTURE(provider);
  EmulatedCloud cloud;
  const auto file = cloud.folder() / "wrong";
  std::ofstream(file) << "my-wrong-secret\n";
  ::chmod(file.c_str(), 0600);
  const auto backend = cloud.connect(provider, {{"token_file", file.string()}});
  // IonQ tells about its devices without a token.
  const Result<JobId> job = backend ? (*backend)->submit(one_row(Circuit(1), 1), "t") : Result<JobId>(backend.error());
  REQUIRE_FALSE(job.has_value());
  CHECK(job.error().kind == ErrorKind::authentication);
  CHECK_FALSE(job.error().outcome_unknown);
  CHECK_THAT(describe(job.error()), !Contains("my-wrong-secret"));
  CHECK(cloud.accepted(provider) == 0);
  ::chmod(file.c_str(), 0644);
  CHECK_THAT(describe(cloud.connect(provider, {{"token_file", file.string()}}).error()), Contains("chmod 600"));
}

TEST_CASE("an authority that is not trusted, and options that nobody knows, are refused") {
  const std::string provider = GENERATE(from_range(cloud_providers()));
  CAPTURE(provider);
  EmulatedCloud cloud;
  BackendOptions options = cloud.options(provider);
  options.erase("ca_file");
  const auto untrusted = EmulatedCloud::registry().create(provider + ":" + cloud_device(provider), options);
  REQUIRE_FALSE(untrusted.has_value());
  CHECK(untrusted.error().kind == ErrorKind::network);
  const auto unknown = cloud.connect(provider, {{"no_such_option", "1"}});
  REQUIRE_FALSE(unknown.has_value());
  CHECK_THAT(unknown.error().message, Contains("no_such_option"));
}

}  // namespace
}  // namespace bornite
