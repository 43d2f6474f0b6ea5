#include "register_kernels.hpp"

#include <cstdint>

#include "bornite/util/simd.hpp"

#define BORNITE_INLINE inline __attribute__((always_inline))

namespace bornite::noisy {
namespace {

using Vector = double __attribute__((vector_size(lanes * sizeof(double)), may_alias));
using Mask = std::int64_t __attribute__((vector_size(lanes * sizeof(double)), may_alias));

BORNITE_INLINE Vector* vectors(double* numbers) { return reinterpret_cast<Vector*>(numbers); }

/// The lanes that differ in bit `Target`, exchanged.
template <std::size_t Target>
BORNITE_INLINE Vector turned(Vector v) {
  if constexpr (Target == 1) return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
  if constexpr (Target == 2) return __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5);
  if constexpr (Target == 4) return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
}

/// -1 in the lanes whose number has this bit; in all of them if it is no bit of a lane's number.
BORNITE_INLINE Mask lanes_with(QubitSet bit) {
  const Mask numbers{0, 1, 2, 3, 4, 5, 6, 7};
  return bit == 0 || bit >= lanes ? Mask{} == 0 : (numbers & static_cast<std::int64_t>(bit)) != 0;
}

template <std::size_t Target>
BORNITE_INLINE void rotate_in_vectors(const Parts& parts, const Matrix2& m) {
  const Mask high = lanes_with(Target);
  const Vector zero{};
  const auto pick = [&](double of_low, double of_high) { return high ? zero + of_high : zero + of_low; };
  const Vector own_real = pick(m[0].real(), m[3].real());
  const Vector own_imaginary = pick(m[0].imag(), m[3].imag());
  const Vector other_real = pick(m[1].real(), m[2].real());
  const Vector other_imaginary = pick(m[1].imag(), m[2].imag());
  Vector* const real = vectors(parts.real);
  Vector* const imaginary = vectors(parts.imaginary);
  for (std::size_t v = 0; v != parts.size / lanes; ++v) {
    const Vector a = real[v];
    const Vector b = imaginary[v];
    const Vector c = turned<Target>(a);
    const Vector d = turned<Target>(b);
    real[v] = own_real * a - own_imaginary * b + other_real * c - other_imaginary * d;
    imaginary[v] = own_real * b + own_imaginary * a + other_real * d + other_imaginary * c;
  }
}

BORNITE_INLINE void rotate_vectors(const Parts& parts, std::size_t distance, const Matrix2& m) {
  Vector* const real = vectors(parts.real);
  Vector* const imaginary = vectors(parts.imaginary);
  for (std::size_t block = 0; block != parts.size / lanes; block += 2 * distance)
    for (std::size_t v = block; v != block + distance; ++v) {
      const Vector a = real[v];
      const Vector b = imaginary[v];
      const Vector c = real[v + distance];
      const Vector d = imaginary[v + distance];
      real[v] = m[0].real() * a - m[0].imag() * b + m[1].real() * c - m[1].imag() * d;
      imaginary[v] = m[0].real() * b + m[0].imag() * a + m[1].real() * d + m[1].imag() * c;
      real[v + distance] = m[2].real() * a - m[2].imag() * b + m[3].real() * c - m[3].imag() * d;
      imaginary[v + distance] = m[2].real() * b + m[2].imag() * a + m[3].real() * d + m[3].imag() * c;
    }
}

template <std::size_t Target>
BORNITE_INLINE void exchange_in_vectors(Vector* numbers, std::size_t size, QubitSet control) {
  const Mask where = lanes_with(control);
  const std::size_t of_vector = control >= lanes ? control / lanes : 0;
  for (std::size_t v = 0; v != size; ++v)
    if ((v & of_vector) == of_vector) numbers[v] = where ? turned<Target>(numbers[v]) : numbers[v];
}

BORNITE_INLINE void exchange_vectors(Vector* numbers, std::size_t size, QubitSet control, std::size_t distance) {
  const Mask where = lanes_with(control);
  const std::size_t of_vector = control >= lanes ? control / lanes : 0;
  for (std::size_t block = 0; block != size; block += 2 * distance)
    for (std::size_t v = block; v != block + distance; ++v) {
      if ((v & of_vector) != of_vector) continue;
      const Vector a = numbers[v];
      const Vector b = numbers[v + distance];
      numbers[v] = where ? b : a;
      numbers[v + distance] = where ? a : b;
    }
}

BORNITE_INLINE void exchange_numbers(double* numbers, std::size_t size, QubitSet control, QubitSet target) {
  switch (target) {
    case 1: return exchange_in_vectors<1>(vectors(numbers), size / lanes, control);
    case 2: return exchange_in_vectors<2>(vectors(numbers), size / lanes, control);
    case 4: return exchange_in_vectors<4>(vectors(numbers), size / lanes, control);
    default: return exchange_vectors(vectors(numbers), size / lanes, control, target / lanes);
  }
}

}  // namespace

BORNITE_MULTIVERSION void rotate(const Parts& parts, QubitSet target, const Matrix2& matrix) {
  switch (target) {
    case 1: return rotate_in_vectors<1>(parts, matrix);
    case 2: return rotate_in_vectors<2>(parts, matrix);
    case 4: return rotate_in_vectors<4>(parts, matrix);
    default: return rotate_vectors(parts, target / lanes, matrix);
  }
}

BORNITE_MULTIVERSION void exchange(const Parts& parts, QubitSet control, QubitSet target) {
  exchange_numbers(parts.real, parts.size, control, target);
  exchange_numbers(parts.imaginary, parts.size, control, target);
}

BORNITE_MULTIVERSION void sum_squares(const Parts& parts, double* sums) {
  const Vector* const real = vectors(parts.real);
  const Vector* const imaginary = vectors(parts.imaginary);
  for (std::size_t v = 0; v != parts.size / lanes; ++v) {
    const Vector squares = real[v] * real[v] + imaginary[v] * imaginary[v];
    double sum = 0;
    for (std::size_t i = 0; i != lanes; ++i) sum += squares[i];
    sums[v] = sum;
  }
}

}  // namespace bornite::noisy
