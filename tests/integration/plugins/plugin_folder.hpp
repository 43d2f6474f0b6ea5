#pragma once
// A temporary folder of plugins and what loading it gives.

#include "bornite/backend/plugin_loader.hpp"
#include "temporary_directory.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

class PluginFolder {
 public:
  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path() / name; }
  [[nodiscard]] PluginDirectory directory() const { return {path(), "the test"}; }

  void add_template(const std::string& as = "template.so") { std::filesystem::copy(BORNITE_TEMPLATE_PLUGIN, file(as)); }
  void add_broken(const std::string& name) {
    std::filesystem::copy(std::filesystem::path(BORNITE_BROKEN_PLUGINS) / (name + ".so"), file(name + ".so"));
  }
  void add_text(const std::string& name, std::string_view contents) { std::ofstream(file(name)) << contents; }

  /// Loads the folder into a registry that held nothing before.
  std::vector<PluginReport> load() { return load_plugins(registry, std::array{directory()}); }

  BackendRegistry registry;

 private:
  TemporaryDirectory folder_;
};

}  // namespace bornite
