// All inner loops compiled for one instruction set. Included once per instruction set, with
//   BORNITE_LEVEL(table)    the name of a table of functions for it
//   BORNITE_KERNEL          the attribute that selects it; no flag for the whole file, because then inline functions of
//                           other headers could be compiled for it, too, and be linked into what every processor runs
//   BORNITE_WIDTH           doubles in a register
//   BORNITE_REGISTER_AXES   over how many axes the registers hold 2 x 2 x ... vectors, with some to spare

#include "kernel_attributes.inl"
#include "objective_kernels.hpp"
#include "pair_kernels.hpp"
#include "transform_kernels.hpp"
// First, because the loops below use them.
#include "vectors.inl"
//
#include "butterfly.inl"
#include "logarithm.inl"
#include "objective_kernels.inl"
#include "ones.inl"
#include "pair_kernels.inl"
#include "transform_kernels.inl"

namespace bornite {

const TransformKernels BORNITE_LEVEL(transform_kernels){.block = block, .tile = tile, .scale = scale};

const ObjectiveKernels BORNITE_LEVEL(objective_kernels){.mle = mle, .elbo = elbo, .discrepancy = discrepancy};

const PairKernels BORNITE_LEVEL(pair_kernels){.add_sums = add_pair_sums};

}  // namespace bornite
