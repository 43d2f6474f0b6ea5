#include "axis_transform.hpp"

#include "axis_sweeps.hpp"
#include "block_sums.hpp"
#include "bornite/util/parallel.hpp"
#include "bornite/util/simd.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

namespace bornite {
namespace {

/// A pass over axes [first, last) of x: columns of 2^(last-first) entries, 2^first apart, are gathered into the cache.
struct StridedPass {
  unsigned first;
  unsigned last;

  [[nodiscard]] std::size_t rows() const { return std::size_t{1} << (last - first); }
  [[nodiscard]] std::size_t columns() const { return block_size / rows(); }
  [[nodiscard]] unsigned column_bits() const { return static_cast<unsigned>(block_bits) - (last - first); }
};

void run_strip(std::span<double> x, const StridedPass& pass, std::size_t strip, CachedAxes axes, double parameter) {
  alignas(64) double cached[block_size];
  const std::size_t stride = std::size_t{1} << pass.first;
  const std::size_t strips_per_group = stride / pass.columns();
  const std::size_t bytes = pass.columns() * sizeof(double);
  double* const start =
      x.data() + strip / strips_per_group * (stride * pass.rows()) + strip % strips_per_group * pass.columns();
  for (std::size_t row = 0; row < pass.rows(); ++row)
    std::memcpy(cached + row * pass.columns(), start + row * stride, bytes);
  axes(cached, block_size, pass.column_bits(), static_cast<unsigned>(block_bits), parameter);
  for (std::size_t row = 0; row < pass.rows(); ++row)
    std::memcpy(start + row * stride, cached + row * pass.columns(), bytes);
}

void run_pass(std::span<double> x, const StridedPass& pass, CachedAxes axes, double parameter) {
  constexpr std::size_t strips_per_task = 8;
  parallel_blocks(x.size() / block_size, strips_per_task, [&](std::size_t begin, std::size_t end) {
    for (std::size_t strip = begin; strip < end; ++strip) run_strip(x, pass, strip, axes, parameter);
  });
}

}  // namespace

BORNITE_MULTIVERSION
void walsh_axes(double* x, std::size_t size, unsigned first, unsigned last, double) {
  sweeps::axes(sweeps::WalshMatrix{}, x, size, first, last);
}

BORNITE_MULTIVERSION
void hamming_axes(double* x, std::size_t size, unsigned first, unsigned last, double parameter) {
  sweeps::axes(sweeps::HammingMatrix{parameter}, x, size, first, last);
}

void transform_all_axes(std::span<double> x, CachedAxes axes, double parameter, const BlockSource& source) {
  if (!std::has_single_bit(x.size())) throw std::invalid_argument("A transform over bits needs 2^N numbers.");
  const auto bits = static_cast<unsigned>(std::countr_zero(x.size()));
  const unsigned low_bits = std::min(bits, static_cast<unsigned>(block_bits));
  for_each_block(x.size(), [&](std::size_t block, std::size_t begin, std::size_t end) {
    const std::span<double> values = x.subspan(begin, end - begin);
    if (source) source(block, begin, values);
    axes(values.data(), values.size(), 0, low_bits, parameter);
  });
  // Eight axes at most per pass, so that each gathered row is two cache lines or more.
  constexpr unsigned most = 8;
  const unsigned passes = (bits - low_bits + most - 1) / most;
  for (unsigned pass = 0, first = low_bits; pass < passes; ++pass) {
    const unsigned last = first + (bits - first) / (passes - pass);
    run_pass(x, {first, last}, axes, parameter);
    first = last;
  }
}

}  // namespace bornite
