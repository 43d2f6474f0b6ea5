#pragma once
// The loops over one tile. A tile of B blocks is 2 B vectors: block i is vector 2 i (real) and 2 i + 1 (imaginary).
//
// The `undo_` forms go back over psi and lambda together; each adds to `sums[i]` what term i's derivative needs:
//   a rotation: sum of Re(conj(lambda_1) psi_0 - conj(lambda_0) psi_1) over its pairs, which is dL/dangle;
//   a phase:    sum of Im(conj(lambda) psi) over the states it acts on, which is -1/2 dL/dangle.
// `trig` holds cosine and sine of each of the operation's terms.

#include "plan.hpp"
#include "vector.hpp"

namespace bornite::statevector {

/// The two states that an adjoint run takes back, one tile of each.
struct TilePair {
  Lanes* psi;
  Lanes* lambda;
};

void rotate_blocks(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig);
void undo_rotate_blocks(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums);

void rotate_lanes(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig);
void undo_rotate_lanes(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums);

void rotate_controlled(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig);
void undo_rotate_controlled(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums);

/// Its own inverse.
void flip(Lanes* tile, std::size_t blocks, const TileOp& op);

/// to[y] = from[source(y) ^ offset], and back.
void permute(const Lanes* from, Lanes* to, std::size_t blocks, const Permutation& map, std::uint32_t offset);
void undo_permute(const Lanes* from, Lanes* to, std::size_t blocks, const Permutation& map, std::uint32_t offset);

/// Its own inverse.
void shear(const Lanes* from, Lanes* to, std::size_t blocks, const Shear& map);

/// Sizes of the two factors of a phase table, and the factors as bind() leaves them.
struct PhaseTables {
  std::size_t low_size;
  std::size_t high_size;
  const double* data;
};
/// What a phase table's derivatives are made of: sums of Im(conj(lambda) psi) over columns and over rows. `column_sums`
/// has low_size entries, `row_sums` high_size; both are overwritten.
struct PhaseSums {
  double* column_sums;
  double* row_sums;
};
void multiply_phases(Lanes* tile, const PhaseTables& tables);
void undo_multiply_phases(TilePair tile, const PhaseTables& tables, PhaseSums sums);

void phase_masked(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig);
void undo_phase_masked(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums);

}  // namespace bornite::statevector
