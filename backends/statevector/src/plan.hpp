#pragma once
// A circuit compiled for evaluation at many angles: passes over memory, each a flat list of tile operations.

#include "layout.hpp"
#include "primitive.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace bornite::statevector {

/// One angle that occurs in the circuit.
struct Term {
  Angle angle;         ///< of the cosine and sine in the matrix: for a rotation, half of the gate's
  std::uint32_t ones;  ///< a phase in a table: the bits of the tile's index that must be 1
  /// d/dparameter = weight * (the sum that the operation collects); 0 if the parameter has no influence here.
  double weight;
};

struct TileOp {
  enum class Kind : std::uint8_t {
    rotate_blocks,      ///< up to 3 rotations of qubits that number the blocks; forwards up to 4
    rotate_lanes,       ///< rotations of qubits inside a block
    rotate_both,        ///< both, those inside first
    rotate_controlled,  ///< one controlled rotation
    flip,               ///< one X, with any controls; `count` of them, if not 0, are the map at `data`
    permute,            ///< many X and CX: an affine renumbering
    phase_table,        ///< any number of phases, as a product of two tables
    phase_masked,       ///< one phase that the tables cannot hold
  };

  Kind kind;
  std::uint8_t count = 1;
  std::uint8_t lane_count = 0;         ///< targets inside a block
  std::array<std::uint8_t, 8> bits{};  ///< targets, as bits of the tile's index; those inside a block first
  /// Rotations: where their terms are among those that begin with first_term.
  std::array<std::uint8_t, 8> places{};
  std::uint8_t lane_ones = 0;    ///< bits inside a block that must be 1
  std::uint32_t block_ones = 0;  ///< bits of the block number that must be 1
  QubitSet outside_ones = 0;     ///< qubits outside the tile that must be 1
  std::uint32_t first_term = 0;
  std::uint32_t terms = 0;
  /// phase_table: offset of its tables in the bound numbers; permute: index of its map, which its inverse follows;
  /// flip: index of the map of several.
  std::uint32_t data = 0;
  /// permute: offset of the tables of a phase_table, or of SpreadTables, that come before it in the same loop, or 0.
  std::uint32_t tables = 0;
  /// phase_table: how many elements of the second factor are needed, in its own loop or in that of a renumbering that
  /// follows.
  std::uint32_t rows = 0;
  /// phase_table, and permute with such tables: whether the first factor is 1 everywhere.
  bool by_rows = false;
  /// The first blocks of the tile, outside which all amplitudes are still zero after the operation.
  std::uint32_t blocks = 0;
  /// Forwards: the first blocks that have been written before it; from there up to `blocks` all is still zero.
  std::uint32_t written = 0;
  /// Forwards: rotations of block qubits that are all |0>, alone or in the tables of a `permute`. It makes all blocks
  /// of those that have been written, and others need not be set to zero.
  bool spreads = false;
};

/// An affine map of the amplitudes of a tile over bits: new[y] = old[A y ^ offset]. A lane's bits may turn the block in
/// one way only, so that each new block comes from two old ones at most.
struct Permutation {
  struct Outside {
    QubitSet qubit;
    std::uint32_t offset;
  };
  std::vector<std::uint32_t> source;  ///< A y for the first amplitude y of each block
  std::uint32_t offset;
  std::vector<Outside> outside;  ///< further offsets, where a qubit outside the tile is 1
  std::uint32_t step;            ///< the two old blocks' numbers differ in these bits; 0 if there is only one
  std::uint32_t partner;  ///< with a step: blocks whose numbers differ in these bits come from the same two old ones
  /// Where the words of 32 bits of a new line come from: their numbers in the old line; a line's words more if that is
  /// in the second of the old blocks.
  using Order = std::array<std::int32_t, line_bytes / sizeof(std::int32_t)>;
  alignas(line_bytes) std::array<Order, 16> order;  ///< for each offset inside a block
  /// The same for the second of two blocks that differ by `partner`, with the old ones as the first counts them.
  alignas(line_bytes) std::array<Order, 16> partner_order;

  /// The renumbering along its cycles, each new unit in the place of an old one that has just been taken up: so nothing
  /// else need be in the caches. A unit is one block or two neighbours, and lanes move alike in all of them.
  struct Cycles {
    struct Step {
      std::uint32_t to;    ///< first block of the unit that the one taken up last becomes
      std::uint32_t next;  ///< that of the unit to take up before, the same but at the end of a cycle
    };
    std::size_t unit = 1;     ///< blocks
    std::vector<Step> steps;  ///< begins with block 0 taken up; empty if there are no such units
    /// Where the words of each new block come from in the old unit.
    alignas(line_bytes) std::array<Order, 2> order;

    [[nodiscard]] std::size_t blocks() const { return steps.size() * unit; }
  };
  Cycles cycles;

  /// Whether the first blocks of a tile can be renumbered so.
  [[nodiscard]] bool in_place(std::size_t blocks) const { return !cycles.steps.empty() && blocks == source.size(); }

  [[nodiscard]] std::uint32_t offset_at(std::size_t base) const {
    std::uint32_t result = offset;
    for (const Outside& part : outside)
      if (base & part.qubit) result ^= part.offset;
    return result;
  }
};

struct Pass {
  Window window;
  QubitSet outside;  ///< the qubits whose values number the tiles; those known to be 0 are left out
  /// The qubits of the window that are still |0> before the pass. Nothing has been written where they are 1.
  QubitSet fresh;
  QubitSet untouched;                     ///< those that are so after it
  std::vector<std::uint32_t> row_starts;  ///< the rows of a tile: how many blocks after the first they begin
  std::vector<std::uint32_t> row_blocks;  ///< the same where blocks lie without gaps, as those of probabilities do
  std::uint32_t first_op, end_op;
  std::uint32_t first_forward_op, end_forward_op;
  std::uint32_t blocks_before;  ///< the first blocks of a tile, outside which all is zero before the pass
  std::uint32_t first_term, end_term;
  std::size_t permutations;  ///< how many of its operations are renumberings that are not done in place
  bool differentiates;       ///< whether a parameter occurs in it or in an earlier pass

  [[nodiscard]] std::size_t tiles() const;
  /// The amplitude index at which tile t begins.
  [[nodiscard]] std::size_t base(std::size_t t) const;
};

/// The tables of a phase_table times the amplitudes that rotations before it give to block qubits that were |0>: so
/// they make a whole tile of its first blocks.
struct SpreadTables {
  struct Rotation {
    std::uint32_t term;
    std::uint8_t bit;  ///< of the tile's index
  };
  std::uint32_t phases;  ///< offset of the phase_table's own tables
  std::uint32_t data;    ///< offset of these
  std::uint32_t rows;    ///< elements of the second factor that are needed
  std::vector<Rotation> rotations;
};

/// Bits of the tile's index that the first of a phase table's two factors covers.
inline constexpr std::size_t table_columns = 5;

struct Plan {
  explicit Plan(const Layout& state_layout) : layout(state_layout) {}

  Layout layout;
  std::vector<Pass> passes;
  std::vector<TileOp> ops;
  std::vector<TileOp> forward_ops;  ///< the same in fewer sweeps, for going forwards
  std::vector<Term> terms;
  std::vector<Permutation> permutations;
  std::vector<SpreadTables> spreads;  ///< of forward_ops, in their order
  bool complete = false;              ///< whether the passes write all amplitudes: no qubit stays |0>

  // What bind() writes, as offsets in doubles: cosine and sine of each term come first.
  std::size_t angles_at = 0;   ///< the terms' angles
  std::size_t weights_at = 0;  ///< factors of the terms' derivatives
  std::size_t scale_at = 0;    ///< the first amplitude of the initial state
  std::size_t bound_numbers = 0;

  [[nodiscard]] std::size_t table_low() const { return std::min(table_columns, layout.tile); }
  [[nodiscard]] std::size_t table_high() const { return layout.tile - table_low(); }
  /// Elements of the second factor that the first blocks of a tile need.
  [[nodiscard]] std::uint32_t table_rows(std::size_t blocks) const {
    return static_cast<std::uint32_t>(std::max<std::size_t>(1, blocks * layout.lanes() >> table_low()));
  }
  /// Numbers of both factors of a phase table.
  [[nodiscard]] std::size_t table_size() const {
    return round_up((std::size_t{2} << table_low()) + (std::size_t{2} << table_high()));
  }
};

/// Compiles a circuit of at most 32 qubits.
[[nodiscard]] Plan make_plan(const Circuit& circuit, Readout readout, Precision precision);

}  // namespace bornite::statevector
