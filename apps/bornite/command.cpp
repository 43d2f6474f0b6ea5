#include "command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "bornite/backend/plugin_loader.hpp"
#include "bornite/builtin/builtin_backends.hpp"

namespace bornite::cli {

void add_output_options(CLI::App& command, CommonOptions& options) {
  command.add_flag("--json", options.json, "Print one JSON document on stdout and nothing else");
  add_count(
      command, "--threads", 0, 4096, [&options](std::size_t n) { options.threads = n; },
      "Cores to use; default: 0, which means all");
}

void add_plugin_options(CLI::App& command, CommonOptions& options) {
  command
      .add_option("--plugin-path", options.plugin_path,
                  "Folder with backend plugins, absolute; may be repeated. They are trusted with all you may do")
      ->type_name("FOLDER")
      ->allow_extra_args(false)
      ->take_all();
}

void add_setting(CLI::App& command, CommonOptions& options, const std::string& flag, const std::string& key,
                 const std::string& help, const std::string& type) {
  command
      .add_option_function<std::string>(
          flag,
          [&options, flag, key](const std::string& value) {
            options.overrides.push_back({key, value, flag});
          },
          fmt::format("{} [{}]", help, key))
      ->type_name(type)
      ->take_last();
}

CLI::Option& add_count(CLI::App& command, const std::string& flag, std::size_t least, std::size_t most,
                       std::function<void(std::size_t)> store, const std::string& help) {
  const auto parse = [=](const std::string& text) {
    std::size_t value = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || stop != text.data() + text.size() || value < least || value > most)
      throw CLI::ValidationError(flag, fmt::format("\"{}\" is not a whole number from {} to {}", text, least, most));
    store(value);
  };
  return *command.add_option_function<std::string>(flag, parse, help)->type_name("N")->take_last();
}

CLI::Option& add_path(CLI::App& command, const std::string& name, std::string& path, const std::string& type,
                      const std::string& help) {
  const auto refuse_empty = [](const std::string& text) {
    return std::string(text.empty() ? "the path is empty" : "");
  };
  return *command.add_option(name, path, help)->type_name(type)->check(refuse_empty);
}

void add_problem_options(CLI::App& command, CommonOptions& options) {
  add_path(command, "config", options.config_file, "CONFIG.toml", "TOML file with settings");
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
          "Any setting, as KEY=VALUE with a TOML value; may be repeated. A setting's own flag wins")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->take_all();
}

void add_circuit_options(CLI::App& command, CommonOptions& options) {
  add_setting(command, options, "--ansatz", "circuit.ansatz", "product, brickwork, linear, ring or all_to_all");
  add_setting(command, options, "--depth", "circuit.depth", "Blocks of the ansatz", "N");
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

Result<void> check_qubits(const QuantumBackend& backend, const std::string& name, std::size_t qubits) {
  const std::size_t most = backend.capabilities().max_qubits;
  if (qubits <= most) return {};
  return Error{ErrorKind::unsupported,
               fmt::format("The circuit needs {} qubits; the backend {} has {} on this machine.", qubits, name, most),
               "Use fewer qubits or another backend."};
}

std::string shell_word(const std::string& text) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) || std::string_view("/._-+=:@%,").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!text.empty() && std::ranges::all_of(text, plain)) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

void tell(const std::string& text) {
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

int fail(const Error& error, bool json) {
  tell(fmt::format("bornite: {}\n", error.message));
  if (!error.hint.empty()) tell(fmt::format("  {}\n", error.hint));
  if (json) {
    const nlohmann::ordered_json document{
        {"error", {{"kind", to_string(error.kind)}, {"message", error.message}, {"hint", error.hint}}}};
    fmt::print("{}\n", document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  return error.kind == ErrorKind::usage || error.kind == ErrorKind::configuration ? 2 : 1;
}

}  // namespace bornite::cli
