#include "bornite/compile/layout.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <set>

#include "../circuit/random_circuit.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/compile/compile.hpp"
#include "bornite/compile/emit.hpp"
#include "bornite/compile/route.hpp"
#include "bornite/compile/verify.hpp"
#include "catch.hpp"
#include "fixtures.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// A grid of qubits with couplings of random quality.
Target random_grid(std::size_t width, std::size_t height, std::uint64_t seed) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::test});
  Target target{"grid", std::vector<QubitFigures>(width * height), {}};
  for (QubitFigures& qubit : target.qubits) qubit.one_given_zero = qubit.zero_given_one = 0.05 * random.uniform();
  TargetGate cz{NativeKind::cz}, rz{.kind = NativeKind::rz, .everywhere = true}, sx{.kind = NativeKind::sx};
  for (Qubit q = 0; q < target.qubits.size(); ++q) {
    sx.places[{q, q}] = {.error = 0.001 * random.uniform()};
    if (q % width + 1 < width) cz.places[{q, q + 1}] = {.error = 0.02 * random.uniform()};
    if (q + width < target.qubits.size())
      cz.places[{q, static_cast<Qubit>(q + width)}] = {.error = 0.02 * random.uniform()};
  }
  target.gates = {cz, rz, sx};
  return target;
}

ZzCircuit simplified(const Circuit& circuit) { return simplify(to_zz_circuit(circuit), {}); }

double success_at(const ZzCircuit& circuit, const std::vector<Qubit>& layout, const Target& target) {
  NativeCircuit native = emit(place(circuit, {layout, true}, target), target, true).value();
  native.measured = layout;
  return success_probability(native, target);
}

bool is_coupled(const Target& target, Qubit a, Qubit b) {
  return choose_zz_gate(target, a, b, std::numbers::pi / 2).has_value();
}

/// Self-avoiding random walks of so many qubits.
std::vector<Qubit> random_line(const Target& target, std::size_t length, RandomStream& random) {
  for (;;) {
    std::vector<Qubit> walk{static_cast<Qubit>(random() % target.qubits.size())};
    while (walk.size() < length) {
      std::vector<Qubit> next;
      for (Qubit q = 0; q < target.qubits.size(); ++q)
        if (std::ranges::find(walk, q) == walk.end() && is_coupled(target, walk.back(), q)) next.push_back(q);
      if (next.empty()) break;
      walk.push_back(next[random() % next.size()]);
    }
    if (walk.size() == length) return walk;
  }
}

/// The success of the best of all placements of a line, one by one.
double best_line_by_enumeration(const ZzCircuit& circuit, const Target& target) {
  double best = 0;
  std::vector<Qubit> walk;
  const std::function<void()> extend = [&] {
    if (walk.size() == circuit.qubits()) {
      best = std::max(best, success_at(circuit, walk, target));
      return;
    }
    for (Qubit q = 0; q < target.qubits.size(); ++q) {
      if (std::ranges::find(walk, q) != walk.end() || (!walk.empty() && !is_coupled(target, walk.back(), q))) continue;
      walk.push_back(q);
      extend();
      walk.pop_back();
    }
  };
  extend();
  return best;
}

}  // namespace

TEST_CASE("the best line of a small device is found") {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    const Target target = random_grid(3, 3, seed);
    const ZzCircuit circuit = simplified(make_ansatz(AnsatzKind::brickwork, 5, 4));
    const double best = best_line_by_enumeration(circuit, target);
    // Both searches together, branch and bound alone, and annealing alone.
    for (const auto& [work, moves] :
         {std::pair<std::size_t, std::size_t>{5'000'000, 20'000}, {5'000'000, 0}, {0, 20'000}}) {
      CAPTURE(seed, work, moves);
      const Layout layout = find_layout(circuit, target, {.embedding_work = work, .line_moves = moves}).value();
      REQUIRE(layout.exact);
      CHECK(success_at(circuit, layout.qubits, target) == Approx(best).epsilon(1e-12));
    }
  }
}

TEST_CASE("rings, stars and grids are placed without swaps where the device has them") {
  const Target target = random_grid(4, 4, 9);
  Circuit grid(6), star(5);
  for (const Circuit& circuit : {Circuit(6), Circuit(5)}) CHECK(find_layout(simplified(circuit), target, {})->exact);
  for (Qubit q = 0; q < 6; ++q) grid.h(q);
  for (const auto& [a, b] : {std::pair<Qubit, Qubit>{0, 1}, {1, 2}, {3, 4}, {4, 5}, {0, 3}, {1, 4}, {2, 5}})
    grid.cz(a, b);
  for (Qubit q = 0; q < 6; ++q) grid.ry(q, Angle::of(q));
  for (Qubit q = 0; q < 5; ++q) star.h(q);
  for (Qubit q = 1; q < 5; ++q) star.cz(0, q);
  for (Qubit q = 0; q < 5; ++q) star.h(q);
  for (const Circuit& circuit : {make_ansatz(AnsatzKind::ring, 8, 3), grid, star}) {
    const Compiled compiled = compile(circuit, target).value();
    CHECK(compiled.report.swaps == 0);
    CHECK(verify(circuit, compiled, target));
  }
  CHECK_FALSE(
      find_layout(simplified(make_ansatz(AnsatzKind::ring, 7, 3)), target, {})->exact);  // grids have no odd rings
}

TEST_CASE("routed circuits use couplings only, and end where they say") {
  RandomStream random({.seed = 30, .purpose = StreamPurpose::test});
  for (int repeat = 0; repeat < 5; ++repeat) {
    const Target target = random_grid(3, 3, random() % 100);
    const Circuit circuit = make_ansatz(AnsatzKind::all_to_all, 6, 2);
    const ZzCircuit zz = simplified(circuit);
    CHECK_FALSE(find_layout(zz, target, {})->exact);
    const Routed routed = route(zz, target, {.seed = random()}).value();
    CHECK(routed.swaps > 0);
    for (const auto& operation : routed.circuit.operations())
      if (const auto* gate = std::get_if<ZzOperation>(&operation)) CHECK(is_coupled(target, gate->first, gate->second));
    CHECK(std::set<Qubit>(routed.final_layout.begin(), routed.final_layout.end()).size() == 6);
    const Compiled compiled = compile(circuit, target).value();
    CHECK(compiled.report.swaps > 0);
    CHECK(compiled.circuit.measured == compiled.final_layout);
    CHECK(verify(circuit, compiled, target).value() == Verification::equal_distributions);
  }
}

TEST_CASE("a line as long as a device allows is found by bending") {
  const Target target = random_grid(6, 6, 3);
  const Circuit circuit = make_ansatz(AnsatzKind::linear, 36, 2);
  const Compiled compiled = compile(circuit, target).value();
  CHECK(compiled.report.swaps == 0);
  CHECK(verify(circuit, compiled, target).value() == Verification::checked);
}

TEST_CASE("brickwork circuits on a real device need no swaps and beat a thousand random lines") {
  const auto target = real_device();
  if (!target) {
    WARN("skipped: the description of a real device is not at hand");
    return;
  }
  for (const std::size_t qubits : {17, 18, 19}) {
    const Circuit circuit = make_ansatz(AnsatzKind::brickwork, qubits, 4);
    const Compiled compiled = compile(circuit, *target).value();
    CHECK(compiled.report.swaps == 0);
    CHECK(verify(circuit, compiled, *target).value() == Verification::equal_distributions);
    RandomStream random({.seed = qubits, .purpose = StreamPurpose::test});
    const ZzCircuit zz = simplified(circuit);
    double best = 0;
    for (int line = 0; line < 1000; ++line)
      best = std::max(best, success_at(zz, random_line(*target, qubits, random), *target));
    INFO("N = " << qubits << ": best of 1000 random lines " << best << ", found "
                << compiled.report.success_probability);
    CHECK(compiled.report.success_probability >= best);
  }
}

TEST_CASE("a swap right after a gate on the same pair takes one gate more, or two") {
  const Target target = read_toml_target({"qubits = 3\ncouplings = [[0, 1], [1, 2]]\n[gates.rz]\n[gates.sx]\n"
                                          "error = 0.001\n[gates.cz]\nerror = 0.01",
                                          "line"})
                            .value();
  for (const auto& [angle, most] : {std::pair(Angle::constant(std::numbers::pi), 4), {Angle::of(0), 7}}) {
    Circuit circuit(3);  // three qubits that all interact, on a line: one swap
    for (Qubit q = 0; q < 3; ++q) circuit.ry(q, Angle::constant(0.3 + q));
    for (const auto& [a, b] : {std::pair<Qubit, Qubit>{0, 1}, {1, 2}, {0, 2}}) {
      circuit.append({GateKind::phase, {b}, {a}, angle});
      for (Qubit q = 0; q < 3; ++q) circuit.ry(q, Angle::constant(0.7 - q));
    }
    const Compiled compiled = compile(circuit, target).value();
    CHECK(compiled.report.swaps == 1);
    CHECK(compiled.report.after.two_qubit_gates <= static_cast<std::size_t>(most));
    CHECK(verify(circuit, compiled, target));
  }
}
