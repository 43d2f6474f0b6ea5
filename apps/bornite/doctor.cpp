// bornite doctor

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/util/memory.hpp"
#include "bornite/util/parallel.hpp"
#include "bornite/util/processor.hpp"
#include "bornite/util/version.hpp"
#include "command.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

constexpr const char* examples = R"(Examples:
  bornite doctor
  bornite doctor --online
  bornite doctor --plugin-path /opt/my-plugins --json)";

/// The most connected qubits that the local simulator takes in the memory there is.
struct LargestStates {
  std::size_t shots = 0;
  std::size_t exact = 0;  ///< probabilities and gradients
};

LargestStates largest_states(const BackendRegistry& registry) {
  const auto backend = registry.create("statevector");
  if (!backend) return {};
  const Capabilities& capabilities = (*backend)->capabilities();
  return {capabilities.max_connected_qubits, capabilities.max_exact_qubits};
}

nlohmann::ordered_json to_json(const PluginReport& plugin) {
  return {{"path", plugin.path.string()}, {"source", plugin.source}, {"name", plugin.name},
          {"version", plugin.version},    {"abi", plugin.abi},       {"build_tag", plugin.build_tag},
          {"loaded", plugin.loaded},      {"reason", plugin.reason}, {"hint", plugin.hint}};
}

void print_plugins(const std::vector<PluginReport>& plugins) {
  if (plugins.empty()) fmt::print("No plugins were found; the engines above are built in.\n");
  for (const PluginReport& plugin : plugins) {
    if (plugin.name.empty())
      fmt::print("plugin folder \"{}\": SKIPPED (from {})\n", plugin.path.string(), plugin.source);
    else
      fmt::print("plugin {}: {} ({}, from {})\n", plugin.name, plugin.loaded ? "loaded" : "SKIPPED",
                 plugin.path.string(), plugin.source);
    if (!plugin.version.empty())
      fmt::print("  version {}, ABI {}, built as {}\n", plugin.version, plugin.abi, plugin.build_tag);
    if (!plugin.reason.empty()) fmt::print("  {}\n", plugin.reason);
    if (!plugin.hint.empty()) fmt::print("  {}\n", plugin.hint);
  }
}

struct Options {
  CommonOptions common;
  bool online = false;
};

/// Whether a backend that a plugin brings finds its credentials: it is made without a device, which asks nobody.
/// Online, whether its service answers, too.
Result<std::string> check_backend(const Options& options, const std::string& name) {
  BORNITE_TRY(const auto backend, make_backend(options.common, name));
  if (!options.online || !backend->capabilities().remote) return std::string("ready");
  const Clock::Duration start = system_clock().elapsed();
  BORNITE_TRY(const std::vector<DeviceSummary> devices, backend->devices());
  const auto milliseconds = (system_clock().elapsed() - start).count();
  return fmt::format("its service answers, after {} ms, with {} device{}", milliseconds, devices.size(),
                     devices.size() == 1 ? "" : "s");
}

void print_checks(const Options& options, const BackendRegistry& registry) {
  for (const BackendFactory& factory : registry.factories()) {
    if (factory.origin.built_in()) continue;
    const auto found = check_backend(options, factory.name);
    fmt::print("backend {}: {}\n", factory.name, found ? *found : found.error().message);
    if (!found && !found.error().hint.empty()) fmt::print("  {}\n", found.error().hint);
  }
}

int doctor(const Options& options) {
  const Backends backends = find_backends(options.common);
  const std::uint64_t memory = free_memory();
  const LargestStates largest = largest_states(backends.registry);
  if (options.common.json) {
    nlohmann::ordered_json document{{"version", version()},
                                    {"threads", thread_count()},
                                    {"instruction_set", instruction_set()},
                                    {"available_memory_bytes", memory},
                                    {"statevector_qubits", largest.shots},
                                    {"statevector_exact_qubits", largest.exact},
                                    {"backends", backends.registry.names()},
                                    {"plugins", nlohmann::ordered_json::array()}};
    for (const PluginReport& plugin : backends.plugins) document["plugins"].push_back(to_json(plugin));
    document["checks"] = nlohmann::ordered_json::object();
    for (const BackendFactory& factory : backends.registry.factories()) {
      if (factory.origin.built_in()) continue;
      const auto found = check_backend(options, factory.name);
      document["checks"][factory.name] = {{"good", found.has_value()},
                                          {"message", found ? *found : found.error().message}};
    }
    print_document(document);
    return 0;
  }
  fmt::print("bornite     {}\n", version());
  fmt::print("threads     {}\n", thread_count());
  fmt::print("vectors     {}\n", instruction_set());
  fmt::print("memory      {:.1f} GiB free: states of up to {} qubits for shots, {} for exact training\n",
             static_cast<double>(memory) / (1024.0 * 1024 * 1024), largest.shots, largest.exact);
  fmt::print("backends    {}\n\n", fmt::join(backends.registry.names(), ", "));
  print_plugins(backends.plugins);
  print_checks(options, backends.registry);
  return 0;
}

}  // namespace

void add_doctor_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "doctor", "Tell what this machine can do and which plugins work", examples);
  add_flag(command, "--online", options->online, "Also ask each provider whose token is found for its devices");
  add_plugin_options(command, options->common);
  add_output_options(command, options->common);
  set_callback(command, [options, &exit_code] { exit_code = doctor(*options); });
}

}  // namespace bornite::cli
