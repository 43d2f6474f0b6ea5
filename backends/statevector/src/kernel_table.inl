// All kernels compiled for one instruction set, as the table BORNITE_KERNEL_TABLE. Included once per instruction set;
// BORNITE_KERNEL is the attribute that selects it. An attribute and not a flag for the whole file, because with a flag
// inline functions of other headers could be compiled for it, too, and be linked into what every processor runs.

#include "kernels.hpp"

#define BORNITE_INLINE BORNITE_KERNEL inline __attribute__((always_inline))

// First, because the loops below use it.
#include "vector_functions.inl"

#include "controlled_kernels.inl"
#include "function_kernels.inl"
#include "lane_kernels.inl"
#include "permutation_kernels.inl"
#include "phase_kernels.inl"
#include "rotation_kernels.inl"
#include "state_kernels.inl"

namespace bornite::statevector {

const Kernels BORNITE_KERNEL_TABLE{
    .rotate_blocks = rotate_blocks,
    .undo_rotate_blocks = undo_rotate_blocks,
    .rotate_lanes = rotate_lanes,
    .undo_rotate_lanes = undo_rotate_lanes,
    .rotate_both = rotate_both,
    .undo_rotate_both = undo_rotate_both,
    .rotate_controlled = rotate_controlled,
    .undo_rotate_controlled = undo_rotate_controlled,
    .phase_masked = phase_masked,
    .undo_phase_masked = undo_phase_masked,
    .multiply_phases = multiply_phases,
    .undo_multiply_phases = undo_multiply_phases,
    .flip = flip,
    .permute = permute,
    .square = square,
    .sum_squares = sum_squares,
    .running_sums = running_sums,
    .weigh = weigh,
    .cosines_sines = cosines_sines,
    .minus_log = minus_log,
    .turn = turn,
};

}  // namespace bornite::statevector
