#pragma once
// Finds plugins in directories that somebody named, checks them, and registers those that fit this program.

#include "bornite/backend/plugin.hpp"
#include "bornite/backend/plugin_report.hpp"
#include "bornite/backend/registry.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// A directory to search, and who named it.
struct PluginDirectory {
  std::filesystem::path path;
  std::string source;    ///< for messages, e.g. "--plugin-path" or "BORNITE_PLUGIN_PATH"
  bool required = true;  ///< whether it is worth a report if there is no such directory
};

/// The entries of a list like that of PATH: "/a:/b". Empty entries are dropped; they never mean the current directory.
[[nodiscard]] std::vector<PluginDirectory> split_plugin_path(std::string_view list, std::string_view source);

/// Where plugins lie when they were installed, or built, together with the running program:
/// PREFIX/lib/bornite/plugins for PREFIX/bin/bornite. Not required to exist.
[[nodiscard]] std::vector<PluginDirectory> installed_plugin_directories();

/// Loads every *.so of the directories, in the order given and by name within each, and adds the good ones to the
/// registry. Every other one is reported and skipped, and the registry remembers why. Other files are ignored, and a
/// file or directory that comes up twice under different names counts once.
///
/// A directory must be an absolute path without "..". Neither the plugin nor its directory may be writable by
/// everybody, nor may a directory above them be, unless it is sticky as /tmp is. Loading a plugin runs its
/// constructors: naming a directory means trusting all that is in it. Plugins stay loaded until the program ends.
[[nodiscard]] std::vector<PluginReport> load_plugins(BackendRegistry& registry,
                                                     std::span<const PluginDirectory> directories);

/// Compares what a plugin says of itself with this program; reads no further than what is known to agree.
[[nodiscard]] Result<void> check_description(const PluginDescription& plugin);

}  // namespace bornite
