#include "command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "bornite/backend/plugin_loader.hpp"
#include "bornite/builtin/builtin_backends.hpp"

namespace bornite::cli {

std::atomic<bool> stop_requested{false};

void add_output_options(CLI::App& command, CommonOptions& options) {
  command.add_flag("--json", options.json, "Print one JSON document on stdout and nothing else");
  command.add_option("--threads", options.threads, "Cores to use; 0 means all")->capture_default_str();
}

void add_plugin_options(CLI::App& command, CommonOptions& options) {
  command.add_option("--plugin-path", options.plugin_path,
                     "Folder with backend plugins, absolute; may be repeated. They are trusted with all you may do");
}

void add_setting(CLI::App& command, CommonOptions& options, const std::string& flag, const std::string& key,
                 const std::string& help) {
  command.add_option_function<std::string>(
      flag,
      [&options, flag, key](const std::string& value) {
        options.overrides.push_back({key, value, flag});
      },
      fmt::format("{} [{}]", help, key));
}

void add_problem_options(CLI::App& command, CommonOptions& options) {
  command.add_option("config", options.config_file, "TOML file with settings")->type_name("CONFIG.toml");
  add_setting(command, options, "--problem", "problem", "mnist01, mnist37, gaussian2d, or table:FILE");
  command
      .add_option_function<std::vector<std::string>>(
          "--set",
          [&options](const std::vector<std::string>& assignments) {
            for (const std::string& assignment : assignments) {
              const std::size_t equals = assignment.find('=');
              if (equals == std::string::npos)
                throw CLI::ValidationError("--set", fmt::format("\"{}\" has no '='; write KEY=VALUE", assignment));
              options.overrides.push_back({assignment.substr(0, equals), assignment.substr(equals + 1), "--set"});
            }
          },
          "Any setting, as KEY=VALUE with a TOML value; may be repeated")
      ->allow_extra_args(false)
      ->take_all();
}

void add_circuit_options(CLI::App& command, CommonOptions& options) {
  add_setting(command, options, "--ansatz", "circuit.ansatz", "product, brickwork, linear, ring or all_to_all");
  add_setting(command, options, "--depth", "circuit.depth", "Blocks of the ansatz");
}

Result<Config> read_config(const CommonOptions& options) {
  Config config;
  if (!options.config_file.empty()) {
    BORNITE_TRY(config, Config::load(options.config_file));
  }
  for (const auto& [key, value, flag] : options.overrides) BORNITE_CHECK(config.set(key, value, flag));
  return config;
}

Backends find_backends(const CommonOptions& options) {
  Backends backends;
  register_builtin_backends(backends.registry);
  std::vector<PluginDirectory> directories;
  for (const std::string& path : options.plugin_path) directories.push_back({path, "--plugin-path"});
  if (const char* path = std::getenv("BORNITE_PLUGIN_PATH"))
    for (PluginDirectory& directory : split_plugin_path(path, "BORNITE_PLUGIN_PATH"))
      directories.push_back(std::move(directory));
  for (PluginDirectory& directory : installed_plugin_directories()) directories.push_back(std::move(directory));
  backends.plugins = load_plugins(backends.registry, directories);
  return backends;
}

Result<std::unique_ptr<QuantumBackend>> make_backend(const CommonOptions& options, const std::string& specification) {
  return find_backends(options).registry.create(specification);
}

int fail(const Error& error, bool json) {
  fmt::print(stderr, "bornite: {}\n", error.message);
  if (!error.hint.empty()) fmt::print(stderr, "  {}\n", error.hint);
  if (json) {
    const nlohmann::ordered_json document{
        {"error", {{"kind", to_string(error.kind)}, {"message", error.message}, {"hint", error.hint}}}};
    fmt::print("{}\n", document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  return error.kind == ErrorKind::usage || error.kind == ErrorKind::configuration ? 2 : 1;
}

}  // namespace bornite::cli
