#include "bornite/emulator/client_files.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <filesystem>
#include <sstream>

#include "bornite/util/file.hpp"

namespace bornite::emulator {
namespace {

namespace fs = std::filesystem;

std::string token_name(const std::string& provider) { return provider + ".token"; }

/// A client refuses tokens that others may read, made-up ones too.
Result<void> write_token(const fs::path& path, const std::string& token) {
  BORNITE_CHECK(write_file_atomically(path, token + '\n'));
  std::error_code failure;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failure);
  if (failure)
    return Error{ErrorKind::io, fmt::format("The rights of {} cannot be set: {}.", path.string(), failure.message()),
                 "Name another folder with --store."};
  return {};
}

std::string configuration(const std::map<std::string, Access>& accesses, const Whereabouts& whereabouts,
                          const fs::path& folder) {
  toml::table backends;
  for (const auto& [provider, access] : accesses) {
    toml::table options;
    for (const auto& [key, value] : client_options(access, whereabouts)) options.insert(key, value);
    if (access.access_key.empty()) options.insert("token_file", (folder / token_name(provider)).string());
    backends.insert(provider, std::move(options));
  }
  std::ostringstream text;
  text << "# Makes bornite a client of the emulator. Each start of the emulator writes it anew.\n"
       << toml::table{{"backends", std::move(backends)}} << '\n';
  return text.str();
}

/// The text as one word of a shell.
std::string shell_word(std::string_view value) {
  std::string word = "'";
  for (const char c : value) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + '\'';
}

std::string commands(const std::map<std::string, Access>& accesses, const fs::path& folder) {
  std::string text = fmt::format(
      "# Makes bornite in this shell a client of the emulator.\n"
      "export BORNITE_CONFIG={}\nexport BORNITE_JOURNAL={}\n",
      shell_word((folder / "client.toml").string()), shell_word((folder / "jobs.sqlite").string()));
  for (const auto& [provider, access] : accesses)
    if (!access.access_key.empty())
      text += fmt::format("export AWS_ACCESS_KEY_ID={} AWS_SECRET_ACCESS_KEY={} AWS_REGION=us-east-1\n",
                          shell_word(access.access_key), shell_word(access.token));
  return text;
}

}  // namespace

std::map<std::string, std::string> client_options(const Access& access, const Whereabouts& whereabouts) {
  std::map<std::string, std::string> options = access.options;
  options["per_minute"] = "1000000";  // the emulator takes any number of jobs, and lists them at once
  options["lookup_delay"] = "0";
  for (const auto& [option, path] : access.addresses) options[option] = whereabouts.address + path;
  if (!whereabouts.authority_file.empty()) options["ca_file"] = fs::absolute(whereabouts.authority_file).string();
  return options;
}

Result<fs::path> write_client_files(const std::map<std::string, Access>& accesses, const Whereabouts& whereabouts,
                                    const fs::path& named) {
  const fs::path folder = fs::absolute(named);
  for (const auto& [provider, access] : accesses)
    if (access.access_key.empty()) BORNITE_CHECK(write_token(folder / token_name(provider), access.token));
  BORNITE_CHECK(write_file_atomically(folder / "client.toml", configuration(accesses, whereabouts, folder)));
  BORNITE_CHECK(write_file_atomically(folder / "client.sh", commands(accesses, folder)));
  return named / "client.sh";
}

}  // namespace bornite::emulator
