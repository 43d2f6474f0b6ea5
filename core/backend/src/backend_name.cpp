#include "backend_name.hpp"

#include <fmt/format.h>

namespace bornite {

Result<void> check_backend_name(std::string_view name) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  const bool good = !name.empty() && letters.find(name.front()) != std::string_view::npos &&
                    name.find_first_not_of(allowed) == std::string_view::npos;
  if (good) return {};
  return Error{ErrorKind::plugin, fmt::format("'{}' cannot be the name of a backend.", name),
               "Use lower-case letters, digits, '_' and '-', beginning with a letter."};
}

}  // namespace bornite
