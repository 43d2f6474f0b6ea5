// Where plugins are looked for, and where never.
#include "catch.hpp"
#include "plugin_folder.hpp"

namespace bornite {
namespace {

namespace fs = std::filesystem;
using Catch::Contains;

PluginReport refused(const fs::path& path) {
  BackendRegistry registry;
  const std::vector<PluginReport> reports = load_plugins(registry, std::array{PluginDirectory{path, "--plugin-path"}});
  REQUIRE(reports.size() == 1);
  CHECK_FALSE(reports[0].loaded);
  CHECK(reports[0].path == path);
  CHECK(reports[0].source == "--plugin-path");
  CHECK(registry.factories().empty());
  return reports[0];
}

TEST_CASE("a relative directory is refused, the current one above all") {
  PluginFolder folder;
  folder.add_template();
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  const std::string path = GENERATE("", ".", "./", "plugins");
  CAPTURE(path);
  CHECK_THAT(refused(path).reason, Contains("not an absolute path"));
  BackendRegistry registry;
  CHECK(load_plugins(registry, split_plugin_path(":", "BORNITE_PLUGIN_PATH")).empty());
  fs::current_path(before);
}

TEST_CASE("a directory with .. in it is refused") {
  PluginFolder folder;
  CHECK_THAT(refused(folder.path() / ".." / folder.path().filename()).reason, Contains("\"..\""));
}

TEST_CASE("an absent directory is refused only if somebody asked for it") {
  PluginFolder folder;
  CHECK_THAT(refused(folder.file("absent")).reason, Contains("No such file or directory"));
  BackendRegistry registry;
  const PluginDirectory optional{.path = folder.file("absent"), .source = "the installation", .required = false};
  CHECK(load_plugins(registry, std::array{optional}).empty());
}

TEST_CASE("a file in place of a directory is refused") {
  PluginFolder folder;
  folder.add_template();
  CHECK_THAT(refused(folder.file("template.so")).reason, Contains("not a directory"));
}

TEST_CASE("a directory that everybody may write to is refused, sticky or not") {
  PluginFolder folder;
  folder.add_template();
  const auto mode = GENERATE(fs::perms(0777), fs::perms(01777));
  fs::permissions(folder.path(), mode);
  const PluginReport report = refused(folder.path());
  CHECK_THAT(report.reason, Contains("Everybody on this machine may write to the directory"));
}

TEST_CASE("a directory inside one that everybody may write to is refused, unless that is sticky") {
  PluginFolder folder;
  const fs::path inner = folder.file("inner");
  fs::create_directory(inner);
  fs::copy(BORNITE_TEMPLATE_PLUGIN, inner);
  fs::permissions(folder.path(), fs::perms(0777));
  CHECK_THAT(refused(inner).reason, Contains(folder.path().string()));
  fs::permissions(folder.path(), fs::perms(01777));
  BackendRegistry registry;
  const auto reports = load_plugins(registry, std::array{PluginDirectory{inner, "the test"}});
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].loaded);
}

TEST_CASE("a link into a directory that everybody may write to is skipped") {
  PluginFolder folder;
  PluginFolder elsewhere;
  elsewhere.add_template("target.so");
  fs::permissions(elsewhere.path(), GENERATE(fs::perms(0777), fs::perms(01777)));
  fs::create_symlink(elsewhere.file("target.so"), folder.file("link.so"));
  const auto reports = folder.load();
  REQUIRE(reports.size() == 1);
  CHECK_FALSE(reports[0].loaded);
  CHECK_THAT(reports[0].reason, Contains(elsewhere.path().string()));
}

TEST_CASE("links are followed, and a file or directory reached twice counts once") {
  PluginFolder folder;
  PluginFolder links;
  folder.add_template("real.so");
  fs::create_symlink(folder.file("real.so"), folder.file("also.so"));
  fs::create_symlink(folder.file("nowhere"), folder.file("broken.so"));
  fs::create_directory_symlink(folder.path(), links.file("folder"));
  BackendRegistry registry;
  const auto reports =
      load_plugins(registry, std::array{folder.directory(), PluginDirectory{links.file("folder"), "again"}});
  REQUIRE(reports.size() == 2);
  CHECK(reports[0].loaded);
  CHECK_FALSE(reports[1].loaded);
  CHECK(registry.names() == std::vector<std::string>{"template"});
}

TEST_CASE("the files of a directory are taken by name, however they lie there") {
  PluginFolder folder;
  std::vector<fs::path> expected;
  for (const char name : std::string("hcafgbed")) folder.add_text(std::string(1, name) + ".so", "");
  for (const char name : std::string("abcdefgh")) expected.push_back(folder.file(std::string(1, name) + ".so"));
  std::vector<fs::path> found;
  for (const PluginReport& report : folder.load()) found.push_back(report.path);
  CHECK(found == expected);
}

TEST_CASE("files with other endings are ignored") {
  PluginFolder folder;
  folder.add_text("README.md", "about plugins");
  folder.add_text("plugin.so.1", "an old one");
  folder.add_text(".so", "a hidden one");
  CHECK(folder.load().empty());
}

TEST_CASE("the first directory wins over the second") {
  PluginFolder first;
  PluginFolder second;
  first.add_template();
  second.add_template();
  BackendRegistry registry;
  const auto reports = load_plugins(registry, std::array{second.directory(), first.directory()});
  REQUIRE(reports.size() == 2);
  CHECK(reports[0].loaded);
  CHECK_FALSE(reports[1].loaded);
  CHECK(registry.find("template")->origin.path == second.file("template.so"));
}

TEST_CASE("a list of directories is split at its colons, and empty entries mean nothing") {
  CHECK(split_plugin_path("", "x").empty());
  CHECK(split_plugin_path("::", "x").empty());
  const auto directories = split_plugin_path(":/a::/b c:", "BORNITE_PLUGIN_PATH");
  REQUIRE(directories.size() == 2);
  CHECK(directories[0].path == "/a");
  CHECK(directories[1].path == "/b c");
  CHECK(directories[1].source == "BORNITE_PLUGIN_PATH");
  CHECK(directories[1].required);
}

TEST_CASE("the directories of the installation lie beside the program and need not exist") {
  const auto directories = installed_plugin_directories();
  REQUIRE_FALSE(directories.empty());
  const fs::path prefix = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
  CHECK(directories[0].path == prefix / "lib/bornite/plugins");
  for (const PluginDirectory& directory : directories) CHECK_FALSE(directory.required);
}

}  // namespace
}  // namespace bornite
