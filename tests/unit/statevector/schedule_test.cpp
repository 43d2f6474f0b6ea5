// Orders of primitives against the order they were given in, applied one by one to random states.

#include "schedule.hpp"
#include "catch.hpp"
#include "framed_schedule.hpp"
#include "groups.hpp"
#include "random_circuit.hpp"
#include "stages.hpp"

#include <algorithm>
#include <complex>

namespace bornite::statevector {
namespace {

using State = std::vector<std::complex<double>>;
using test::below;

constexpr std::size_t qubits = 8;

State random_state(RandomStream& random) {
  State state(std::size_t{1} << qubits);
  for (auto& amplitude : state) amplitude = {random.uniform() - 0.5, random.uniform() - 0.5};
  return state;
}

/// Mostly X and CX; each other primitive has up to `most_ones` controls.
std::vector<Primitive> random_primitives(RandomStream& random, std::size_t size, std::size_t most_ones) {
  std::vector<Primitive> result;
  while (result.size() != size) {
    Primitive primitive{Primitive::Kind::flip, static_cast<Qubit>(below(random, qubits)), 0,
                        Angle::constant(random.uniform())};
    const std::size_t draw = below(random, 6);
    if (draw == 0) primitive.kind = Primitive::Kind::rotation;
    if (draw == 1) primitive.kind = Primitive::Kind::phase;
    const std::size_t ones = draw > 2 ? 1 : below(random, most_ones + 1);
    for (std::size_t i = 0; i != ones; ++i) primitive.ones |= qubit_set(below(random, qubits));
    if (primitive.kind == Primitive::Kind::phase)
      primitive.target = 0;
    else
      primitive.ones &= ~qubit_set(primitive.target);
    result.push_back(primitive);
  }
  return result;
}

void apply(const Primitive& primitive, State& state) {
  const double angle = primitive.angle.value({});
  const std::size_t step = std::size_t{1} << primitive.target;
  for (std::size_t x = 0; x != state.size(); ++x) {
    if ((x & primitive.ones) != primitive.ones) continue;
    if (primitive.kind == Primitive::Kind::phase) {
      state[x] *= std::polar(1.0, angle);
    } else if ((x & step) == 0) {
      const auto low = state[x];
      const auto high = state[x | step];
      const bool flip = primitive.kind == Primitive::Kind::flip;
      const double c = flip ? 0.0 : std::cos(angle);
      const double s = flip ? 1.0 : std::sin(angle);
      state[x] = c * low + (flip ? s : -s) * high;
      state[x | step] = s * low + c * high;
    }
  }
}

double distance(const State& a, const State& b) {
  double largest = 0;
  for (std::size_t x = 0; x != a.size(); ++x) {
    const double d = std::abs(a[x] - b[x]);
    largest = d <= largest ? largest : d;  // keeps a NaN
  }
  return largest;
}

/// Tiles of 2^5 amplitudes with 4 columns.
Layout small_tiles() {
  Layout layout(qubits, Precision::complex128);
  layout.tile = 5;
  layout.columns = 2;
  return layout;
}

/// The passes one after the other, each as its groups; what has a target has it in the window.
State run(const std::vector<ScheduledPass>& passes, State state) {
  for (const ScheduledPass& pass : passes)
    for (const Group& group : group_primitives(pass, small_tiles(), 3))
      for (const Primitive& primitive : group.primitives) {
        CHECK((primitive.changes() & ~pass.window.members()) == 0);
        apply(primitive, state);
      }
  return state;
}

}  // namespace

TEST_CASE("passes have the effect of the primitives in their given order") {
  const Layout layout = small_tiles();
  std::size_t framed = 0;
  for (std::uint64_t seed = 0; seed != 200; ++seed) {
    RandomStream random({.seed = seed, .purpose = StreamPurpose::test});
    const std::vector<Primitive> primitives = random_primitives(random, 1 + below(random, 60), seed % 4);
    const State start = random_state(random);
    State expected = start;
    for (const Primitive& primitive : primitives) apply(primitive, expected);
    CAPTURE(seed);
    CHECK(distance(run(schedule(primitives, layout), start), expected) < 1e-12);
    for (const WindowChoice windows : {WindowChoice::fullest, WindowChoice::lowest, WindowChoice::highest})
      for (const bool leave_rests : {false, true}) {
        const auto passes = schedule_framed(primitives, layout, {windows, leave_rests});
        if (!passes) continue;
        ++framed;
        CHECK(distance(run(*passes, start), expected) < 1e-12);
      }
  }
  CHECK(framed > 600);
}

TEST_CASE("a pass in stages has the effect of its primitives, and the highest qubits are woken last") {
  Layout layout = small_tiles();
  layout.tile = 7;
  const Window window{2, 0x7c};
  std::size_t later = 0;
  for (std::uint64_t seed = 0; seed != 300; ++seed) {
    RandomStream random({.seed = seed, .purpose = StreamPurpose::test, .row = 1});
    ScheduledPass pass{window, {}};
    for (const Primitive& primitive : random_primitives(random, 1 + below(random, 60), seed % 3))
      if ((primitive.changes() & ~window.members()) == 0) pass.primitives.push_back(primitive);
    const QubitSet zero = window.members() & ~(qubit_set(below(random, 7)) - 1);
    const State start = random_state(random);
    State expected = start;
    State actual = start;
    for (const Primitive& primitive : pass.primitives) apply(primitive, expected);
    const auto woken_after = [&](const std::vector<Group>& groups) {  // how many groups come before the last qubit's
      std::size_t before = 0;
      for (const Group& group : groups) {
        if (std::ranges::any_of(group.primitives, [](const Primitive& p) { return p.changes() == qubit_set(6); }))
          break;
        ++before;
      }
      return before;
    };
    const std::vector<Group> groups = stage_groups(pass, zero, layout, 3);
    for (const Group& group : groups)
      for (const Primitive& primitive : group.primitives) apply(primitive, actual);
    CAPTURE(seed);
    CHECK(distance(actual, expected) < 1e-12);
    if (zero != 0 && woken_after(groups) > woken_after(group_primitives(pass, layout, 3))) ++later;
  }
  CHECK(later > 30);
}

TEST_CASE("a CX network alone needs few passes") {
  const Layout layout = small_tiles();
  for (std::uint64_t seed = 0; seed != 50; ++seed) {
    RandomStream random({.seed = seed, .purpose = StreamPurpose::test});
    std::vector<Primitive> network;
    while (network.size() != 100) {
      const QubitSet control = qubit_set(below(random, qubits));
      const auto target = static_cast<Qubit>(below(random, qubits));
      if (control != qubit_set(target)) network.push_back({Primitive::Kind::flip, target, control, {}});
    }
    CHECK(schedule(network, layout).size() <= 6);
  }
}

}  // namespace bornite::statevector
