// bornite backends

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

constexpr const char* examples = R"(Examples:
  bornite backends
  bornite backends --plugin-path /opt/my-plugins --json

Plugins that cannot be used are listed by `bornite doctor` with the reason.)";

int list_backends(const CommonOptions& options) {
  const Backends backends = find_backends(options);
  if (options.json) {
    auto document = nlohmann::ordered_json::array();
    for (const BackendFactory& factory : backends.registry.factories())
      document.push_back({{"name", factory.name},
                          {"version", factory.version},
                          {"description", factory.description},
                          {"plugin", factory.origin.path.string()}});
    fmt::print("{}\n", document.dump(2));
    return 0;
  }
  using enum TextTable::Align;
  TextTable table({{"backend", left}, {"version", left}, {"from", left}, {"", left}});
  for (const BackendFactory& factory : backends.registry.factories())
    table.add_row({factory.name, factory.version, factory.origin.built_in() ? "built in" : factory.origin.path.string(),
                   factory.description});
  fmt::print("{}", table.to_text());
  if (const auto skipped = backends.registry.skipped().size(); skipped > 0)
    fmt::print("\n{} plugin{} skipped; `bornite doctor` says why.\n", skipped, skipped == 1 ? " was" : "s were");
  return 0;
}

}  // namespace

void add_backends_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App& command = *app.add_subcommand("backends", "List the backends that can run circuits");
  command.footer(examples);
  add_plugin_options(command, *options);
  add_output_options(command, *options);
  command.callback([options, &exit_code] { exit_code = list_backends(*options); });
}

}  // namespace bornite::cli
