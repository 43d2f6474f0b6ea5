#pragma once
// What became of one plugin file or plugin directory.

#include <cstdint>
#include <filesystem>
#include <string>

namespace bornite {

struct PluginReport {
  std::filesystem::path path;  ///< the file, or the directory if that itself was refused
  std::string source;          ///< who named the directory, e.g. "BORNITE_PLUGIN_PATH"
  std::string name;            ///< as the plugin says; as the file is called if it could not be asked
  std::string version{};       ///< this and the next two are empty or 0 if the plugin could not be asked
  std::string build_tag{};
  std::uint32_t abi = 0;
  bool loaded = false;
  std::string reason{};  ///< why it was skipped, one sentence
  std::string hint{};    ///< what to do about that
};

}  // namespace bornite
