// Files that are no good plugins are named, explained and skipped, and the good one beside them still works.
#include <sys/stat.h>

#include <algorithm>

#include "catch.hpp"
#include "plugin_folder.hpp"

namespace bornite {
namespace {

namespace fs = std::filesystem;
using Catch::Contains;

/// Loads the folder together with the template plugin and returns the report on the file that is to be skipped.
PluginReport load_beside_good(PluginFolder& folder, const std::string& broken) {
  folder.add_template();
  const std::vector<PluginReport> reports = folder.load();
  REQUIRE(reports.size() == 2);
  CHECK(folder.registry.names() == std::vector<std::string>{"template"});
  CHECK(folder.registry.create("template").has_value());

  const auto is_broken = [&](const PluginReport& report) { return report.path == folder.file(broken); };
  const auto report = std::ranges::find_if(reports, is_broken);
  REQUIRE(report != reports.end());
  CHECK_FALSE(report->loaded);
  CHECK(report->source == "the test");
  CHECK_FALSE(report->hint.empty());
  REQUIRE(folder.registry.skipped().size() == 1);
  CHECK(folder.registry.skipped()[0].reason == report->reason);
  return *report;
}

PluginReport load_broken(const std::string& name) {
  PluginFolder folder;
  folder.add_broken(name);
  return load_beside_good(folder, name + ".so");
}

TEST_CASE("a good plugin is loaded and described") {
  PluginFolder folder;
  folder.add_template();
  const std::vector<PluginReport> reports = folder.load();
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].loaded);
  CHECK(reports[0].reason.empty());
  CHECK(reports[0].name == "template");
  CHECK(reports[0].version == "0.1.0");
  CHECK(reports[0].abi == plugin_abi);
  CHECK(reports[0].build_tag == BORNITE_BUILD_TAG);
  const BackendFactory* factory = folder.registry.find("template");
  REQUIRE(factory);
  CHECK(factory->origin.path == folder.file("template.so"));
  CHECK(factory->origin.build_tag == BORNITE_BUILD_TAG);
  CHECK_FALSE(factory->description.empty());
}

TEST_CASE("a wrong magic number is reported with both values") {
  const PluginReport report = load_broken("wrong_magic");
  CHECK(report.name == "wrong_magic");
  CHECK_THAT(report.reason,
             Contains("magic number") && Contains("0x0000000000001234") && Contains("0x004554494e524f42"));
}

TEST_CASE("a wrong ABI number is reported with both values") {
  const PluginReport report = load_broken("wrong_abi");
  CHECK(report.abi == 99);
  CHECK(report.reason == "The plugin's ABI number is 99, this program's is " + std::to_string(plugin_abi) + ".");
}

TEST_CASE("a wrong size of the description is reported with both values") {
  CHECK_THAT(load_broken("wrong_size").reason, Contains("8 bytes") && Contains("64 bytes"));
}

TEST_CASE("a wrong build tag is reported with both values") {
  const PluginReport report = load_broken("wrong_build_tag");
  CHECK(report.build_tag == "bornite 0.0.1, gcc 3");
  CHECK_THAT(report.reason, Contains("bornite 0.0.1, gcc 3") && Contains(BORNITE_BUILD_TAG));
}

TEST_CASE("a plugin with a malformed name is skipped") {
  CHECK_THAT(load_broken("malformed_name").reason, Contains("Not:A Name"));
}

TEST_CASE("a plugin without a description is skipped") {
  CHECK_THAT(load_broken("no_description").reason, Contains("leaves out"));
}

TEST_CASE("a library without the entry is no plugin") {
  CHECK_THAT(load_broken("no_entry").reason, Contains("no symbol bornite_plugin"));
}

TEST_CASE("an entry that throws is skipped") {
  CHECK_THAT(load_broken("entry_throws").reason, Contains("threw an exception from bornite_plugin()"));
}

TEST_CASE("an entry that returns nothing is skipped") {
  CHECK_THAT(load_broken("entry_null").reason, Contains("returned no description"));
}

TEST_CASE("a plugin that lacks a library is reported with the missing function") {
  CHECK_THAT(load_broken("undefined_symbol").reason, Contains("undefined symbol: provider::forgotten_function(int)"));
}

TEST_CASE("a text file called .so is skipped") {
  PluginFolder folder;
  folder.add_text("letter.so",
                  "Dear loader, I am a letter and much longer than the header of an ELF file, I should say.");
  CHECK_THAT(load_beside_good(folder, "letter.so").reason, Contains("does not begin with the mark of ELF"));
}

TEST_CASE("an empty file is skipped") {
  PluginFolder folder;
  folder.add_text("empty.so", "");
  CHECK_THAT(load_beside_good(folder, "empty.so").reason, Contains("The file is empty"));
}

TEST_CASE("a truncated plugin is skipped, wherever it was cut") {
  const auto whole = fs::file_size(BORNITE_TEMPLATE_PLUGIN);
  const auto length = GENERATE_COPY(std::uintmax_t{2}, std::uintmax_t{63}, std::uintmax_t{64}, std::uintmax_t{700},
                                    std::uintmax_t{5000}, whole / 2, whole - 1);
  CAPTURE(length, whole);
  PluginFolder folder;
  folder.add_template("cut.so");
  fs::resize_file(folder.file("cut.so"), length);
  CHECK_THAT(load_beside_good(folder, "cut.so").reason, Contains("truncated"));
}

/// The template plugin with some bytes of its ELF header changed.
void add_patched(PluginFolder& folder, const std::string& name, std::streamoff offset, const std::vector<char>& bytes) {
  folder.add_template(name);
  std::fstream file(folder.file(name), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(offset).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

TEST_CASE("a truncated plugin is skipped even if it has no table of sections to miss") {
  PluginFolder folder;
  add_patched(folder, "cut.so", 40, std::vector<char>(8, 0));  // e_shoff
  std::fstream file(folder.file("cut.so"), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(58).write("\0\0\0\0\0\0", 6);  // e_shentsize, e_shnum, e_shstrndx
  file.close();
  fs::resize_file(folder.file("cut.so"), fs::file_size(BORNITE_TEMPLATE_PLUGIN) / 2);
  CHECK_THAT(load_beside_good(folder, "cut.so").reason, Contains("truncated"));
}

TEST_CASE("a plugin for another machine is skipped") {
  PluginFolder folder;
  add_patched(folder, "foreign.so", 18, {8, 0});  // e_machine
  CHECK_THAT(load_beside_good(folder, "foreign.so").reason, Contains("another machine") && Contains("machine 8"));
}

TEST_CASE("a program is not a plugin") {
  PluginFolder folder;
  add_patched(folder, "program.so", 16, {2, 0});  // e_type
  CHECK_THAT(load_beside_good(folder, "program.so").reason, Contains("not a shared object (ELF type 2)"));
}

TEST_CASE("a plugin that everybody may write to is skipped") {
  PluginFolder folder;
  folder.add_template("open.so");
  fs::permissions(folder.file("open.so"), fs::perms::others_write, fs::perm_options::add);
  const PluginReport report = load_beside_good(folder, "open.so");
  CHECK_THAT(report.reason, Contains("Everybody on this machine may write") && Contains("open.so"));
  CHECK_THAT(report.hint, Contains("chmod o-w"));
}

TEST_CASE("a folder, a pipe and a broken link called .so are skipped") {
  PluginFolder folder;
  SECTION("a folder") {
    fs::create_directory(folder.file("odd.so"));
    CHECK_THAT(load_beside_good(folder, "odd.so").reason, Contains("not a regular file"));
  }
  SECTION("a pipe") {
    REQUIRE(mkfifo(folder.file("odd.so").c_str(), 0600) == 0);
    CHECK_THAT(load_beside_good(folder, "odd.so").reason, Contains("not a regular file"));
  }
  SECTION("a broken link") {
    fs::create_symlink(folder.file("nowhere"), folder.file("odd.so"));
    CHECK_THAT(load_beside_good(folder, "odd.so").reason, Contains("cannot be opened"));
  }
}

TEST_CASE("the second plugin of a name is skipped and told who has it") {
  PluginFolder folder;
  folder.add_template("a.so");
  folder.add_template("b.so");
  const std::vector<PluginReport> reports = folder.load();
  REQUIRE(reports.size() == 2);
  CHECK(reports[0].loaded);
  CHECK(reports[0].path == folder.file("a.so"));
  CHECK_FALSE(reports[1].loaded);
  CHECK_THAT(reports[1].reason, Contains("name template is already taken by") && Contains("a.so"));
}

TEST_CASE("a plugin cannot take the name of a built-in engine") {
  PluginFolder folder;
  REQUIRE(folder.registry.add({.name = "template", .version = "1", .description = "mine", .create = {}}).has_value());
  folder.add_template();
  const std::vector<PluginReport> reports = folder.load();
  REQUIRE(reports.size() == 1);
  CHECK_FALSE(reports[0].loaded);
  CHECK_THAT(reports[0].reason, Contains("already taken by a built-in engine"));
  CHECK(folder.registry.find("template")->origin.built_in());
}

TEST_CASE("asking for a skipped plugin by name tells why it was skipped") {
  PluginFolder folder;
  folder.add_broken("wrong_abi");
  folder.add_template();
  static_cast<void>(folder.load());
  const auto backend = folder.registry.create("wrong_abi");
  REQUIRE_FALSE(backend.has_value());
  CHECK_THAT(backend.error().message, Contains("no backend called wrong_abi") && Contains("known are template") &&
                                          Contains(folder.file("wrong_abi.so").string()) &&
                                          Contains("ABI number is 99"));
}

TEST_CASE("many broken plugins together leave the good one working") {
  PluginFolder folder;
  const std::vector<std::string> broken{"wrong_magic",      "wrong_abi",     "wrong_size",   "wrong_build_tag",
                                        "malformed_name",   "no_entry",      "entry_throws", "entry_null",
                                        "undefined_symbol", "no_description"};
  for (const std::string& name : broken) folder.add_broken(name);
  folder.add_text("letter.so", "letter");
  folder.add_template("zzz.so");
  CHECK(folder.load().size() == broken.size() + 2);
  CHECK(folder.registry.names() == std::vector<std::string>{"template"});
  CHECK(folder.registry.skipped().size() == broken.size() + 1);
}

}  // namespace
}  // namespace bornite
