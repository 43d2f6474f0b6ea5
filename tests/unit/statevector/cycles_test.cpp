// Renumberings in place, on all instruction sets: against the flips one by one.

#include "cycles.hpp"
#include "catch.hpp"
#include "kernels.hpp"
#include "permutation.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <array>
#include <complex>

namespace bornite::statevector {
namespace {

using State = std::vector<std::complex<double>>;
using test::below;

/// X and CX that mostly keep to pairs of neighbours, as those of a brickwork do.
std::vector<Primitive> random_flips(RandomStream& random, std::size_t qubits) {
  std::vector<Primitive> result;
  const std::size_t first = below(random, 2);
  for (std::size_t i = first; i + 1 < qubits; i += 2) {
    const bool up = below(random, 4) != 0;
    result.push_back({Primitive::Kind::flip, static_cast<Qubit>(up ? i + 1 : i), qubit_set(up ? i : i + 1), {}});
  }
  for (std::size_t more = below(random, 3); more != 0; --more)
    result.push_back({Primitive::Kind::flip, static_cast<Qubit>(below(random, qubits)), 0, {}});
  return result;
}

void flip_all(std::span<const Primitive> flips, State& state) {
  for (const Primitive& flip : flips)
    for (std::size_t x = 0; x != state.size(); ++x)
      if ((x & flip.ones) == flip.ones && (x & qubit_set(flip.target)) == 0)
        std::swap(state[x], state[x | qubit_set(flip.target)]);
}

/// A tile of whole numbers, which both precisions hold exactly, and the same as amplitudes.
template <typename Real>
struct Tile {
  std::vector<Block> blocks;
  State state;

  Tile(RandomStream& random, std::size_t qubits) : state(std::size_t{1} << qubits) {
    for (auto& amplitude : state)
      amplitude = {static_cast<double>(below(random, 1 << 20)), static_cast<double>(below(random, 1 << 20))};
    blocks.resize(state.size() * sizeof(Real) / line_bytes);
    for (std::size_t x = 0; x != state.size(); ++x) {
      number(x, 0) = static_cast<Real>(state[x].real());
      number(x, 1) = static_cast<Real>(state[x].imag());
    }
  }

  Real& number(std::size_t x, std::size_t half) {
    constexpr std::size_t lanes = line_bytes / sizeof(Real);
    return reinterpret_cast<Real*>(blocks[x / lanes].bytes[half])[x % lanes];
  }

  double distance() {
    double result = 0.0;
    for (std::size_t x = 0; x != state.size(); ++x)
      result = std::max({result, std::abs(number(x, 0) - state[x].real()), std::abs(number(x, 1) - state[x].imag())});
    return result;
  }
};

struct Tables {
  alignas(line_bytes) std::array<double, 256> data;
  PhaseTables sizes;

  /// Products of quarter turns, which are exact.
  Tables(RandomStream& random, std::size_t qubits)
      : sizes{std::size_t{1} << table_columns, std::size_t{1} << (qubits - table_columns), data.data()} {
    double* factor = data.data();
    for (const std::size_t size : {sizes.low_size, sizes.high_size}) {
      for (std::size_t i = 0; i != size; ++i) {
        const std::size_t turns = below(random, 4);
        factor[i] = turns == 0 ? 1 : turns == 2 ? -1 : 0;
        factor[size + i] = turns == 1 ? 1 : turns == 3 ? -1 : 0;
      }
      factor += 2 * size;
    }
  }

  std::complex<double> operator[](std::size_t x) const {
    const auto at = [](const double* factor, std::size_t size, std::size_t i) {
      return std::complex<double>(factor[i], factor[size + i]);
    };
    return at(data.data(), sizes.low_size, x % sizes.low_size) *
           at(data.data() + 2 * sizes.low_size, sizes.high_size, x / sizes.low_size);
  }
};

/// How many of the maps had cycles of each unit.
using Found = std::array<std::size_t, 3>;

template <typename Real>
void check_in_place(RandomStream& random, const Kernels& kernels, Found& found) {
  const std::size_t lane_qubits = sizeof(Real) == sizeof(double) ? 3 : 4;
  const std::size_t qubits = 6 + below(random, 4);
  const std::vector<Primitive> flips = random_flips(random, qubits);
  const Window window{qubits, 0};
  if (!is_permutation(flips, window, lane_qubits)) return;
  const Permutation map = make_permutation(flips, window, lane_qubits, std::size_t{1} << (qubits - lane_qubits));
  if (map.cycles.steps.empty()) return;
  ++found.at(map.cycles.unit);
  Tile<Real> tile(random, qubits);
  flip_all(flips, tile.state);
  kernels.permute_in_place(tile.blocks.data(), map.cycles);
  CHECK(tile.distance() == 0.0);
  const Tables phases(random, qubits);
  for (std::size_t x = 0; x != tile.state.size(); ++x) tile.state[x] *= phases[x];
  flip_all(flips, tile.state);
  kernels.permute_phased_in_place(tile.blocks.data(), phases.sizes, map.cycles);
  CHECK(tile.distance() == 0.0);
  State spread(tile.state.size());
  const std::vector<Block> few = tile.blocks;
  const std::size_t held = std::size_t{1} << below(random, qubits - lane_qubits);
  for (std::size_t x = 0; x != tile.state.size(); ++x) spread[x] = phases[x] * tile.state[x % (held << lane_qubits)];
  flip_all(flips, spread);
  tile.state = std::move(spread);
  kernels.spread_along_cycles(few.data(), held, tile.blocks.data(), phases.sizes, map.cycles);
  CHECK(tile.distance() == 0.0);
}

}  // namespace

TEST_CASE("a renumbering in place moves amplitudes as its flips do, after the phases") {
  RandomStream random({.seed = 21, .purpose = StreamPurpose::test});
  for (const char* const name : {"avx512", "avx2", "baseline"}) {
    const auto complex128 = choose_kernels(name, Precision::complex128);
    const auto complex64 = choose_kernels(name, Precision::complex64);
    if (!complex128 || !complex64) continue;  // this processor lacks it
    CAPTURE(name);
    Found found{};
    for (std::size_t times = 0; times != 200; ++times) {
      check_in_place<double>(random, **complex128, found);
      check_in_place<float>(random, **complex64, found);
    }
    CHECK(found[1] > 20);
    CHECK(found[2] > 20);
  }
}

TEST_CASE("the cycles of a renumbering take up each unit once and leave nothing in the way") {
  RandomStream random({.seed = 22, .purpose = StreamPurpose::test});
  for (std::size_t times = 0; times != 200; ++times) {
    const std::vector<Primitive> flips = random_flips(random, 9);
    if (!is_permutation(flips, {9, 0}, 3)) continue;
    const Permutation::Cycles cycles = make_permutation(flips, {9, 0}, 3, 64).cycles;
    std::vector<bool> taken(64);
    std::vector<bool> written(64);
    std::size_t place = 0;
    for (const auto& step : cycles.steps) {
      CHECK(!taken[place]);
      taken[place] = true;
      place = step.next;
      CHECK((taken[step.to] || place == step.to));
      CHECK(!written[step.to]);
      written[step.to] = true;
    }
    const auto count = static_cast<std::size_t>(std::count(written.begin(), written.end(), true));
    CHECK(count == cycles.steps.size());
  }
}

TEST_CASE("a renumbering is not done in place where it depends on other qubits or mixes blocks in two ways") {
  const auto cx = [](Qubit control, Qubit target) {
    return Primitive{Primitive::Kind::flip, target, qubit_set(control), {}};
  };
  const Window whole{9, 0};
  CHECK(!make_permutation(std::array{cx(0, 1), cx(3, 4), cx(5, 6)}, whole, 3, 64).cycles.steps.empty());
  // A control in the block number moves lanes in some blocks only.
  CHECK(make_permutation(std::array{cx(5, 1)}, whole, 3, 64).cycles.steps.empty());
  // Two blocks make two that are not neighbours.
  CHECK(make_permutation(std::array{cx(2, 5)}, whole, 3, 64).cycles.steps.empty());
  // The control is not in the tile.
  CHECK(make_permutation(std::array{cx(8, 4)}, {6, 0}, 3, 8).cycles.steps.empty());
}

}  // namespace bornite::statevector
