// bornite version

#include "bornite/util/version.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace bornite::cli {

void add_version_command(CLI::App& app, int& exit_code) {
  auto json = std::make_shared<bool>(false);
  CLI::App& command = *app.add_subcommand("version", "Print the version");
  command.footer("Examples:\n  bornite version\n  bornite version --json");
  command.add_flag("--json", *json, "Print one JSON document on stdout and nothing else");
  command.callback([json, &exit_code] {
    if (*json)
      fmt::print("{}\n", nlohmann::ordered_json{{"version", version()}}.dump());
    else
      fmt::print("bornite {}\n", version());
    exit_code = 0;
  });
}

}  // namespace bornite::cli
