// Renumberings in place.

namespace bornite::statevector {
namespace {

/// Leaves blocks as they are,
struct NoPhases {
  BORNITE_INLINE void multiply(std::size_t, BlockWords&) const {}
};

/// or multiplies them with the phases that come before the renumbering.
template <typename Real, bool ByRows>
struct BlockPhases {
  const TilePhases<Real>& phases;

  BORNITE_INLINE void multiply(std::size_t block, BlockWords& words) const {
    phases.template multiply<ByRows>(block, reinterpret_cast<const Vector<Real>*>(words), words);
  }
};

template <std::size_t Unit, typename Old>
BORNITE_INLINE void take_up(const Old& from, std::size_t first, BlockWords (&unit)[Unit]) {
#pragma GCC unroll 2
  for (std::size_t i = 0; i < Unit; ++i) {
    const Words* const at = reinterpret_cast<const Words*>(from.at(first + i));
#pragma GCC unroll 8
    for (std::size_t v = 0; v < 2 * parts; ++v) unit[i][v] = at[v];
  }
}

/// A unit is in registers on its way from its old place to its new one, which the next leaves just before.
template <typename Real, std::size_t Unit, typename Old, typename Phases>
BORNITE_INLINE void permute_units(const Old& from, Block* to, const Permutation::Cycles& cycles, const Phases& phases) {
  alignas(line_bytes) const std::array<Permutation::Order, 2> order = cycles.order;
  BlockWords next[Unit];
  take_up<Unit>(from, 0, next);
  std::size_t place = 0;
  for (const Permutation::Cycles::Step step : cycles.steps) {
    BlockWords unit[Unit];
#pragma GCC unroll 2
    for (std::size_t i = 0; i < Unit; ++i) {
#pragma GCC unroll 8
      for (std::size_t v = 0; v < 2 * parts; ++v) unit[i][v] = next[i][v];
      phases.multiply(place + i, unit[i]);
    }
    place = step.next;
    take_up<Unit>(from, place, next);
    Words* const at = reinterpret_cast<Words*>(to + step.to);
#pragma GCC unroll 2
    for (std::size_t i = 0; i < Unit; ++i)
      permute_words<Real, Unit == 2, 2>(unit[0], unit[Unit - 1], order[i], at + i * 2 * parts);
  }
}

template <typename Real, typename Old, typename Phases>
BORNITE_INLINE void permute_units(const Old& from, Block* to, const Permutation::Cycles& cycles, const Phases& phases) {
  if (cycles.unit == 2) return permute_units<Real, 2>(from, to, cycles, phases);
  permute_units<Real, 1>(from, to, cycles, phases);
}

template <typename Real, typename Old>
BORNITE_INLINE void permute_phased_units(const Old& from, Block* to, PhaseTables tables,
                                         const Permutation::Cycles& cycles) {
  const TilePhases<Real> phases(cycles.blocks(), tables);
  if (tables.by_rows) return permute_units<Real>(from, to, cycles, BlockPhases<Real, true>{phases});
  permute_units<Real>(from, to, cycles, BlockPhases<Real, false>{phases});
}

template <typename Real>
BORNITE_KERNEL void permute_in_place(Block* tile, const Permutation::Cycles& cycles) {
  permute_units<Real>(WholeTile{tile}, tile, cycles, NoPhases{});
}

template <typename Real>
BORNITE_KERNEL void permute_phased_in_place(Block* tile, PhaseTables tables, const Permutation::Cycles& cycles) {
  permute_phased_units<Real>(WholeTile{tile}, tile, tables, cycles);
}

template <typename Real>
BORNITE_KERNEL void spread_along_cycles(const Block* from, std::size_t held, Block* tile, PhaseTables tables,
                                        const Permutation::Cycles& cycles) {
  permute_phased_units<Real>(HeldBlocks{from, held}, tile, tables, cycles);
}

}  // namespace
}  // namespace bornite::statevector
