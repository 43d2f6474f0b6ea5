// All kernels compiled for one instruction set, as the tables BORNITE_KERNEL_TABLE. Included once per instruction set;
// BORNITE_KERNEL is the attribute that selects it, BORNITE_VECTOR_BYTES the width of its registers. An attribute and
// not a flag for the whole file, because with a flag inline functions of other headers could be compiled for it, too,
// and be linked into what every processor runs.

#include "kernels.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>

#define BORNITE_INLINE BORNITE_KERNEL inline __attribute__((always_inline))

// In order of use.
#include "vector_functions.inl"

#include "lane_kernels.inl"

#include "controlled_kernels.inl"
#include "function_kernels.inl"
#include "phase_kernels.inl"
#include "rotation_kernels.inl"
#include "state_kernels.inl"

#include "permutation_kernels.inl"

#include "cycle_kernels.inl"

namespace bornite::statevector {

namespace {

template <typename Real>
constexpr Kernels kernels_of{
    .rotate_blocks = rotate_together<Real, false, false>,
    .spread_blocks = rotate_together<Real, false, true>,
    .undo_rotate_blocks = undo_rotate_together<Real, false>,
    .rotate_both = rotate_together<Real, true, false>,
    .spread_both = rotate_together<Real, true, true>,
    .undo_rotate_both = undo_rotate_together<Real, true>,
    .rotate_lanes = rotate_lanes<Real>,
    .undo_rotate_lanes = undo_rotate_lanes<Real>,
    .rotate_controlled = rotate_controlled<Real>,
    .undo_rotate_controlled = undo_rotate_controlled<Real>,
    .phase_masked = phase_masked<Real>,
    .undo_phase_masked = undo_phase_masked<Real>,
    .multiply_phases = multiply_phases<Real>,
    .undo_multiply_phases = undo_multiply_phases<Real>,
    .flip = flip<Real>,
    .permute = permute<Real, false, false>,
    .permute_from_rows = permute<Real, true, false>,
    .permute_to_rows = permute<Real, false, true>,
    .permute_in_place = permute_in_place<Real>,
    .permute_phased = permute_phased<Real, false>,
    .permute_phased_to_rows = permute_phased<Real, true>,
    .permute_phased_in_place = permute_phased_in_place<Real>,
    .spread_along_cycles = spread_along_cycles<Real>,
    .start = start<Real>,
    .read = read<Real>,
    .square = square<Real>,
    .square_to_rows = square_to_rows<Real, false>,
    .stream_squares_to_rows = square_to_rows<Real, true>,
    .permute_squares_to_rows = permute_squares_to_rows<Real, false>,
    .stream_permuted_squares_to_rows = permute_squares_to_rows<Real, true>,
    .sum_squares = sum_squares<Real>,
    .weigh = weigh<Real>,
    .weigh_rows = weigh_rows<Real>,
    .dot = dot,
    .subtract = subtract,
    .running_sums = running_sums,
    .count_up_to = count_up_to,
    .cosines_sines = cosines_sines,
    .minus_log = minus_log,
    .fill_turns = fill_turns,
};

}  // namespace

const KernelTables BORNITE_KERNEL_TABLE{.complex128 = kernels_of<double>, .complex64 = kernels_of<float>};

}  // namespace bornite::statevector
