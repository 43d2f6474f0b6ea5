#pragma once
// The circuit families that a trainer can choose from.

#include "bornite/circuit/circuit.hpp"
#include "bornite/util/error.hpp"

#include <array>
#include <string_view>

namespace bornite {

enum class AnsatzKind { product, brickwork, linear, ring, all_to_all };

inline constexpr std::array ansatz_kinds{AnsatzKind::product, AnsatzKind::brickwork, AnsatzKind::linear,
                                         AnsatzKind::ring, AnsatzKind::all_to_all};

[[nodiscard]] std::string_view to_string(AnsatzKind kind);
/// Refuses an unknown name with the list of known ones.
[[nodiscard]] Result<AnsatzKind> parse_ansatz(std::string_view name);

/// `depth` blocks on `qubits` qubits, each a layer of CX gates, then Ry on every qubit, then Rz on every qubit:
/// 2 * qubits * depth parameters, in the order block by block, Ry of qubit 0..N-1, Rz of qubit 0..N-1.
///
/// The CX layers (control first) are
///   product     none;
///   brickwork   block 1, 3, ...: (1,2), (3,4), ...; block 2, 4, ...: (0,1), (2,3), ... (Carrasquilla et al.,
///               arXiv 2301.08292, whose qubits count from 1);
///   linear      (0,1), (1,2), ..., (N-2,N-1);
///   ring        linear and then (N-1,0), when N > 2;
///   all_to_all  (i,j) for all i < j, in lexicographic order.
/// The first CX layer acts on |0...0> and the last Rz layer changes no probability; both are part of the circuit.
/// Throws std::invalid_argument if `qubits` or `depth` is zero.
[[nodiscard]] Circuit make_ansatz(AnsatzKind kind, std::size_t qubits, std::size_t depth);

}  // namespace bornite
