#pragma once
// Targets from providers' descriptions of their devices and from files of our own.

#include "bornite/compile/target.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>
#include <string_view>

namespace bornite {

/// A text and what to call it in errors.
struct SourceText {
  std::string_view text;
  std::string_view source;
};

/// All readers refuse what they cannot use with the source and the key; gates that native_circuit.hpp does not know are
/// left out, as are those with a gate error of 1, which providers write for gates that are down. Where a provider gives no
/// error for one place of a gate, or for one qubit's readout, it counts as bad as the worst that is known.

/// IBM's backend configuration (n_qubits, basis_gates, gates, coupling_map, dt) and, unless its text is empty, backend
/// properties (qubits, gates). Both may lie in one document {"configuration": ..., "properties": ...}. A two-qubit gate
/// takes the places that its own coupling map lists. rzz takes angles in [0, pi/2].
[[nodiscard]] Result<Target> read_ibm_target(const SourceText& configuration, const SourceText& properties = {});

/// Braket's device capabilities: paradigm.{qubitCount, nativeGateSet, connectivity} and, where there is one,
/// standardized or provider-independent properties of qubits and pairs. Labels of qubits are kept as numbers: qubits
/// between them that do not exist are down.
[[nodiscard]] Result<Target> read_braket_target(const SourceText& capabilities);

/// IonQ's backend description (backend, qubits, supported_native_gates) and, unless its text is empty, a
/// characterization (connectivity, fidelity, timing). Without a list of gates they are gpi, gpi2 and ms; ms takes
/// angles in [0, pi/2] and zz in [-pi/2, pi/2].
[[nodiscard]] Result<Target> read_ionq_target(const SourceText& backend, const SourceText& characterization = {});

/// Our own form:
///     name = "example"
///     qubits = 5
///     couplings = [[0, 1], [1, 2], [2, 3], [3, 4]]   # or "all"; both ways unless directed = true
///     down = [4]                                     # qubits
///     one_given_zero = 0.01                          # these four: a number, or a list of one for each qubit
///     zero_given_one = 0.02
///     t1 = 1e-4
///     t2 = 1e-4
///     [gates.rz]
///     [gates.sx]
///     error = 0.001                                  # and duration, in seconds
///     errors = [[0, 0.002]]                          # and durations: of single qubits or pairs
///     [gates.cz]
///     error = 0.01
///     down = [[2, 3]]
///     [gates.rzz]
///     angles = [[0, 1.5707963267948966]]             # least and most of each angle; -inf and inf for any
[[nodiscard]] Result<Target> read_toml_target(const SourceText& toml);

/// Reads a file of any of these forms, told apart by its contents; a name that ends in .toml is our own. `properties`
/// may be empty: it is the second text of those forms that have one.
[[nodiscard]] Result<Target> load_target(const std::filesystem::path& path,
                                         const std::filesystem::path& properties = {});

}  // namespace bornite
