#pragma once
// The shots of one row of parameters.

#include "event_clock.hpp"
#include "register.hpp"
#include "trajectory.hpp"

#include "bornite/backend/shot_table.hpp"

namespace bornite::noisy {

/// What all rows of a request share. It stays where it is made, because its parts refer to each other.
struct ShotPlan {
  explicit ShotPlan(NoiseProgram noise_program);
  ShotPlan(const ShotPlan&) = delete;
  ShotPlan& operator=(const ShotPlan&) = delete;

  NoiseProgram program;
  TrajectoryBuilder builder;
  EventClock clock;  ///< of the places, and after them of the misreadings of each bit
};

/// The state without faults, and as many shots of it as are wanted.
struct FaultlessShots {
  std::span<const Amplitude> amplitudes;  ///< 2^qubits of the program's circuit
  const ShotRow& outcomes;                ///< of all its qubits
};

/// The shots with what goes wrong in each: those with faults are taken out of `faultless` and put back as they become.
/// The seed of the key is for this row alone.
[[nodiscard]] Result<ShotRow> add_faults(const ShotPlan& plan, std::span<const BoundGate> gates,
                                         const FaultlessShots& faultless, const StreamKey& key);

}  // namespace bornite::noisy
