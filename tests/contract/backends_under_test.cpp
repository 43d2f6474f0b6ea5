#include "backends_under_test.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "bornite/backend/plugin_loader.hpp"
#include "bornite/backend/sample.hpp"
#include "bornite/builtin/builtin_backends.hpp"
#include "catch.hpp"
#include "temporary_directory.hpp"

namespace bornite {

const BackendRegistry& registry_under_test() {
  static const BackendRegistry registry = [] {
    BackendRegistry filled;
    register_builtin_backends(filled);
    // A folder of our own: the loader refuses plugins wherever a build tree is open to everybody.
    const TemporaryDirectory folder;
    std::filesystem::copy(BORNITE_TEMPLATE_PLUGIN, folder.path() / "template.so");
    for (const PluginReport& report : load_plugins(filled, std::array{PluginDirectory{folder.path(), "the test"}}))
      if (!report.loaded) throw std::runtime_error(report.reason);
    return filled;
  }();
  return registry;
}

std::vector<std::string> backends_under_test() { return registry_under_test().names(); }

std::vector<std::string> exact_backends_under_test() {
  std::vector<std::string> names = backends_under_test();
  std::erase_if(names, [](const std::string& name) { return !make_backend(name)->capabilities().exact; });
  return names;
}

std::unique_ptr<QuantumBackend> make_backend(const std::string& name) {
  return registry_under_test().create(name).value();
}

std::unique_ptr<ExactBackend> make_exact_backend(const std::string& name) {
  std::unique_ptr<QuantumBackend> backend = make_backend(name);
  auto* const exact = dynamic_cast<ExactBackend*>(backend.get());
  REQUIRE(exact);
  static_cast<void>(backend.release());
  return std::unique_ptr<ExactBackend>(exact);
}

SampleRequest one_row(Circuit circuit, std::uint64_t shots, std::uint64_t seed, std::vector<double> theta) {
  const std::size_t columns = theta.size();
  return {std::move(circuit), ParameterRows(1, columns, std::move(theta)), Shots(shots), test_stream(seed)};
}

ShotTable shots_of(QuantumBackend& backend, const SampleRequest& request) { return sample(backend, request).value(); }

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
