#pragma once
// The outcomes of shots in which something goes wrong.

#include "register.hpp"
#include "row_sampler.hpp"

namespace bornite::noisy {

/// The outcome as the program's bits.
[[nodiscard]] std::uint64_t read_bits(std::uint64_t outcome, std::span<const Qubit> measured);

/// Everything is referred to and must live as long. May be used from several threads at once.
class FaultyShots {
 public:
  /// Of one thread; serves for any number of shots.
  struct Workspace {
    Trajectory trajectory;
    Register cone;
    std::vector<double> angles;
  };

  FaultyShots(const ShotPlan& plan, const FaultlessShots& faultless, StatevectorBackend& engine);

  /// What becomes of a faultless outcome of all qubits, as the program's bits; `events` are numbers of the plan's
  /// clock.
  [[nodiscard]] Result<std::uint64_t> outcome(std::uint64_t faultless, std::span<const std::size_t> events,
                                              RandomStream& random, Workspace& workspace) const;

 private:
  [[nodiscard]] std::uint64_t measure_cone(std::uint64_t outcome, RandomStream& random, Workspace& workspace) const;
  [[nodiscard]] Result<std::uint64_t> measure_anew(RandomStream& random, Workspace& workspace) const;
  /// Whether to run the whole circuit anew is less work than to go through the cone, and possible.
  [[nodiscard]] bool is_wide(const Trajectory& trajectory) const;
  void undo(const Step& step, Workspace& workspace) const;
  void apply(const Step& step, RandomStream& random, Workspace& workspace) const;
  /// The bit if it is misread. The clock has let the larger of both probabilities decide.
  [[nodiscard]] std::uint64_t misread(std::uint64_t bits, std::size_t bit, RandomStream& random) const;

  const ShotPlan& plan_;
  std::span<const Amplitude> amplitudes_;
  StatevectorBackend& engine_;
  std::vector<BoundGate> gates_;
  std::vector<double> angles_;  // of the turnable circuit
};

}  // namespace bornite::noisy
