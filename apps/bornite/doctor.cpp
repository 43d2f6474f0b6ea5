// bornite doctor

#include <fmt/format.h>

#include <CLI/CLI.hpp>
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
  bornite doctor --plugin-path /opt/my-plugins --json)";

/// The most qubits that the local simulator takes in the memory there is.
std::size_t largest_statevector(const BackendRegistry& registry) {
  const auto backend = registry.create("statevector");
  return backend ? (*backend)->capabilities().max_qubits : 0;
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

/// Whether a backend that a plugin brings finds its credentials: it is made without a device, which asks nobody.
Result<void> find_credentials(const CommonOptions& options, const std::string& name) {
  BORNITE_CHECK(make_backend(options, name));
  return {};
}

void print_credentials(const CommonOptions& options, const BackendRegistry& registry) {
  for (const BackendFactory& factory : registry.factories()) {
    if (factory.origin.built_in()) continue;
    const auto found = find_credentials(options, factory.name);
    fmt::print("backend {}: {}\n", factory.name, found ? "ready" : found.error().message);
    if (!found && !found.error().hint.empty()) fmt::print("  {}\n", found.error().hint);
  }
}

int doctor(const CommonOptions& options) {
  const Backends backends = find_backends(options);
  const std::uint64_t memory = free_memory();
  if (options.json) {
    nlohmann::ordered_json document{{"version", version()},
                                    {"threads", thread_count()},
                                    {"instruction_set", instruction_set()},
                                    {"available_memory_bytes", memory},
                                    {"statevector_qubits", largest_statevector(backends.registry)},
                                    {"backends", backends.registry.names()},
                                    {"plugins", nlohmann::ordered_json::array()}};
    for (const PluginReport& plugin : backends.plugins) document["plugins"].push_back(to_json(plugin));
    document["credentials"] = nlohmann::ordered_json::object();
    for (const BackendFactory& factory : backends.registry.factories()) {
      if (factory.origin.built_in()) continue;
      const auto found = find_credentials(options, factory.name);
      document["credentials"][factory.name] = found ? "" : found.error().message;
    }
    fmt::print("{}\n", document.dump(2));
    return 0;
  }
  fmt::print("bornite     {}\n", version());
  fmt::print("threads     {}\n", thread_count());
  fmt::print("vectors     {}\n", instruction_set());
  fmt::print("memory      {:.1f} GiB free: statevectors of up to {} qubits\n",
             static_cast<double>(memory) / (1024.0 * 1024 * 1024), largest_statevector(backends.registry));
  fmt::print("backends    {}\n\n", fmt::join(backends.registry.names(), ", "));
  print_plugins(backends.plugins);
  print_credentials(options, backends.registry);
  return 0;
}

}  // namespace

void add_doctor_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App& command = *app.add_subcommand("doctor", "Tell what this machine can do and which plugins work");
  command.footer(examples);
  add_plugin_options(command, *options);
  add_output_options(command, *options);
  command.callback([options, &exit_code] { exit_code = doctor(*options); });
}

}  // namespace bornite::cli
