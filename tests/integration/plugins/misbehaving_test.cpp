// A plugin that loads well and then throws, lies or fails ends in an error, not in the end of the program.
#include <stdexcept>

#include "catch.hpp"
#include "plugin_folder.hpp"

namespace bornite {
namespace {

using Catch::Contains;

/// The misbehaving plugin, loaded.
struct Misbehaving : PluginFolder {
  Misbehaving() {
    add_broken("misbehaving");
    const auto reports = load();
    REQUIRE(reports.size() == 1);
    INFO(reports[0].reason);
    REQUIRE(reports[0].loaded);
  }
};

SampleRequest small_request() { return {Circuit(1).h(0), ParameterRows(1, 0, {}), Shots(1), StreamKey{}}; }

TEST_CASE("a factory that throws is an error with its words") {
  const Misbehaving plugin;
  const auto backend = plugin.registry.create("misbehaving:throws");
  REQUIRE_FALSE(backend.has_value());
  CHECK(backend.error().kind == ErrorKind::plugin);
  CHECK_THAT(backend.error().message, Contains("deliberate failure in create"));
  CHECK_THAT(backend.error().hint, Contains("misbehaving.so"));
}

TEST_CASE("a factory that throws something odd, or makes nothing, is an error") {
  const Misbehaving plugin;
  const auto odd = plugin.registry.create("misbehaving:throws-number");
  REQUIRE_FALSE(odd.has_value());
  CHECK_THAT(odd.error().message, Contains("not a std::exception"));
  const auto nothing = plugin.registry.create("misbehaving:nothing");
  REQUIRE_FALSE(nothing.has_value());
  CHECK_THAT(nothing.error().message, Contains("returned no backend"));
}

TEST_CASE("a create function that throws past the edge is caught on this side") {
  PluginFolder folder;
  folder.add_broken("create_throws_bare");
  REQUIRE(folder.load().at(0).loaded);
  const auto backend = folder.registry.create("bare");
  REQUIRE_FALSE(backend.has_value());
  CHECK(backend.error().kind == ErrorKind::plugin);
  CHECK_THAT(backend.error().message, Contains("create_throws_bare.so") && Contains("threw an exception"));
}

TEST_CASE("an error of the factory arrives as it was written") {
  const Misbehaving plugin;
  const auto backend = plugin.registry.create("misbehaving:refuses");
  REQUIRE_FALSE(backend.has_value());
  CHECK(backend.error().kind == ErrorKind::authentication);
  CHECK(backend.error().message == "There is no key.");
  CHECK(backend.error().hint == "Get one.");
  CHECK(backend.error().retryable);
}

TEST_CASE("a call that throws is an error that names the plugin, the call and the reason") {
  const Misbehaving plugin;
  const auto backend = plugin.registry.create("misbehaving").value();
  const auto check = [](const auto& result, const std::string& call, const std::string& words) {
    CAPTURE(call);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::plugin);
    CHECK_THAT(result.error().message, Contains("misbehaving.so") && Contains(call + "()") && Contains(words));
  };
  check(backend->submit(small_request(), "t"), "submit", "deliberate failure in submit");
  check(backend->poll("j"), "poll", "deliberate failure in poll");
  check(backend->fetch("j", {}), "fetch", "deliberate failure in fetch");
  check(backend->cancel("j"), "cancel", "not a std::exception");
  CHECK_NOTHROW(backend->forget("j"));

  auto* const exact = dynamic_cast<ExactBackend*>(backend.get());
  REQUIRE(exact);
  check(exact->probabilities(Circuit(1), {}), "probabilities", "deliberate failure in probabilities");
  const EffectiveCost quiet = [](std::span<const double>, std::span<double>) {};
  check(exact->gradient(Circuit(1), {}, quiet, {}), "gradient", "deliberate failure in gradient");
}

TEST_CASE("an exception of the caller's own cost is the caller's") {
  const Misbehaving plugin;
  const auto backend = plugin.registry.create("misbehaving").value();
  const EffectiveCost broken = [](std::span<const double> q, std::span<double>) {
    CHECK(q[1] == 0.75);
    throw std::domain_error("of the caller");
  };
  auto& exact = dynamic_cast<ExactBackend&>(*backend);
  CHECK_THROWS_AS(static_cast<void>(exact.gradient(Circuit(1), {}, broken, {})), std::domain_error);
}

TEST_CASE("a backend that contradicts itself is refused and destroyed") {
  const Misbehaving plugin;
  int destroyed = 0;
  const BackendOptions options{{"counter", std::to_string(reinterpret_cast<std::uintptr_t>(&destroyed))}};
  const auto check = [&](const std::string& device, const std::string& words) {
    CAPTURE(device);
    destroyed = 0;
    const auto backend = plugin.registry.create("misbehaving:" + device, options);
    REQUIRE_FALSE(backend.has_value());
    CHECK(backend.error().kind == ErrorKind::plugin);
    CHECK_THAT(backend.error().message, Contains(words));
    CHECK(destroyed == 1);
  };
  check("misnamed", "it calls itself 'somebody' instead of 'misbehaving'");
  check("inexact", "its capabilities say that it is not exact");
  check("shy", "deliberate failure in capabilities");
}

TEST_CASE("the plugin's own function ends the backend") {
  const Misbehaving plugin;
  int destroyed = 0;
  const BackendOptions options{{"counter", std::to_string(reinterpret_cast<std::uintptr_t>(&destroyed))}};
  auto backend = plugin.registry.create("misbehaving", options).value();
  CHECK(destroyed == 0);
  backend.reset();
  CHECK(destroyed == 1);
}

}  // namespace
}  // namespace bornite
