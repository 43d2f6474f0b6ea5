#include "command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "bornite/backend/plugin_loader.hpp"
#include "bornite/builtin/builtin_backends.hpp"
#include "user_files.hpp"

namespace bornite::cli {

void add_output_options(CLI::App& command, CommonOptions& options) {
  add_flag(command, "--json", options.json, "Print one JSON document on stdout and nothing else");
  add_count(
      command, "--threads", 0, 4096, [&options](std::size_t n) { options.threads = n; },
      "Cores to use; default: 0, which means all");
}

void add_plugin_options(CLI::App& command, CommonOptions& options) {
  add_texts(command, "--plugin-path", options.plugin_path, "FOLDER",
            "Folder with backend plugins, absolute; may be repeated. They are trusted with all you may do");
}

namespace {

/// Options in which somebody might write a token itself.
bool is_secret(std::string_view key) {
  constexpr std::array names{"token", "key", "api_key", "apikey", "secret", "password", "access_key"};
  return std::ranges::find(names, key) != names.end();
}

/// One KEY=VALUE; never repeats what may be a token.
void store_backend_option(CommonOptions& options, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) refuse_value("--backend-option", "there is no '='; write KEY=VALUE");
  const std::string key = assignment.substr(0, equals);
  if (is_secret(key))
    refuse_value("--backend-option",
                 fmt::format("'{}' on the command line can be read by everybody on this machine; use the "
                             "backend's environment variable, token_file=FILE, or --token-stdin",
                             key));
  options.backend_options[key] = assignment.substr(equals + 1);
}

}  // namespace

void add_backend_options(CLI::App& command, CommonOptions& options) {
  add_texts(
      command, "--backend-option",
      [&options](const std::vector<std::string>& assignments) {
        for (const std::string& assignment : assignments) store_backend_option(options, assignment);
      },
      "KEY=VALUE", "Option of the backend, as KEY=VALUE, e.g. endpoint, ca_file or token_file; may be repeated");
  add_flag(
      command, "--token-stdin", [&options] { options.backend_options["token_file"] = "/dev/stdin"; },
      "Read the backend's token from standard input");
}

void add_setting(CLI::App& command, CommonOptions& options, const std::string& flag, const std::string& key,
                 const std::string& help, const std::string& type) {
  add_last_text(
      command, flag,
      [&options, flag, key](const std::string& value) {
        options.overrides.push_back({key, value, flag});
      },
      type, fmt::format("{} [{}]", help, key));
}

void add_problem_options(CLI::App& command, CommonOptions& options) {
  add_path(command, "config", options.config_file, "CONFIG.toml", "TOML file with settings");
  add_setting(command, options, "--problem", "problem", "mnist01, mnist37, gaussian2d, or table:FILE");
  add_texts(
      command, "--set",
      [&options](const std::vector<std::string>& assignments) {
        for (const std::string& assignment : assignments) {
          const std::size_t equals = assignment.find('=');
          if (equals == std::string::npos)
            refuse_value("--set", fmt::format("\"{}\" has no '='; write KEY=VALUE", assignment));
          options.overrides.push_back({assignment.substr(0, equals), assignment.substr(equals + 1), "--set"});
        }
      },
      "KEY=VALUE", "Any setting, as KEY=VALUE with a TOML value; may be repeated. A setting's own flag wins");
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
  if (auto user = read_user_config())
    if (const auto paths = user->texts("plugin_path", {}))
      for (const std::string& path : *paths) directories.push_back({path, "plugin_path of the user's configuration"});
  for (PluginDirectory& directory : installed_plugin_directories()) directories.push_back(std::move(directory));
  backends.plugins = load_plugins(backends.registry, directories);
  return backends;
}

Result<std::unique_ptr<QuantumBackend>> make_backend(const CommonOptions& options, const std::string& specification) {
  const std::string table = "backends." + specification.substr(0, specification.find(':'));
  BORNITE_TRY(Config user, read_user_config());
  BackendOptions all = options.backend_options;
  for (auto& [key, text] : user.texts_below(table)) {
    const bool is_path = key.ends_with("_file");
    all.try_emplace(key, is_path ? user.absolute(table + "." + key, text).string() : text);
  }
  return find_backends(options).registry.create(specification, all);
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

void print_document(const nlohmann::ordered_json& document) { fmt::print("{}\n", document.dump(2)); }

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
