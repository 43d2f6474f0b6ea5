#pragma once
// The shots of one row of parameters.

#include "event_clock.hpp"
#include "register.hpp"
#include "trajectory.hpp"
#include "turnable_circuit.hpp"

#include "bornite/backend/shot_table.hpp"
#include "bornite/statevector/statevector_backend.hpp"

namespace bornite::noisy {

/// What all rows of a request share. It stays where it is made, because its parts refer to each other.
struct ShotPlan {
  explicit ShotPlan(NoiseProgram noise_program);
  ShotPlan(const ShotPlan&) = delete;
  ShotPlan& operator=(const ShotPlan&) = delete;

  NoiseProgram program;
  TrajectoryBuilder builder;
  TurnableCircuit turnable;
  EventClock clock;  ///< of the places, and after them of the misreadings of each bit
};

/// One row: the state without faults, and as many shots of it as are wanted.
struct FaultlessShots {
  std::span<const double> theta;
  std::span<const Amplitude> amplitudes;  ///< 2^qubits of the program's circuit
  const ShotRow& outcomes;                ///< of all its qubits
};

/// The shots with what goes wrong in each: those with faults are taken out of `faultless` and put back as they become.
/// The seed of the key is for this row alone. The engine runs circuits anew where a cone is nearly all of the circuit.
[[nodiscard]] Result<ShotRow> add_faults(const ShotPlan& plan, const FaultlessShots& faultless,
                                         StatevectorBackend& engine, const StreamKey& key);

}  // namespace bornite::noisy
