#include "row_sampler.hpp"

#include "faulty_shots.hpp"

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

/// What happens to some of the shots.
struct Changes {
  std::vector<std::size_t> entries;     ///< of the faultless outcomes, one for each shot that changes
  std::vector<std::uint64_t> outcomes;  ///< in place of those
  Result<void> status{};
};

Result<ShotRow> merge(const NoiseProgram& program, const ShotRow& faultless, const std::vector<Changes>& all) {
  std::vector<std::uint64_t> counts(faultless.counts().begin(), faultless.counts().end());
  std::vector<std::uint64_t> words;
  for (std::size_t i = 0; i != faultless.size(); ++i)
    words.push_back(read_bits(faultless.strings()[i].index(), program.measured));
  for (const Changes& changes : all) {
    BORNITE_CHECK(changes.status);
    for (const std::size_t entry : changes.entries) --counts[entry];
    words.insert(words.end(), changes.outcomes.begin(), changes.outcomes.end());
  }
  counts.resize(words.size(), 1);
  return ShotRow::create(BitstringList(program.measured.size(), std::move(words)), std::move(counts),
                         faultless.shots());
}

}  // namespace

ShotPlan::ShotPlan(NoiseProgram noise_program)
    : program(std::move(noise_program)),
      builder(program),
      turnable(program.circuit),
      clock(event_probabilities(program)) {}

Result<ShotRow> add_faults(const ShotPlan& plan, const FaultlessShots& faultless, StatevectorBackend& engine,
                           const StreamKey& key) {
  const FaultyShots faulty(plan, faultless, engine);
  const std::uint64_t shots = faultless.outcomes.shots();
  std::vector<std::uint64_t> ends(faultless.outcomes.size());  // of each outcome's shots, all in one line
  std::partial_sum(faultless.outcomes.counts().begin(), faultless.outcomes.counts().end(), ends.begin());
  const std::uint64_t part_shots = shots_of_a_part(shots);
  std::vector<Changes> all((shots + part_shots - 1) / part_shots);
  parallel_for(all.size(), [&](std::size_t part) {
    StreamKey own = key;
    own.block = static_cast<std::uint32_t>(part);
    RandomStream random(own);
    FaultyShots::Workspace workspace;
    Changes& changes = all[part];
    const std::uint64_t first = part * part_shots;
    plan.clock.run(std::min(part_shots, shots - first), random, [&](std::uint64_t shot, const auto& events) {
      const auto entry = static_cast<std::size_t>(std::ranges::upper_bound(ends, first + shot) - ends.begin());
      const auto outcome = faulty.outcome(faultless.outcomes.strings()[entry].index(), events, random, workspace);
      if (!outcome) {
        changes.status = outcome.error();
        return;
      }
      changes.entries.push_back(entry);
      changes.outcomes.push_back(*outcome);
    });
  });
  return merge(plan.program, faultless.outcomes, all);
}

}  // namespace bornite::noisy
