#pragma once
// Tokens and passwords: values that must never be printed, logged or stored.

#include "bornite/util/error.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>

namespace bornite {

/// A text that prints as "***". While it lives, scrubbed() takes it out of other texts; its memory is wiped at its end.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value);
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  [[nodiscard]] bool empty() const { return value_.empty(); }
  /// The text itself, to be handed to whom it is for and kept nowhere.
  [[nodiscard]] std::string_view reveal() const { return value_; }

 private:
  std::string value_;
};

/// Writes "***".
std::ostream& operator<<(std::ostream& stream, const Secret& secret);

/// The text with every living secret of four characters or more replaced by "***", also where it is percent-encoded or
/// has the escapes of JSON. For whatever comes from outside and is shown or stored. May be called from several threads.
[[nodiscard]] std::string scrubbed(std::string text);

/// The first line of a file that only its owner may read; spaces around it are dropped. Of what is not a regular file,
/// such as /dev/stdin, the rights are not asked for. ErrorKind::authentication if others may read it or it is empty.
[[nodiscard]] Result<Secret> read_secret_file(const std::filesystem::path& path);

}  // namespace bornite
