#include "operation.hpp"

#include "bornite/circuit/native_circuit.hpp"

#include <algorithm>

namespace bornite {

std::vector<std::string> operation_names() {
  std::vector<std::string> names;
  for (auto kind = GateKind::x; kind <= GateKind::global_phase;
       kind = static_cast<GateKind>(static_cast<int>(kind) + 1))
    for (std::size_t controls = 0; controls <= 2; ++controls) names.push_back(operation_name(kind, controls));
  for (const NativeKind kind : native_kinds) names.emplace_back(to_string(kind));
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace bornite
