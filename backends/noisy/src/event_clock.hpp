#pragma once
// Which of many rare events happen, shot by shot, at a cost of those that do.

#include "bornite/util/random.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bornite::noisy {

/// Independent events, each with its probability, that may happen in every shot. They are laid one after the other
/// along a line, event e over a length of -log(1 - p_e), and shots again one after the other. Points thrown on this
/// line by a Poisson process of unit rate hit e in a shot with probability p_e: so the gaps are exponential, and only
/// what is hit is looked at.
class EventClock {
 public:
  explicit EventClock(std::span<const double> probabilities);

  /// Draws the events of `shots` shots. Calls happened(shot, events) in ascending order for every shot with at least
  /// one; `events` ascend, too.
  template <typename Happened>
  void run(std::uint64_t shots, RandomStream& random, const Happened& happened) const;

 private:
  struct Hit {
    std::uint64_t shots_before = 0;
    std::size_t event = 0;
  };

  /// The first hit from event `from` of the present shot on; `shots_before` counts the shots in between, up to `most`.
  [[nodiscard]] Hit next(std::size_t from, std::uint64_t most, RandomStream& random) const;

  std::vector<double> ends_;  ///< of the events on the line, from 0
};

template <typename Happened>
void EventClock::run(std::uint64_t shots, RandomStream& random, const Happened& happened) const {
  std::vector<std::size_t> events;
  std::uint64_t shot = 0;
  std::size_t from = 0;
  const auto finish = [&] {
    if (!events.empty()) happened(shot, std::span<const std::size_t>(events));
    events.clear();
  };
  for (;;) {
    const Hit hit = next(from, shots - shot, random);
    if (hit.shots_before != 0) finish();
    shot += hit.shots_before;
    if (shot >= shots) return;
    events.push_back(hit.event);
    from = hit.event + 1;
  }
}

}  // namespace bornite::noisy
