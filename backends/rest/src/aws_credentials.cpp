#include "bornite/rest/aws_credentials.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "bornite/util/file.hpp"

namespace bornite {
namespace {

using Section = std::map<std::string, std::string, std::less<>>;

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

std::filesystem::path aws_file(const char* override_name, const char* usual_name) {
  if (std::string named = variable(override_name); !named.empty()) return named;
  return std::filesystem::path(variable("HOME")) / ".aws" / usual_name;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r";
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

/// The keys of "[name]"; nothing if the file or the section is missing. Indented lines belong to the key before them.
std::optional<Section> read_section(const std::filesystem::path& path, std::string_view name) {
  const auto contents = read_file(path);
  if (!contents) return std::nullopt;
  std::optional<Section> section;
  bool inside = false;
  for (std::string_view rest = *contents; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::string_view text = trimmed(line);
    if (text.empty() || text.front() == '#' || text.front() == ';') continue;
    if (text.front() == '[') {
      inside = trimmed(text.substr(1, text.find(']') - 1)) == name;
      if (inside && !section) section.emplace();
      continue;
    }
    const std::size_t equals = text.find('=');
    if (!inside || equals == std::string_view::npos || line.front() == ' ' || line.front() == '\t') continue;
    (*section)[std::string(trimmed(text.substr(0, equals)))] = std::string(trimmed(text.substr(equals + 1)));
  }
  return section;
}

std::string value_of(const std::optional<Section>& section, std::string_view key) {
  if (!section) return {};
  const auto place = section->find(key);
  return place == section->end() ? std::string() : place->second;
}

AwsCredentials credentials_in(const std::optional<Section>& section) {
  return {value_of(section, "aws_access_key_id"), Secret(value_of(section, "aws_secret_access_key")),
          Secret(value_of(section, "aws_session_token"))};
}

bool complete(const AwsCredentials& credentials) {
  return !credentials.access_key_id.empty() && !credentials.secret_access_key.empty();
}

}  // namespace

Result<AwsProfile> load_aws_profile() {
  const std::string named = variable("AWS_PROFILE");
  const std::string name = named.empty() ? "default" : named;
  const auto credentials_file = aws_file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
  const auto config_file = aws_file("AWS_CONFIG_FILE", "config");
  const auto config = read_section(config_file, name == "default" ? name : "profile " + name);

  AwsProfile profile;
  for (const std::string& region : {variable("AWS_REGION"), variable("AWS_DEFAULT_REGION"), value_of(config, "region")})
    if (profile.region.empty()) profile.region = region;
  profile.credentials = {variable("AWS_ACCESS_KEY_ID"), Secret(variable("AWS_SECRET_ACCESS_KEY")),
                         Secret(variable("AWS_SESSION_TOKEN"))};
  if (complete(profile.credentials)) return profile;
  profile.credentials = credentials_in(read_section(credentials_file, name));
  if (!complete(profile.credentials)) profile.credentials = credentials_in(config);
  if (complete(profile.credentials)) return profile;
  return Error{
      ErrorKind::authentication,
      fmt::format("There are no AWS credentials: neither in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, nor in "
                  "the profile \"{}\" of {} or {}.",
                  name, credentials_file.string(), config_file.string()),
      "Set the variables or AWS_PROFILE. Single sign-on, roles and processes are not followed: export what they "
      "give with `aws configure export-credentials --format env`."};
}

}  // namespace bornite
