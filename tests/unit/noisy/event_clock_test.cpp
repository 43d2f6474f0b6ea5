#include "event_clock.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"

namespace bornite {
namespace {

using noisy::EventClock;

TEST_CASE("every event happens with its probability, and with others as if they were alone") {
  const std::vector<double> p{0.0, 0.3, 0.001, 1.0, 0.02, 0.0, 0.5, 0.0};
  const EventClock clock(p);
  RandomStream random({.seed = 5, .purpose = StreamPurpose::test});
  constexpr std::uint64_t shots = 400'000;
  std::vector<std::vector<double>> together(p.size(), std::vector<double>(p.size()));
  std::uint64_t last = 0;
  clock.run(shots, random, [&](std::uint64_t shot, std::span<const std::size_t> events) {
    CHECK(shot < shots);
    if (shot < last || !std::ranges::is_sorted(events, std::ranges::less_equal())) FAIL("not in order");
    last = shot;
    for (const std::size_t a : events)
      for (const std::size_t b : events) ++together[a][b];
  });
  for (std::size_t a = 0; a != p.size(); ++a)
    for (std::size_t b = 0; b != p.size(); ++b) {
      const double both = a == b ? p[a] : p[a] * p[b];
      const double n = static_cast<double>(shots);
      CAPTURE(a, b);
      CHECK(std::abs(together[a][b] - n * both) <= 4.5 * std::sqrt(n * both * (1 - both)));
    }
}

TEST_CASE("nothing happens where nothing can") {
  RandomStream random({.seed = 5, .purpose = StreamPurpose::test});
  for (const std::vector<double>& p : {std::vector<double>{}, std::vector<double>{0.0, 0.0}})
    EventClock(p).run(1'000'000'000'000, random, [](std::uint64_t, std::span<const std::size_t>) { FAIL("happened"); });
  int happened = 0;
  EventClock(std::vector<double>{0.5}).run(0, random, [&](std::uint64_t, std::span<const std::size_t>) { ++happened; });
  CHECK(happened == 0);
}

TEST_CASE("a certain event happens in every shot") {
  RandomStream random({.seed = 6, .purpose = StreamPurpose::test});
  std::uint64_t next = 0;
  EventClock(std::vector<double>{1.0}).run(1000, random, [&](std::uint64_t shot, std::span<const std::size_t> events) {
    CHECK(shot == next++);
    CHECK(events.size() == 1);
  });
  CHECK(next == 1000);
}

}  // namespace
}  // namespace bornite
