#pragma once
// The inner loops of transforms over bit axes, compiled for several instruction sets: one table of functions each.

#include <cstddef>

namespace bornite {

/// The symmetric 2x2 matrix that is applied along an axis: [[1, 1], [1, -1]] or [[1, x], [x, 1]].
struct AxisMatrix {
  bool walsh = true;
  double x = 0;
};

/// What a block of consecutive entries is before the transform: `values`, or where `low` is not null
/// values[i] - low[i] * high.
struct BlockInput {
  const double* values;
  const double* low = nullptr;
  double high = 1;
};

/// Rows of numbers, `stride` apart.
struct Rows {
  double* data;
  std::size_t stride;
};

/// 2^row_bits rows of 2^column_bits numbers.
struct TileShape {
  unsigned row_bits;
  unsigned column_bits;
};

/// From row to row of a tile in a buffer. No power of two: entries that many rows apart would compete for the same
/// places in the cache.
constexpr std::size_t buffer_stride(unsigned column_bits) { return (std::size_t{1} << column_bits) + 8; }

struct TransformKernels {
  /// out[0, 2^bits) = the transform of `in` over all axes. in.values and out are one or disjoint.
  void (*block)(const AxisMatrix& matrix, const BlockInput& in, double* out, unsigned bits);
  /// `to` = the transform of `from` over the axes that number the rows; `room` holds parts of the work. Each of the
  /// three may be the same as another; else they are disjoint, and `from` is left as it is. Columns are a multiple
  /// of 8.
  void (*tile)(const AxisMatrix& matrix, const Rows& from, const Rows& to, const Rows& room, TileShape shape);
  /// x[i] *= eigenvalues[number of ones of begin + i] for i in [0, size). `begin` is a multiple of `size`, a power
  /// of 2.
  void (*scale)(double* x, std::size_t begin, std::size_t size, const double* eigenvalues);
};

extern const TransformKernels baseline_transform_kernels;
#if defined(__x86_64__)
extern const TransformKernels avx2_transform_kernels;
extern const TransformKernels avx512_transform_kernels;
#endif

/// Those for simd_level().
[[nodiscard]] const TransformKernels& transform_kernels();

}  // namespace bornite
