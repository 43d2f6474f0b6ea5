#include "vector_math.hpp"

#include "bornite/util/simd.hpp"
#include "lanes.hpp"

namespace bornite {
namespace {

constexpr double log2_e = 0x1.71547652b82fep+0;
// ln 2 in two parts; the first has zeros enough at its end for exact products with exponents (Cody and Waite).
constexpr double ln2_high = 0x1.62e42fefa0000p-1;
constexpr double ln2_low = 0x1.cf79abc9e3b39p-40;
constexpr double to_integer = 0x1.8p52;  // adding it leaves the nearest integer in the low bits

/// x <- e^x for |x| <= 708: x = k ln 2 + r with |r| <= ln(2)/2, e^r by its Taylor series, whose rest is below 1e-17.
BORNITE_INLINE void exponential(Lanes& x) {
  x = x > 708.0 ? x - x + 708.0 : x;
  x = x < -708.0 ? x - x - 708.0 : x;
  const Lanes shifted = x * log2_e + to_integer;
  const Lanes k = shifted - to_integer;
  const Lanes r = (x - k * ln2_high) - k * ln2_low;
  Lanes sum = r * (1.0 / 6227020800.0) + 1.0 / 479001600.0;
  sum = sum * r + 1.0 / 39916800.0;
  sum = sum * r + 1.0 / 3628800.0;
  sum = sum * r + 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  const LaneBits power_of_two = ((LaneBits)shifted + 1023) << 52;
  x = sum * (Lanes)power_of_two;
}

/// u <- log(1 + u) for 0 <= u <= 1, as 2 artanh(f / (2 + f)) with 1 + f = 1 + u or (1 + u) / 2, f <= sqrt(2) - 1.
BORNITE_INLINE void log_of_one_plus(Lanes& u) {
  const LaneBits large = u > 0.41421356237309503;
  const Lanes f = large ? (u - 1.0) * 0.5 : u;
  const Lanes s = f / (f + 2.0);
  const Lanes q = s * s;
  Lanes sum = q * (1.0 / 23) + 1.0 / 21;
  sum = sum * q + 1.0 / 19;
  sum = sum * q + 1.0 / 17;
  sum = sum * q + 1.0 / 15;
  sum = sum * q + 1.0 / 13;
  sum = sum * q + 1.0 / 11;
  sum = sum * q + 1.0 / 9;
  sum = sum * q + 1.0 / 7;
  sum = sum * q + 1.0 / 5;
  sum = sum * q + 1.0 / 3;
  const Lanes log_1_f = 2.0 * s + 2.0 * s * q * sum;
  u = large ? log_1_f + 0x1.62e42fefa39efp-1 : log_1_f;
}

}  // namespace

BORNITE_MULTIVERSION void exponentials(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; i += lane_count) {
    Lanes value = lanes(x + i);
    exponential(value);
    lanes(x + i) = value;
  }
}

BORNITE_MULTIVERSION void softplus(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; i += lane_count) {
    const Lanes z = lanes(x + i);
    const Lanes positive = z > 0.0 ? z : z - z;
    Lanes tail = z > 0.0 ? -z : z;
    exponential(tail);
    log_of_one_plus(tail);
    lanes(x + i) = positive + tail;
  }
}

BORNITE_MULTIVERSION void logistic(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; i += lane_count) {
    Lanes value = -lanes(x + i);
    exponential(value);
    lanes(x + i) = 1.0 / (1.0 + value);
  }
}

BORNITE_MULTIVERSION void hyperbolic_tangents(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; i += lane_count) {
    const Lanes z = lanes(x + i);
    Lanes power = z > 0.0 ? -2.0 * z : 2.0 * z;
    exponential(power);
    const Lanes size = (1.0 - power) / (1.0 + power);
    lanes(x + i) = z > 0.0 ? size : -size;
  }
}

}  // namespace bornite
