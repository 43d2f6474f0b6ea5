#include "event_clock.hpp"

#include <algorithm>
#include <cmath>

namespace bornite::noisy {

EventClock::EventClock(std::span<const double> probabilities) {
  constexpr double certain = 40;  // all but 4e-18 of the time
  double end = 0;
  for (const double p : probabilities) ends_.push_back(end += std::min(certain, -std::log1p(-p)));
}

EventClock::Hit EventClock::next(std::size_t from, std::uint64_t most, RandomStream& random) const {
  const double length = ends_.empty() ? 0.0 : ends_.back();
  if (length <= 0.0) return {.shots_before = most};
  const double start = from == 0 ? 0.0 : ends_[from - 1];
  const double place = start - std::log1p(-random.uniform());
  const double shots = std::floor(place / length);
  if (shots >= static_cast<double>(most)) return {.shots_before = most};
  const double rest = place - shots * length;
  const auto event_at = [&](double at) {
    return static_cast<std::size_t>(std::ranges::upper_bound(ends_, at) - ends_.begin());
  };
  const auto shots_before = static_cast<std::uint64_t>(shots);
  const std::size_t event = event_at(rest);
  if (event == ends_.size()) return {shots_before + 1, event_at(0.0)};  // rounded up to where the next shot begins
  return {shots_before, event};
}

}  // namespace bornite::noisy
