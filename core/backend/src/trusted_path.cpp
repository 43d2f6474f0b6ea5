#include "trusted_path.hpp"

#include <fmt/format.h>

namespace bornite {
namespace {

namespace fs = std::filesystem;

bool has(fs::perms permissions, fs::perms bit) { return (permissions & bit) != fs::perms::none; }

Error writable(const fs::path& path, std::string_view kind) {
  return Error{
      ErrorKind::plugin, fmt::format("Everybody on this machine may write to the {} {}.", kind, path.string()),
      fmt::format("A plugin is native code: run chmod o-w {} once you are sure of its contents.", path.string())};
}

}  // namespace

Result<void> check_trusted(const fs::path& path) {
  bool may_be_sticky = false;
  for (fs::path part = path;; part = part.parent_path()) {
    std::error_code failure;
    const fs::file_status status = fs::status(part, failure);
    if (failure)
      return Error{ErrorKind::io, fmt::format("{} cannot be examined: {}.", part.string(), failure.message())};
    const bool directory = status.type() == fs::file_type::directory;
    const bool shielded = may_be_sticky && has(status.permissions(), fs::perms::sticky_bit);
    if (has(status.permissions(), fs::perms::others_write) && !shielded)
      return writable(part, directory ? "directory" : "file");
    // In a sticky directory nobody can replace our entries, but anybody can add a plugin of their own beside them.
    if (directory) may_be_sticky = true;
    if (part == part.parent_path()) return {};
  }
}

}  // namespace bornite
