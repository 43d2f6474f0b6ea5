#pragma once
// The names of operations in dialects.

#include "bornite/circuit/gate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// One "c" for each control, then the kind's name.
[[nodiscard]] inline std::string operation_name(GateKind kind, std::size_t controls) {
  return std::string(controls, 'c').append(to_string(kind));
}

/// Every operation that a dialect can name: the kinds with up to two controls, and the native ones.
[[nodiscard]] std::vector<std::string> operation_names();

}  // namespace bornite
