#include "bornite/backend/registry.hpp"

#include "catch.hpp"

namespace bornite {
namespace {

using Catch::Contains;

/// A backend that only says who it is, and with what it was made.
class Named final : public QuantumBackend {
 public:
  Named(std::string name, std::string device) {
    capabilities_.name = std::move(name);
    capabilities_.device = std::move(device);
  }
  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  [[nodiscard]] Result<JobId> submit(const SampleRequest&, const SubmissionToken&) override { return JobId(); }
  [[nodiscard]] Result<JobStatus> poll(const JobId&) override { return JobStatus{}; }
  [[nodiscard]] Result<ShotTable> fetch(const JobId&, const JobShape&) override { return ShotTable(); }
  [[nodiscard]] Result<void> cancel(const JobId&) override { return {}; }

 private:
  Capabilities capabilities_;
};

BackendFactory factory(const std::string& name) {
  return {.name = name,
          .version = "1",
          .description = "for tests",
          .create = [name](const std::string& device,
                           const BackendOptions& options) -> Result<std::unique_ptr<QuantumBackend>> {
            if (options.contains("fail")) return Error{ErrorKind::network, "It failed: " + options.at("fail")};
            if (options.contains("nothing")) return std::unique_ptr<QuantumBackend>();
            return std::make_unique<Named>(name, device);
          }};
}

BackendRegistry registry_of(const std::vector<std::string>& names) {
  BackendRegistry registry;
  for (const std::string& name : names) REQUIRE(registry.add(factory(name)).has_value());
  return registry;
}

TEST_CASE("backends are listed by name and found by name") {
  const BackendRegistry registry = registry_of({"noisy", "ionq", "replay"});
  CHECK(registry.names() == std::vector<std::string>{"ionq", "noisy", "replay"});
  REQUIRE(registry.find("noisy"));
  CHECK(registry.find("noisy")->name == "noisy");
  CHECK(registry.find("noisy")->origin.built_in());
  CHECK_FALSE(registry.find("nois"));
  CHECK_FALSE(registry.find("zebra"));
}

TEST_CASE("a specification names a backend and, after the first colon, its device") {
  const BackendRegistry registry = registry_of({"braket", "ionq"});
  CHECK(registry.create("ionq").value()->capabilities().name == "ionq");
  CHECK(registry.create("ionq").value()->capabilities().device.empty());
  CHECK(registry.create("ionq:simulator").value()->capabilities().device == "simulator");
  CHECK(registry.create("braket:arn:aws:sv1").value()->capabilities().device == "arn:aws:sv1");
}

TEST_CASE("options reach the factory, and its error comes back as it is") {
  const BackendRegistry registry = registry_of({"ionq"});
  const auto backend = registry.create("ionq", {{"fail", "deliberately"}});
  REQUIRE(backend.has_error());
  CHECK(backend.error().kind == ErrorKind::network);
  CHECK(backend.error().message == "It failed: deliberately");
}

TEST_CASE("a factory that makes nothing is an error") {
  const auto backend = registry_of({"ionq"}).create("ionq", {{"nothing", ""}});
  REQUIRE(backend.has_error());
  CHECK_THAT(backend.error().message, Contains("ionq made nothing"));
}

TEST_CASE("a specification without a name, or with an empty device, is refused") {
  const BackendRegistry registry = registry_of({"ionq"});
  for (const std::string specification : {"", ":", ":simulator", "ionq:"}) {
    CAPTURE(specification);
    const auto backend = registry.create(specification);
    REQUIRE(backend.has_error());
    CHECK(backend.error().kind == ErrorKind::usage);
    CHECK_THAT(backend.error().message, Contains("'" + specification + "'"));
    CHECK_THAT(backend.error().hint, Contains("ionq"));
  }
}

TEST_CASE("an unknown name is refused with the known ones and the plugins that were skipped") {
  BackendRegistry registry = registry_of({"noisy", "ionq"});
  const auto plain = registry.create("ibm:fez");
  REQUIRE(plain.has_error());
  CHECK(plain.error().kind == ErrorKind::usage);
  CHECK(plain.error().message == "There is no backend called ibm; known are ionq, noisy.");

  registry.add_skipped({.path = "/p/ibm.so", .source = "", .name = "ibm", .reason = "The file is empty."});
  CHECK(registry.create("ibm").error().message ==
        "There is no backend called ibm; known are ionq, noisy. Plugin /p/ibm.so was skipped: The file is empty.");
  CHECK_THAT(BackendRegistry().create("ibm").error().message, Contains("none is known at all"));
}

TEST_CASE("the first of a name keeps it") {
  BackendRegistry registry = registry_of({"ionq"});
  BackendFactory second = factory("ionq");
  second.description = "the second";
  const Result<void> added = registry.add(std::move(second));
  REQUIRE(added.has_error());
  CHECK_THAT(added.error().message, Contains("ionq is already taken by a built-in engine"));
  CHECK(registry.find("ionq")->description == "for tests");
  CHECK(registry.factories().size() == 1);
}

TEST_CASE("names that would confuse a command line are refused") {
  BackendRegistry registry;
  for (const std::string name : {"", "IonQ", "ion:q", "ion q", "-ionq", "9ionq", "ionq/", "qübit"}) {
    CAPTURE(name);
    CHECK(registry.add(factory(name)).has_error());
  }
  CHECK(registry.add(factory("a-1_b")).has_value());
}

}  // namespace
}  // namespace bornite
