// Natural logarithms of vectors of normal positive numbers, to less than one unit in the last place.

#include <cmath>

namespace bornite {
namespace {

constexpr double smallest_normal = 0x1p-1022;

/// Replaces what is below the smallest normal number, zero above all, by that number.
BORNITE_INLINE void raise_to_normal(Vector& x) {
  const Vector smallest = Vector{} + smallest_normal;
  x = x > smallest ? x : smallest;
}
BORNITE_INLINE void raise_to_normal(double& x) { x = x > smallest_normal ? x : smallest_normal; }

/// x = log x for finite normal x > 0. Method and coefficients: Sun's fdlibm, e_log.c (1993): x = 2^k (1 + f) with
/// 1 + f in [sqrt(1/2), sqrt(2)), log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f / (2 + f).
BORNITE_INLINE void replace_by_log(Vector& x) {
  constexpr unsigned long long one = 0x3ff0000000000000, root_of_half = 0x3fe6a09e00000000,
                               mantissa = 0x000fffffffffffff;
  const IndexVector shifted = reinterpret_cast<IndexVector>(x) + (one - root_of_half);
  // Adding an integer below 2^52 to the bits of the number 2^52 converts it, also where there is no such instruction.
  const IndexVector exponent_bits = (shifted >> 52) | 0x4330000000000000;
  const Vector k = reinterpret_cast<Vector>(exponent_bits) - (0x1p52 + 1023);
  const IndexVector reduced = (shifted & mantissa) + root_of_half;
  const Vector f = reinterpret_cast<Vector>(reduced) - 1.0;
  const Vector s = f / (2.0 + f), z = s * s, w = z * z, half_square = 0.5 * f * f;
  const Vector even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const Vector odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  x = k * 6.93147180369123816490e-01 -
      ((half_square - (s * (half_square + (even + odd)) + k * 1.90821492927058770002e-10)) - f);
}
BORNITE_INLINE void replace_by_log(double& x) { x = std::log(x); }

}  // namespace
}  // namespace bornite
