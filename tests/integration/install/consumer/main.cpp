// A program of somebody who installed the library: runs a circuit on a built-in engine and another on a plugin.
#include <array>
#include <cmath>
#include <iostream>

#include "bornite/backend/exact_backend.hpp"
#include "bornite/backend/plugin_loader.hpp"
#include "bornite/builtin/builtin_backends.hpp"
#include "bornite/circuit/ansatz.hpp"

int main(int, char** arguments) try {
  using namespace bornite;
  BackendRegistry registry;
  register_builtin_backends(registry);
  for (const PluginReport& report : load_plugins(registry, std::array{PluginDirectory{arguments[1], "argument 1"}}))
    std::cout << (report.loaded ? "loaded " : "skipped ") << report.name << ' ' << report.version << report.reason
              << '\n';

  const auto simulator = registry.create("statevector").value();
  auto& exact = dynamic_cast<ExactBackend&>(*simulator);
  const Distribution bell = exact.probabilities(Circuit(2).h(0).cx(0, 1), {}).value();
  std::cout << "statevector 00 " << std::lround(1000 * bell.probabilities()[0]) << " 11 "
            << std::lround(1000 * bell.probabilities()[3]) << '\n';

  const auto plugin = registry.create("template").value();
  const SampleRequest request{Circuit(3).x(0).x(2), ParameterRows(1, 0, {}), Shots(1000), StreamKey{}};
  const JobId job = plugin->submit(request, "token").value();
  const ShotTable table = plugin->fetch(job, shape_of(request)).value();
  std::cout << "template " << table[0].strings()[0].to_text() << ' ' << table[0].counts()[0] << '\n';
  return make_ansatz(AnsatzKind::ring, 3, 2).parameters() == 12 ? 0 : 1;
} catch (const std::exception& exception) {
  std::cout << exception.what() << '\n';
  return 1;
}
