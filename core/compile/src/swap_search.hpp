#pragma once
// One run of the router over a circuit.

#include <vector>

#include "bornite/compile/route.hpp"
#include "layout_problem.hpp"

namespace bornite {

/// Steps between all qubits of the device: entry a * size + b.
[[nodiscard]] std::vector<std::uint32_t> all_distances(const DeviceGraph& device);

/// Routes from this layout, forwards.
[[nodiscard]] Routed route_from(const ZzCircuit& circuit, const DeviceGraph& device,
                                const std::vector<std::uint32_t>& distances, std::vector<Qubit> layout);

}  // namespace bornite
