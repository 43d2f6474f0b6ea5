#pragma once
// Swaps, for circuits that no layout suits.

#include "bornite/compile/layout.hpp"

namespace bornite {

struct Routed {
  ZzCircuit circuit;  ///< on the target's qubits; ZZ gates only between coupled ones
  std::vector<Qubit> initial_layout;
  std::vector<Qubit> final_layout;
  std::size_t swaps;
};

/// The circuit's operations at the places of a layout that is exact.
[[nodiscard]] ZzCircuit place(const ZzCircuit& circuit, const Layout& layout, const Target& target);

/// Moves qubits by swaps so that all pairs that interact come to be coupled, after SABRE (Li, Ding and Xie,
/// arXiv 1809.02573): of the swaps next to gates that wait, the one that brings these and some later ones closest, with
/// qubits moved just before left alone for a while. Each trial begins in another region of the device, goes forward and
/// back to find a layout to begin with, and forward; the one that loses least by the target's errors is kept.
/// ErrorKind::unsupported if the device has no connected part of so many qubits.
[[nodiscard]] Result<Routed> route(const ZzCircuit& circuit, const Target& target, const LayoutOptions& options);

}  // namespace bornite
