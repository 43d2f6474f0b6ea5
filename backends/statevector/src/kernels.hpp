#pragma once
// The loops over one tile or over whole states.
//
// The `undo_` forms go back over psi and lambda together; each adds to `sums[i]` what term i's derivative needs:
//   a rotation: sum of Re(conj(lambda_1) psi_0 - conj(lambda_0) psi_1) over its pairs, which is dL/dangle;
//   a phase:    sum of Im(conj(lambda) psi) over the states it acts on, which is -1/2 dL/dangle.
// `trig` holds cosine and sine of each of the operation's terms; rotations with cosine 1 are in tangent form (see
// bind.hpp) and take half the work.

#include "ahead.hpp"
#include "plan.hpp"

#include "bornite/util/error.hpp"

#include <complex>

namespace bornite::statevector {

/// The two states that an adjoint run takes back, or one tile of each.
struct TilePair {
  Block* psi;
  Block* lambda;
};

/// What lambda begins as: scale * cost .* psi, with the costs of all outcomes.
struct Weights {
  const double* cost;
  double scale;
};

/// Where a tile's blocks lie in a state: in rows of 2^bits, which begin `starts` blocks after the first.
struct TileRows {
  const std::uint32_t* starts;
  std::size_t bits;
};

/// A renumbering in one tile: `offset` is the map's there.
struct Renumbering {
  const Permutation& map;
  std::uint32_t offset;
};

/// Cosine and sine of a phase.
struct Turn {
  double c = 1.0;
  double s = 0.0;
};

/// Sizes of the two factors of a phase table, and the factors as bind() leaves them.
struct PhaseTables {
  std::size_t low_size;
  std::size_t high_size;
  const double* data;
  bool by_rows = false;  ///< whether the first factor is 1 everywhere
};
/// What a phase table's derivatives are made of: sums of Im(conj(lambda) psi) over columns and over rows, which are
/// overwritten: `column_sums` has an entry per element of the low factor that the blocks reach, `row_sums` one per
/// low_size amplitudes.
struct PhaseSums {
  double* column_sums;
  double* row_sums;
};

/// The loops as compiled for one instruction set and one precision. Angles, tables, sums and probabilities are doubles
/// in both; complex64 rounds them on their way in, and adds up in single precision inside one tile only.
struct Kernels {
  // Most of the time goes here, and they ask for the next tile meanwhile.
  using RotateBlocks = void(Block* tile, std::size_t blocks, const TileOp& op, const double* trig, Ahead& ahead);
  using UndoBlocks = void(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums,
                          Ahead& ahead);
  RotateBlocks* rotate_blocks;
  RotateBlocks* spread_blocks;  ///< where blocks with a 1 in a target are zero, whatever they hold
  UndoBlocks* undo_rotate_blocks;
  RotateBlocks* rotate_both;
  RotateBlocks* spread_both;
  UndoBlocks* undo_rotate_both;

  using Apply = void(Block* tile, std::size_t blocks, const TileOp& op, const double* trig);
  using Undo = void(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums);
  Apply* rotate_lanes;
  Undo* undo_rotate_lanes;
  Apply* rotate_controlled;
  Undo* undo_rotate_controlled;
  Apply* phase_masked;
  Undo* undo_phase_masked;
  void (*multiply_phases)(Block* tile, std::size_t blocks, PhaseTables tables);
  void (*undo_multiply_phases)(TilePair tile, std::size_t blocks, PhaseTables tables, PhaseSums sums);

  /// Its own inverse.
  void (*flip)(Block* tile, std::size_t blocks, const TileOp& op);
  /// to[y] = from[A y ^ offset]; of two tiles the one that the name says lies in `rows`.
  using Permute = void(const Block* from, Block* to, std::size_t blocks, Renumbering by, TileRows rows);
  Permute* permute;
  Permute* permute_from_rows;
  Permute* permute_to_rows;
  /// Along cycles that are not empty.
  void (*permute_in_place)(Block* tile, const Permutation::Cycles& cycles);
  /// The same after multiply_phases(). If only the first `held` blocks are there, they stand for all others, too.
  using PermutePhased = void(const Block* from, std::size_t held, Block* to, std::size_t blocks, PhaseTables tables,
                             Renumbering by, TileRows rows);
  PermutePhased* permute_phased;
  PermutePhased* permute_phased_to_rows;
  void (*permute_phased_in_place)(Block* tile, PhaseTables tables, const Permutation::Cycles& cycles);
  /// The same for blocks that are made of few others.
  void (*spread_along_cycles)(const Block* from, std::size_t held, Block* tile, PhaseTables tables,
                              const Permutation::Cycles& cycles);

  /// The block is `amplitude` and then zeros.
  void (*start)(Block* block, double amplitude);
  void (*read)(const Block* psi, std::complex<double>* amplitudes, std::size_t blocks);
  /// q = scale |psi|^2; q lies anywhere.
  void (*square)(const Block* psi, double scale, double* q, std::size_t blocks);
  /// The same from a tile to its rows in q, which begins with a cache line. The second does not take the lines of q
  /// into the caches: for those that will long be gone from them before they are read.
  void (*square_to_rows)(const Block* tile, double* q, std::size_t blocks, TileRows rows);
  void (*stream_squares_to_rows)(const Block* tile, double* q, std::size_t blocks, TileRows rows);
  /// Both of a renumbered tile.
  using SquarePermuted = void(const Block* tile, double* q, std::size_t blocks, Renumbering by, TileRows rows);
  SquarePermuted* permute_squares_to_rows;
  SquarePermuted* stream_permuted_squares_to_rows;
  /// sums[g] = sum of |psi|^2 over the g-th group of blocks.
  void (*sum_squares)(const Block* psi, std::size_t group_blocks, double* sums, std::size_t groups);
  /// lambda = scale * cost .* psi. False if an entry of `cost` is not finite.
  bool (*weigh)(const Block* psi, const double* cost, double scale, Block* lambda, std::size_t blocks);
  /// The same for a tile of lambda from its rows in psi and in cost.
  bool (*weigh_rows)(const Block* psi, TileRows psi_rows, const double* cost, TileRows cost_rows, double scale,
                     Block* lambda, std::size_t blocks);

  // Numbers: arrays that begin with a cache line, if nothing else is said, whose `count` is a multiple of line_doubles.
  /// x[0] y[0] + x[1] y[1] + ...
  double (*dot)(const double* x, const double* y, std::size_t count);
  /// x -= by. Returns the largest magnitude then; what is not a number does not count.
  double (*subtract)(double* x, std::size_t count, double by);
  /// out[i] = start + x[0] + ... + x[i], up to rounding.
  void (*running_sums)(const double* x, std::size_t count, double start, double* out);
  /// How many of x are at most `value`.
  std::size_t (*count_up_to)(const double* x, std::size_t count, double value);

  /// pairs[2 i] = cos(angles[i]), pairs[2 i + 1] = sin(angles[i]). False if an angle is not finite.
  bool (*cosines_sines)(const double* angles, double* pairs, std::size_t count);
  /// x <- -log(x) for 0 < x <= 1, normal numbers; x lies anywhere.
  void (*minus_log)(double* x, std::size_t count);
  /// All products of `first` and some of the turns, one per bit of the product's number: `size` real parts, and the
  /// imaginary parts from `imaginary` on.
  void (*fill_turns)(double* table, std::size_t size, std::size_t imaginary, const Turn* turns, double first);
};

/// The kernels of one instruction set.
struct KernelTables {
  Kernels complex128;
  Kernels complex64;
};
extern const KernelTables baseline_kernels;
#if defined(__x86_64__)
extern const KernelTables avx2_kernels;
extern const KernelTables avx512_kernels;
#endif

/// The kernels for the best instruction set of this processor, or for the one that `wanted` names: "avx512", "avx2" or
/// "baseline". Null or empty means the best. Errors: ErrorKind::configuration for other names, ::unsupported for an
/// instruction set that this processor lacks.
[[nodiscard]] Result<const Kernels*> choose_kernels(const char* wanted, Precision precision);

}  // namespace bornite::statevector
