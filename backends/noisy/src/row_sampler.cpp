#include "row_sampler.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace bornite::noisy {
namespace {

/// Shots are cut into parts, each with a stream of random numbers of its own.
constexpr std::uint64_t least_part_shots = 256;
constexpr std::uint64_t most_parts = 1 << 14;

std::uint64_t shots_of_a_part(std::uint64_t shots) {
  return std::max(least_part_shots, (shots + most_parts - 1) / most_parts);
}

std::vector<double> event_probabilities(const NoiseProgram& program) {
  std::vector<double> probabilities;
  for (const FaultPlace& place : program.places) probabilities.push_back(place.probability);
  for (const ReadoutError& bit : program.readout)
    probabilities.push_back(std::max(bit.one_given_zero, bit.zero_given_one));
  return probabilities;
}

/// The bits of a set as those of the register that holds the qubits of `cone` alone.
QubitSet in_register(QubitSet set, QubitSet cone) {
  QubitSet result = 0;
  for (; set != 0; set &= set - 1)
    result |= qubit_set(static_cast<std::size_t>(std::popcount(cone & ((set & -set) - 1))));
  return result;
}

BoundGate in_register(BoundGate gate, QubitSet cone) {
  gate.controls = in_register(gate.controls, cone);
  gate.target = in_register(gate.target, cone);
  gate.other = in_register(gate.other, cone);
  return gate;
}

/// The outcome as the program's bits.
std::uint64_t read_bits(std::uint64_t outcome, std::span<const Qubit> measured) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i != measured.size(); ++i) bits |= (outcome >> measured[i] & 1) << i;
  return bits;
}

/// Finds the outcomes of shots with faults.
class FaultyShots {
 public:
  FaultyShots(const ShotPlan& plan, std::span<const BoundGate> gates, std::span<const Amplitude> amplitudes,
              RandomStream& random)
      : plan_(plan), gates_(gates), amplitudes_(amplitudes), random_(random) {}

  /// What becomes of a faultless outcome; `events` are numbers of the plan's clock.
  std::uint64_t outcome(std::uint64_t faultless, std::span<const std::size_t> events) {
    const std::size_t places = plan_.program.places.size();
    const auto misreadings = std::ranges::lower_bound(events, places);
    const std::span<const std::size_t> faults(events.begin(), misreadings);
    if (!faults.empty()) faultless = measure_again(faultless, faults);
    std::uint64_t bits = read_bits(faultless, plan_.program.measured);
    for (const std::size_t event : events.subspan(faults.size())) bits ^= misread(bits, event - places);
    return bits;
  }

 private:
  std::uint64_t measure_again(std::uint64_t outcome, std::span<const std::size_t> faults) {
    plan_.builder.build(faults, random_, trajectory_);
    const QubitSet cone = trajectory_.cone;
    if (cone == 0) return outcome ^ trajectory_.flips;
    outcome &= ~cone;
    register_.load(amplitudes_, cone, outcome);
    for (auto step = trajectory_.steps.rbegin(); step != trajectory_.steps.rend(); ++step) undo(*step);
    for (const Step& step : trajectory_.steps) apply(step);
    std::size_t measured = register_.measure(random_);
    for (QubitSet rest = cone; rest != 0; rest &= rest - 1, measured >>= 1)
      if (measured & 1) outcome |= rest & -rest;
    return outcome ^ trajectory_.flips;
  }

  void undo(const Step& step) {
    if (step.kind == Step::Kind::gate || step.kind == Step::Kind::inverse_gate)
      register_.apply(inverse(in_register(gates_[step.number], trajectory_.cone)));
  }

  void apply(const Step& step) {
    const QubitSet cone = trajectory_.cone;
    switch (step.kind) {
      case Step::Kind::gate: return register_.apply(in_register(gates_[step.number], cone));
      case Step::Kind::inverse_gate: return register_.apply(inverse(in_register(gates_[step.number], cone)));
      case Step::Kind::pauli:
        return register_.apply(Pauli{in_register(step.pauli.x, cone), in_register(step.pauli.z, cone)});
      case Step::Kind::relaxation: {
        const FaultPlace& place = plan_.program.places[step.number];
        return register_.relax(in_register(place.qubits, cone), place.kept, place.jump, random_);
      }
    }
  }

  /// The bit if it is misread. The clock has let the larger of both probabilities decide.
  std::uint64_t misread(std::uint64_t bits, std::size_t bit) {
    const ReadoutError& error = plan_.program.readout[bit];
    const double probability = (bits >> bit & 1) != 0 ? error.zero_given_one : error.one_given_zero;
    const double most = std::max(error.one_given_zero, error.zero_given_one);
    return random_.uniform() * most < probability ? qubit_set(bit) : 0;
  }

  const ShotPlan& plan_;
  std::span<const BoundGate> gates_;
  std::span<const Amplitude> amplitudes_;
  RandomStream& random_;
  Trajectory trajectory_;
  Register register_;
};

/// What happens to some of the shots.
struct Changes {
  std::vector<std::size_t> entries;     ///< of the faultless outcomes, one for each shot that changes
  std::vector<std::uint64_t> outcomes;  ///< in place of those
};

Result<ShotRow> merge(const NoiseProgram& program, const ShotRow& faultless, const std::vector<Changes>& all) {
  std::vector<std::uint64_t> counts(faultless.counts().begin(), faultless.counts().end());
  std::vector<std::uint64_t> words;
  for (std::size_t i = 0; i != faultless.size(); ++i)
    words.push_back(read_bits(faultless.strings()[i].index(), program.measured));
  for (const Changes& changes : all) {
    for (const std::size_t entry : changes.entries) --counts[entry];
    words.insert(words.end(), changes.outcomes.begin(), changes.outcomes.end());
  }
  counts.resize(words.size(), 1);
  return ShotRow::create(BitstringList(program.measured.size(), std::move(words)), std::move(counts),
                         faultless.shots());
}

}  // namespace

ShotPlan::ShotPlan(NoiseProgram noise_program)
    : program(std::move(noise_program)), builder(program), clock(event_probabilities(program)) {}

Result<ShotRow> add_faults(const ShotPlan& plan, std::span<const BoundGate> gates, const FaultlessShots& faultless,
                           const StreamKey& key) {
  const std::uint64_t shots = faultless.outcomes.shots();
  std::vector<std::uint64_t> ends(faultless.outcomes.size());  // of each outcome's shots, all in one line
  std::partial_sum(faultless.outcomes.counts().begin(), faultless.outcomes.counts().end(), ends.begin());
  const std::uint64_t part_shots = shots_of_a_part(shots);
  std::vector<Changes> changes((shots + part_shots - 1) / part_shots);
  parallel_for(changes.size(), [&](std::size_t part) {
    StreamKey own = key;
    own.block = static_cast<std::uint32_t>(part);
    RandomStream random(own);
    FaultyShots faulty(plan, gates, faultless.amplitudes, random);
    const std::uint64_t first = part * part_shots;
    plan.clock.run(std::min(part_shots, shots - first), random, [&](std::uint64_t shot, const auto& events) {
      const auto entry = std::ranges::upper_bound(ends, first + shot) - ends.begin();
      const auto index = static_cast<std::size_t>(entry);
      changes[part].entries.push_back(index);
      changes[part].outcomes.push_back(faulty.outcome(faultless.outcomes.strings()[index].index(), events));
    });
  });
  return merge(plan.program, faultless.outcomes, changes);
}

}  // namespace bornite::noisy
