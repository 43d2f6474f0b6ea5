// bornite version

#include "bornite/util/version.hpp"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace bornite::cli {

void add_version_command(CLI::App& app, int& exit_code) {
  auto json = std::make_shared<bool>(false);
  CLI::App& command =
      add_command(app, "version", "Print the version", "Examples:\n  bornite version\n  bornite version --json");
  add_flag(command, "--json", *json, "Print one JSON document on stdout and nothing else");
  set_callback(command, [json, &exit_code] {
    if (*json)
      fmt::print("{}\n", nlohmann::ordered_json{{"version", version()}}.dump());
    else
      fmt::print("bornite {}\n", version());
    exit_code = 0;
  });
}

}  // namespace bornite::cli
