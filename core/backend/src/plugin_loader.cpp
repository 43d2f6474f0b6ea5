#include "bornite/backend/plugin_loader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "bornite/backend/guarded_backend.hpp"
#include "elf_file.hpp"
#include "shared_object.hpp"
#include "trusted_path.hpp"

namespace bornite {
namespace {

namespace fs = std::filesystem;

/// One call of load_plugins().
class Loader {
 public:
  explicit Loader(BackendRegistry& registry) : registry_(registry) {}

  void search(const PluginDirectory& directory);
  [[nodiscard]] std::vector<PluginReport> take_reports() { return std::move(reports_); }

 private:
  void load(const fs::path& file, std::string_view source);
  [[nodiscard]] Result<void> try_load(const fs::path& file, PluginReport& report);
  void skip(PluginReport report, Error error);

  BackendRegistry& registry_;
  std::vector<PluginReport> reports_;
  std::set<fs::path> seen_;  // canonical paths of directories and files
};

void Loader::skip(PluginReport report, Error error) {
  report.reason = std::move(error.message);
  report.hint = std::move(error.hint);
  registry_.add_skipped(report);
  reports_.push_back(std::move(report));
}

/// The canonical path of a directory that may be searched; nothing if it is absent and need not exist.
Result<std::optional<fs::path>> resolve(const PluginDirectory& directory) {
  const auto refuse = [](std::string what, std::string hint) {
    return Error{ErrorKind::configuration, std::move(what), std::move(hint)};
  };
  if (!directory.path.is_absolute() || std::ranges::find(directory.path, fs::path("..")) != directory.path.end())
    return refuse("The plugin directory is not an absolute path free of \"..\".",
                  "Give the whole path; plugins are never looked for relative to the current directory.");
  std::error_code failure;
  const fs::path canonical = fs::canonical(directory.path, failure);
  if (failure == std::errc::no_such_file_or_directory && !directory.required) return std::nullopt;
  if (failure)
    return refuse(fmt::format("The plugin directory cannot be opened: {}.", failure.message()),
                  "Create it or take it off the list.");
  if (!fs::is_directory(canonical, failure))
    return refuse("The plugin directory is not a directory.", "Name a folder.");
  BORNITE_CHECK(check_trusted(canonical));
  return canonical;
}

Result<std::vector<fs::path>> shared_objects_in(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end; entry.increment(failure))
    if (entry->path().extension() == ".so") files.push_back(entry->path());
  if (failure)
    return Error{ErrorKind::io, fmt::format("The plugin directory cannot be read: {}.", failure.message()),
                 "Check its permissions."};
  std::ranges::sort(files);
  return files;
}

void Loader::search(const PluginDirectory& directory) {
  const auto refuse = [&](Error error) {
    skip(PluginReport{.path = directory.path, .source = directory.source, .name = ""}, std::move(error));
  };
  const Result<std::optional<fs::path>> canonical = resolve(directory);
  if (!canonical) return refuse(canonical.error());
  if (!*canonical || !seen_.insert(**canonical).second) return;
  const Result<std::vector<fs::path>> files = shared_objects_in(**canonical);
  if (!files) return refuse(files.error());
  for (const fs::path& file : *files) load(file, directory.source);
}

void Loader::load(const fs::path& file, std::string_view source) {
  PluginReport report{.path = file, .source = std::string(source), .name = file.stem().string()};
  std::error_code failure;
  const fs::path canonical = fs::canonical(file, failure);
  if (failure)
    return skip(std::move(report),
                Error{ErrorKind::io, fmt::format("The file cannot be opened: {}.", failure.message()),
                      "Remove the broken link."});
  if (!seen_.insert(canonical).second) return;
  const Result<void> loaded = try_load(canonical, report);
  if (!loaded) return skip(std::move(report), loaded.error());
  report.loaded = true;
  reports_.push_back(std::move(report));
}

/// Wraps the plugin's own create().
BackendFactory factory_of(const PluginDescription& plugin, const fs::path& file) {
  const auto create = [&plugin, origin = fmt::format("{} ({})", plugin.name, file.string())](
                          const std::string& device,
                          const BackendOptions& options) -> Result<std::unique_ptr<QuantumBackend>> {
    Error error{ErrorKind::plugin, fmt::format("Plugin {} made no backend and gave no reason.", origin)};
    try {
      const PluginBackend made = plugin.create(device, options, error);
      if (made.backend) return guard_backend(made, plugin, origin);
    } catch (...) {
      return Error{ErrorKind::plugin, fmt::format("Plugin {} threw an exception from its create function.", origin)};
    }
    if (error.kind == ErrorKind::plugin && error.hint.empty()) error.hint = fmt::format("The plugin is {}.", origin);
    return error;
  };
  return BackendFactory{.name = plugin.name,
                        .version = plugin.version,
                        .description = plugin.description,
                        .create = create,
                        .origin = {.path = file, .abi = plugin.abi, .build_tag = plugin.build_tag}};
}

Result<void> Loader::try_load(const fs::path& file, PluginReport& report) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure))
    return Error{ErrorKind::plugin, "This is not a regular file.", "Only files that end in .so are plugins."};
  BORNITE_CHECK(check_trusted(file));
  BORNITE_CHECK(check_shared_object(file));
  BORNITE_TRY(const PluginDescription* plugin, open_shared_object(file));

  if (plugin->magic == plugin_magic) {
    report.abi = plugin->abi;
    report.build_tag = plugin->build_tag ? plugin->build_tag : "";
  }
  BORNITE_CHECK(check_description(*plugin));
  report.name = plugin->name;
  report.version = plugin->version;
  return registry_.add(factory_of(*plugin, file));
}

}  // namespace

std::vector<PluginDirectory> split_plugin_path(std::string_view list, std::string_view source) {
  std::vector<PluginDirectory> directories;
  while (!list.empty()) {
    const std::size_t colon = std::min(list.find(':'), list.size());
    if (colon > 0) directories.push_back({list.substr(0, colon), std::string(source)});
    list.remove_prefix(std::min(colon + 1, list.size()));
  }
  return directories;
}

std::vector<PluginDirectory> installed_plugin_directories() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  if (failure) return {};
  const fs::path prefix = program.parent_path().parent_path();
  std::vector<PluginDirectory> directories;
  for (const std::string_view libraries : {"lib", BORNITE_LIBRARY_FOLDER}) {
    fs::path path = prefix / libraries / "bornite" / "plugins";
    if (directories.empty() || directories.front().path != path)
      directories.push_back({.path = std::move(path), .source = "the installation", .required = false});
  }
  return directories;
}

std::vector<PluginReport> load_plugins(BackendRegistry& registry, std::span<const PluginDirectory> directories) {
  Loader loader(registry);
  for (const PluginDirectory& directory : directories) loader.search(directory);
  return loader.take_reports();
}

}  // namespace bornite
