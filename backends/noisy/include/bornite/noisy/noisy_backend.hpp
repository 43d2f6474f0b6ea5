#pragma once
// The local stand-in for a device: circuits whose gates and readout err.

#include "bornite/backend/backend.hpp"
#include "bornite/backend/registry.hpp"
#include "bornite/compile/target.hpp"
#include "bornite/util/error.hpp"

#include <memory>
#include <optional>

namespace bornite {

/// How a noisy backend gets its shots.
enum class NoisyMode {
  trajectories,  ///< errors are drawn for each shot
  density,       ///< from the exact distribution, by a density matrix of up to most_density_qubits
};

inline constexpr std::size_t most_density_qubits = 12;

/// How much goes wrong. Without a target, depolarising noise as in the noise study of Carrasquilla et al.
/// (arXiv 2301.08292): after every gate on one qubit X, Y or Z with probability p1 / 3 each, after every gate on more
/// qubits each Pauli operator but the identity with equal probability, p2 in all; p1 = 0.001 f, p2 = 0.00375 f. And
/// errors of readout, the same for all qubits.
///
/// With a target, circuits are compiled for it, and its gates, its qubits' T1 and T2 and its readout err as it says; f
/// scales the errors of gates and the rates of relaxation.
struct NoisyOptions {
  static constexpr double one_qubit_error = 0.001;  ///< at f = 1
  static constexpr double two_qubit_error = 0.00375;
  /// Where the larger of both probabilities is 1.
  static constexpr double largest_f = 1 / two_qubit_error;

  double f = 1;               ///< from 0 to largest_f
  double one_given_zero = 0;  ///< probability of reading 1 where a qubit is 0; a target has its own
  double zero_given_one = 0;  ///< and 0 where it is 1
  NoisyMode mode = NoisyMode::trajectories;
  std::optional<Target> target{};
};

/// From options written as text: f, one_given_zero, zero_given_one, and mode = trajectories or density. They may also
/// be written as the backend's device, as in "f=0.5,zero_given_one=0.02", which wins, and which a run keeps with the
/// backend's name. A part of the device without '=' is a target's file, as load_target() reads it, with or without
/// .toml or .json, here or in a folder of BORNITE_TARGET_PATH (with colons between them); properties = FILE is its
/// second one. ErrorKind::configuration for other options, and for what is no number.
[[nodiscard]] Result<NoisyOptions> read_noisy_options(const std::string& device, const BackendOptions& texts);

/// A backend of these options; shots alone, no probabilities. All rows of a request are run in submit(), and the job is
/// done when it returns. The same stream gives the same shots for any number of threads. ErrorKind::configuration for
/// options out of their range.
[[nodiscard]] Result<std::unique_ptr<QuantumBackend>> make_noisy_backend(const NoisyOptions& options);

}  // namespace bornite
