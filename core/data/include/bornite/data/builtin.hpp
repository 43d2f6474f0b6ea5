#pragma once
// Data sets that come with the library and need neither files nor a network.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>

namespace bornite {

/// Points in the plane in two classes, each with probability 1/2. Class 0: Normal((-1,-2), 0.1 I). Class 1: an equal
/// mixture of Normal((-2,1), 0.1 I), Normal((1,1), 0.1 I) and Normal((2,-2), 0.1 I). 0.1 is the variance. 10,000 points
/// for training and 2,000 for testing from an independent stream. Source: arXiv 2301.08292, with a seed of our own.
[[nodiscard]] Result<DataSplit> gaussian2d(std::uint64_t seed = 0);

enum class MnistPair { zero_one, three_seven };

/// MNIST digits 0 and 1 (12,665 for training, 2,115 for testing) or 3 and 7 (12,396 and 2,038), point-sampled to
/// 4 x 4 pixels, in MNIST's order. Inputs are pixels divided by 255; the target is 1 for the digits 1 and 7. Source:
/// arXiv 2301.08292; the images' provenance is in core/data/builtin/README.md.
[[nodiscard]] Result<DataSplit> mnist_pair(MnistPair pair);

}  // namespace bornite
