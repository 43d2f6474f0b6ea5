#include "bornite/inference/walsh_hadamard.hpp"

#include "axis_transform.hpp"

namespace bornite {

void walsh_hadamard(std::span<double> v) { transform_all_axes(v, {v.data()}, {}); }

}  // namespace bornite
