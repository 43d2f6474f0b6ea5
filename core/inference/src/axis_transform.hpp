#pragma once
// A 2x2 matrix applied along every bit axis of a vector of 2^N numbers, in two passes over memory up to N = 24.

#include "transform_kernels.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <span>

namespace bornite {

/// What is transformed: the numbers `values`, or where `low` is not null values[s] - low[s % block_size] *
/// high[s / block_size].
struct TransformInput {
  const double* values;
  const double* low = nullptr;
  const double* high = nullptr;

  [[nodiscard]] BlockInput block(std::size_t begin) const;
};

/// A part of the finished transform that lies in the cache, row after row. Entry `column` of `row` belongs to string
/// begin + row * row_stride + column.
struct FinishedTile {
  Rows values;
  std::size_t rows;
  std::size_t columns;
  std::size_t begin;
  std::size_t row_stride;
};

/// Takes a tile and returns its share of two sums. The strings of a tile are nobody else's.
using Finish = std::function<std::array<double, 2>(const FinishedTile& tile)>;

/// The transform of `input` over all axes of 2^N entries, N given by the size of x. Without `finish` it is written to
/// x; with it, x is only room to work in, and `finish` gets the result tile by tile while it lies in the cache and may
/// write to x where the tile's strings are. Returns the sums over all tiles, the same for any number of threads.
/// input.values and x are one or disjoint. Throws std::invalid_argument unless the size of x is a power of two.
std::array<double, 2> transform_all_axes(std::span<double> x, const TransformInput& input, const AxisMatrix& matrix,
                                         const Finish& finish = {});

/// The same for two Walsh-Hadamard transforms with a diagonal between them: entry S is multiplied by the entry of
/// `eigenvalues` for the number of ones of S (N + 1 entries).
std::array<double, 2> transform_by_eigenvalues(std::span<double> x, const TransformInput& input,
                                               std::span<const double> eigenvalues, const Finish& finish = {});

}  // namespace bornite
