#pragma once
// A tile of one state while a pass works on it.

#include "kernels.hpp"
#include "plan.hpp"

namespace bornite::statevector {

inline constexpr std::size_t most_tile_blocks = std::size_t{1} << most_tile_bits;

/// A renumbering and, if it has any, the phases that are multiplied in before it.
struct PhasedMap {
  PhasedMap(const Permutation& by) : map(by) {}
  PhasedMap(const Permutation& by, PhaseTables before, std::size_t blocks)
      : map(by), phases(before), phased(true), held(blocks) {}

  const Permutation& map;
  PhaseTables phases{};
  bool phased = false;
  std::size_t held = 0;  ///< with phases: blocks that there are, of which the tables make all others
};

/// Room for two copies of a tile.
using TileCopies = Block[2][most_tile_blocks];

/// In place if the tile is one piece of memory, otherwise a copy of its rows. A renumbering that comes first or last in
/// the pass is done on the way from the rows or back to them. To be fetched before anything else.
class TileMemory {
 public:
  TileMemory(const Plan& plan, const Kernels& kernels, const Pass& pass, std::size_t base, Block* state,
             TileCopies& copies);

  /// Takes so many blocks at least that are in memory, except where a qubit of `zero` is 1: there are zeros.
  void fetch(QubitSet zero, std::size_t blocks);
  /// Leaves out what has a qubit of `unused` at 1.
  void put_back(QubitSet unused) const;
  /// q = |psi|^2 for the tile's amplitudes; q has those of the whole state.
  void write_probabilities(double* q) const;
  /// The same after a renumbering of all blocks.
  void write_permuted_probabilities(double* q, const Permutation& map) const;

  /// Whether a renumbering of so many blocks may be the first thing, in place of fetch(zero), or the last, in place of
  /// put_back(zero).
  [[nodiscard]] bool renumbers_rows(std::size_t blocks, QubitSet zero) const;
  void fetch_permuted(const Permutation& map);
  void put_back_permuted(const PhasedMap& map) const;
  /// In place of fetch(): the tile of lambda that `weights` make of psi, which is given whole. False if a cost is not
  /// finite.
  bool fetch_weighed(const Block* psi, Weights weights) const;

  /// Renumbers the first blocks. The others are left undefined.
  void permute(std::size_t blocks, const PhasedMap& map);
  /// Makes the blocks from `begin` to `end` zero.
  void clear(std::size_t begin, std::size_t end);

  [[nodiscard]] Block* now() const { return now_; }

  [[nodiscard]] std::size_t blocks() const { return plan_.layout.tile_blocks(); }

 private:
  void permute_in_place(std::size_t size, const PhasedMap& map);
  [[nodiscard]] TileRows rows() const;
  [[nodiscard]] bool streams_probabilities() const;
  [[nodiscard]] TileRows probability_rows() const { return {pass_.row_blocks.data(), rows().bits}; }
  [[nodiscard]] Renumbering here(const Permutation& map) const { return {map, map.offset_at(base_)}; }

  const Plan& plan_;
  const Kernels& kernels_;
  const Pass& pass_;
  std::size_t base_;
  Block* home_;
  Block* now_;
  Block* spare_;    // where the next renumbering writes
  Block* further_;  // where the one after it does, if not to where `now_` is
};

}  // namespace bornite::statevector
