#include "activate.hpp"

#include "vector_math.hpp"

#include "bornite/util/simd.hpp"

namespace bornite {
namespace {

BORNITE_MULTIVERSION void rectify(double* z, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) z[i] = z[i] > 0 ? z[i] : 0;
}

BORNITE_MULTIVERSION void threshold(double* z, std::size_t count, double below) {
  for (std::size_t i = 0; i < count; ++i) z[i] = z[i] >= -tie_tolerance ? 1.0 : below;
}

}  // namespace

void activate(Activation activation, double* z, std::size_t count) {
  switch (activation) {
    case Activation::sign: return threshold(z, count, -1);
    case Activation::step: return threshold(z, count, 0);
    case Activation::relu: return rectify(z, count);
    case Activation::sigmoid: return logistic(z, count);
    case Activation::tanh: return hyperbolic_tangents(z, count);
  }
}

}  // namespace bornite
