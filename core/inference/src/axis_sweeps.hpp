#pragma once
// Butterflies along the axes of an array that the innermost cache holds: two axes per pass, eight numbers at a time.
// Everything here is inlined into functions that are compiled for several instruction sets.

#include "lanes.hpp"

#include <cstddef>

namespace bornite::sweeps {

inline constexpr std::size_t first_pass = 4 * lanes;  // entries that the first pass, over five axes, keeps in registers

/// [[1, 1], [1, -1]]
struct WalshMatrix {
  template <typename T>
  __attribute__((always_inline)) void pair(T& a, T& b) const {
    const T difference = a - b;
    a = a + b;
    b = difference;
  }
  __attribute__((always_inline)) void within(Lanes& v) const {
    const Lanes s0 = {1, -1, 1, -1, 1, -1, 1, -1}, s1 = {1, 1, -1, -1, 1, 1, -1, -1}, s2 = {1, 1, 1, 1, -1, -1, -1, -1};
    v = s0 * v + __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
    v = s1 * v + __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5);
    v = s2 * v + __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
  }
};

/// [[1, x], [x, 1]]
struct HammingMatrix {
  double x;
  template <typename T>
  __attribute__((always_inline)) void pair(T& a, T& b) const {
    const T first = a + x * b;
    b = b + x * a;
    a = first;
  }
  __attribute__((always_inline)) void within(Lanes& v) const {
    v = v + x * __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
    v = v + x * __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5);
    v = v + x * __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
  }
};

template <typename Matrix>
__attribute__((always_inline)) inline void four(const Matrix& m, Lanes& a, Lanes& b, Lanes& c, Lanes& d) {
  m.pair(a, b);
  m.pair(c, d);
  m.pair(a, c);
  m.pair(b, d);
}

/// Axes 0 to 4 of an array whose size is a multiple of first_pass.
template <typename Matrix>
__attribute__((always_inline)) inline void first_five_axes(const Matrix& m, double* x, std::size_t size) {
  for (double* p = x; p != x + size; p += first_pass) {
    Lanes a, b, c, d;
    load(a, p), load(b, p + lanes), load(c, p + 2 * lanes), load(d, p + 3 * lanes);
    m.within(a), m.within(b), m.within(c), m.within(d);
    four(m, a, b, c, d);
    store(p, a), store(p + lanes, b), store(p + 2 * lanes, c), store(p + 3 * lanes, d);
  }
}

/// Axes `axis` and axis + 1, axis >= 3.
template <typename Matrix>
__attribute__((always_inline)) inline void two_axes(const Matrix& m, double* x, std::size_t size, unsigned axis) {
  const std::size_t stride = std::size_t{1} << axis;
  for (std::size_t group = 0; group < size; group += 4 * stride)
    for (double *p = x + group, *end = p + stride; p != end; p += lanes) {
      Lanes a, b, c, d;
      load(a, p), load(b, p + stride), load(c, p + 2 * stride), load(d, p + 3 * stride);
      four(m, a, b, c, d);
      store(p, a), store(p + stride, b), store(p + 2 * stride, c), store(p + 3 * stride, d);
    }
}

/// One axis >= 3.
template <typename Matrix>
__attribute__((always_inline)) inline void one_axis(const Matrix& m, double* x, std::size_t size, unsigned axis) {
  const std::size_t stride = std::size_t{1} << axis;
  for (std::size_t group = 0; group < size; group += 2 * stride)
    for (double *p = x + group, *end = p + stride; p != end; p += lanes) {
      Lanes a, b;
      load(a, p), load(b, p + stride);
      m.pair(a, b);
      store(p, a), store(p + stride, b);
    }
}

/// Any one axis of any array, number by number.
template <typename Matrix>
__attribute__((always_inline)) inline void small_axis(const Matrix& m, double* x, std::size_t size, unsigned axis) {
  const std::size_t stride = std::size_t{1} << axis;
  for (std::size_t i = 0; i < size; ++i)
    if ((i & stride) == 0) m.pair(x[i], x[i + stride]);
}

template <typename Matrix>
__attribute__((always_inline)) inline void axes(const Matrix& m, double* x, std::size_t size, unsigned first,
                                                unsigned last) {
  unsigned axis = first;
  if (axis == 0 && last >= 5) {
    first_five_axes(m, x, size);
    axis = 5;
  }
  for (; axis < 3 && axis < last; ++axis) small_axis(m, x, size, axis);
  for (; axis + 2 <= last; axis += 2) two_axes(m, x, size, axis);
  if (axis < last) one_axis(m, x, size, axis);
}

}  // namespace bornite::sweeps
