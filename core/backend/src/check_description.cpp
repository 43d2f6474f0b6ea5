#include <fmt/format.h>

#include "backend_name.hpp"
#include "bornite/backend/plugin_loader.hpp"

namespace bornite {
namespace {

Error mismatch(std::string_view what, std::string found, std::string expected) {
  return Error{ErrorKind::plugin, fmt::format("The plugin's {} is {}, this program's is {}.", what, found, expected),
               "Build the plugin again, against the bornite that is to load it and with the same compiler."};
}

std::string quoted(const char* text) { return text ? fmt::format("\"{}\"", text) : "missing"; }

}  // namespace

Result<void> check_description(const PluginDescription& plugin) {
  if (plugin.magic != plugin_magic)
    return mismatch("magic number", fmt::format("{:#018x}", plugin.magic), fmt::format("{:#018x}", plugin_magic));
  if (plugin.abi != plugin_abi) return mismatch("ABI number", std::to_string(plugin.abi), std::to_string(plugin_abi));
  if (plugin.size != sizeof(PluginDescription))
    return mismatch("description size", fmt::format("{} bytes", plugin.size),
                    fmt::format("{} bytes", sizeof(PluginDescription)));
  if (!plugin.build_tag || plugin.build_tag != std::string_view(BORNITE_BUILD_TAG))
    return mismatch("build tag", quoted(plugin.build_tag), quoted(BORNITE_BUILD_TAG));
  if (!plugin.name || !plugin.version || !plugin.description || !plugin.create || !plugin.destroy)
    return Error{ErrorKind::plugin, "The plugin's description leaves out a name, a version, a text or a function.",
                 "Describe the plugin with BORNITE_PLUGIN(...)."};
  return check_backend_name(plugin.name);
}

}  // namespace bornite
