// All kernels compiled for one instruction set, as the table BORNITE_KERNEL_TABLE. Included once per instruction set;
// BORNITE_KERNEL is the attribute that selects it, BORNITE_VECTOR_BYTES the width of its registers. An attribute and
// not a flag for the whole file, because with a flag inline functions of other headers could be compiled for it, too,
// and be linked into what every processor runs.

#include "kernels.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <utility>

#define BORNITE_INLINE BORNITE_KERNEL inline __attribute__((always_inline))

// In order of use.
#include "vector_functions.inl"

#include "lane_kernels.inl"

#include "controlled_kernels.inl"
#include "function_kernels.inl"
#include "permutation_kernels.inl"
#include "phase_kernels.inl"
#include "rotation_kernels.inl"
#include "state_kernels.inl"

namespace bornite::statevector {

const Kernels BORNITE_KERNEL_TABLE{
    .rotate_blocks = rotate_together<double, false>,
    .undo_rotate_blocks = undo_rotate_together<double, false>,
    .rotate_lanes = rotate_lanes<double>,
    .undo_rotate_lanes = undo_rotate_lanes<double>,
    .rotate_both = rotate_together<double, true>,
    .undo_rotate_both = undo_rotate_together<double, true>,
    .rotate_controlled = rotate_controlled<double>,
    .undo_rotate_controlled = undo_rotate_controlled<double>,
    .phase_masked = phase_masked<double>,
    .undo_phase_masked = undo_phase_masked<double>,
    .multiply_phases = multiply_phases<double>,
    .undo_multiply_phases = undo_multiply_phases<double>,
    .flip = flip<double>,
    .permute = permute<double, false, false>,
    .permute_from_rows = permute<double, true, false>,
    .permute_to_rows = permute<double, false, true>,
    .start = start<double>,
    .read = read<double>,
    .square = square<double>,
    .sum_squares = sum_squares<double>,
    .weigh = weigh<double>,
    .running_sums = running_sums,
    .cosines_sines = cosines_sines,
    .minus_log = minus_log,
    .turn = turn,
};

}  // namespace bornite::statevector
