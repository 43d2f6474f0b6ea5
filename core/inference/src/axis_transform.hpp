#pragma once
// A 2x2 matrix applied along every bit axis of a vector of 2^N numbers, in place and few passes over memory.

#include <cstddef>
#include <functional>
#include <span>

namespace bornite {

/// Applies a symmetric 2x2 matrix along axes [first, last) of x[0, size), size = 2^n small enough for the innermost
/// cache; axis a pairs entries 2^a apart.
using CachedAxes = void (*)(double* x, std::size_t size, unsigned first, unsigned last, double parameter);

/// The matrix [[1, 1], [1, -1]]; the parameter is not used.
void walsh_axes(double* x, std::size_t size, unsigned first, unsigned last, double parameter);
/// The matrix [[1, x], [x, 1]] with x = parameter.
void hamming_axes(double* x, std::size_t size, unsigned first, unsigned last, double parameter);

/// Writes the values that a block of consecutive entries has before the transform; `begin` is its first index.
using BlockSource = std::function<void(std::size_t block, std::size_t begin, std::span<double> values)>;

/// x = the transform over all axes of what `source` writes into x block by block; an empty source stands for x itself.
/// Throws std::invalid_argument unless the size of x is a power of two.
void transform_all_axes(std::span<double> x, CachedAxes axes, double parameter, const BlockSource& source);

}  // namespace bornite
