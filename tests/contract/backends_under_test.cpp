#include "backends_under_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <random>
#include <sstream>
#include <thread>

#include "bornite/backend/plugin_loader.hpp"
#include "bornite/builtin/builtin_backends.hpp"
#include "bornite/job/job_engine.hpp"
#include "catch.hpp"
#include "emulated_cloud.hpp"
#include "example_provider.hpp"
#include "temporary_directory.hpp"

namespace bornite {
namespace {

/// Every provider's service.
struct Services {
  EmulatedCloud cloud;
  ExampleProvider example;

  [[nodiscard]] BackendOptions options(const std::string& plugin) const {
    return plugin == "example" ? example.options() : cloud.options(plugin);
  }
};

Services& services() {
  static Services ready;
  return ready;
}

Services& waiting_services() {
  static Services waiting{.cloud = EmulatedCloud("", {.queue = std::chrono::hours(1)}),
                          .example = ExampleProvider(true)};
  return waiting;
}

std::string plugin_of(const std::string& name) { return name.substr(0, name.find(':')); }

bool has_service(const std::string& name) {
  const std::vector<std::string>& providers = cloud_providers();
  return plugin_of(name) == "example" || std::ranges::find(providers, plugin_of(name)) != providers.end();
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

/// From a folder of our own: the loader refuses plugins wherever a build tree is open to everybody.
void add_plugins(BackendRegistry& registry, const std::filesystem::path& folder) {
  const TemporaryDirectory copies;
  std::filesystem::copy(folder, copies.path() / "plugins");
  for (const PluginReport& report :
       load_plugins(registry, std::array{PluginDirectory{copies.path() / "plugins", "the test"}}))
    if (!report.loaded && !registry.find(report.name)) throw std::runtime_error(report.reason);
}

ShotTable run_as_one_job(QuantumBackend& backend, const SampleRequest& request) {
  const JobShape shape = backend.forecast(request).value().shape;
  const JobId job = backend.submit(request, fresh("one-job")).value();
  ShotTable table = outcomes_of(backend, job, shape);
  backend.forget(job);
  return table;
}

ShotTable run_as_many_jobs(QuantumBackend& backend, const SampleRequest& request) {
  const TemporaryDirectory folder;
  Journal journal = Journal::open(folder.path() / "jobs.sqlite").value();
  const JobEngineOptions impatient{.deadline = std::chrono::minutes(1), .first_pause = std::chrono::milliseconds(1)};
  const auto engine = JobEngine::create(backend, backend.capabilities().name, journal, "contract", impatient).value();
  return engine->run(unit_of(request)).value();
}

}  // namespace

const BackendRegistry& registry_under_test() {
  static const BackendRegistry registry = [] {
    // The services here have authorities of their own; to read the system's takes most of the time of a connection.
    if (backends_under_test() == usual_backends()) ::setenv("SSL_CERT_FILE", "/dev/null", 1);
    BackendRegistry filled;
    register_builtin_backends(filled);
    const std::string own = variable("BORNITE_CONTRACT_PLUGINS");
    if (!own.empty()) add_plugins(filled, own);
    add_plugins(filled, BORNITE_PLUGIN_FOLDER);
    add_plugins(filled, BORNITE_EXAMPLE_FOLDER);
    return filled;
  }();
  return registry;
}

std::vector<std::string> usual_backends() {
  std::vector<std::string> names{"statevector", "noisy", "template", std::string("example:") + ExampleProvider::device};
  for (const std::string& provider : cloud_providers()) names.push_back(provider + ":" + cloud_device(provider));
  return names;
}

std::vector<std::string> backends_under_test() {
  std::istringstream chosen(variable("BORNITE_CONTRACT_BACKENDS"));
  std::vector<std::string> names;
  for (std::string name; std::getline(chosen, name, ',');) names.push_back(name);
  return names.empty() ? usual_backends() : names;
}

Result<std::unique_ptr<QuantumBackend>> connect(const std::string& name, BackendOptions more) {
  if (has_service(name)) more.merge(services().options(plugin_of(name)));
  if (name == "noisy") more.emplace("f", "0");  // the contract says what circuits yield without errors
  return registry_under_test().create(name, more);
}

std::unique_ptr<QuantumBackend> make_backend(const std::string& name) { return connect(name).value(); }

std::unique_ptr<ExactBackend> make_exact_backend(const std::string& name) {
  std::unique_ptr<QuantumBackend> backend = make_backend(name);
  auto* const exact = dynamic_cast<ExactBackend*>(backend.get());
  if (exact) static_cast<void>(backend.release());
  return std::unique_ptr<ExactBackend>(exact);
}

std::unique_ptr<QuantumBackend> make_waiting_backend(const std::string& name) {
  if (!has_service(name)) return nullptr;
  return registry_under_test().create(name, waiting_services().options(plugin_of(name))).value();
}

std::optional<std::uint64_t> accepted_jobs(const std::string& name) {
  if (!has_service(name)) return {};
  return plugin_of(name) == "example" ? services().example.accepted() : services().cloud.accepted(plugin_of(name));
}

SubmissionToken fresh(const std::string& words) {
  static const std::string run = std::to_string(std::random_device()());
  static std::atomic<std::uint64_t> number{0};
  return fmt::format("{}-{}-{}", words, run, number++);
}

Result<ShotTable> wait_for(QuantumBackend& backend, const JobId& job, const JobShape& shape) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (true) {
    BORNITE_TRY(const JobStatus status, backend.poll(job));
    const bool waits = status.state == JobState::queued || status.state == JobState::running;
    if (!waits || std::chrono::steady_clock::now() > end) return backend.fetch(job, shape);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // the services in this process are done at once
  }
}

ShotTable outcomes_of(QuantumBackend& backend, const JobId& job, const JobShape& shape) {
  return wait_for(backend, job, shape).value();
}

SampleRequest one_row(Circuit circuit, std::uint64_t shots, std::uint64_t seed, std::vector<double> theta) {
  const std::size_t columns = theta.size();
  return {std::move(circuit), ParameterRows(1, columns, std::move(theta)), Shots(shots), test_stream(seed)};
}

ShotTable shots_of(QuantumBackend& backend, const SampleRequest& request) {
  const bool fits = validate(request, backend.capabilities()).has_value();
  return fits ? run_as_one_job(backend, request) : run_as_many_jobs(backend, request);
}

std::uint64_t count_of(const ShotRow& row, const std::string& text) {
  for (std::size_t i = 0; i < row.size(); ++i)
    if (row.strings()[i].to_text() == text) return row.counts()[i];
  return 0;
}

bool same_row(const ShotRow& a, const ShotRow& b) {
  return a.shots() == b.shots() && a.bits() == b.bits() && std::ranges::equal(a.counts(), b.counts()) &&
         std::ranges::equal(a.strings().words(), b.strings().words());
}

}  // namespace bornite
