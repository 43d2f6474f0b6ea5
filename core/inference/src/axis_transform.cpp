#include "axis_transform.hpp"

#include "axis_passes.hpp"
#include "bornite/util/buffer.hpp"
#include "bornite/util/parallel.hpp"

#include <bit>
#include <stdexcept>
#include <utility>
#include <vector>

namespace bornite {
namespace {

/// Room for one tile, kept per thread.
Rows tile_buffer(const AxisPass& pass) {
  thread_local Buffer<double> buffer;
  const std::size_t stride = buffer_stride(pass.column_bits());
  buffer.reserve(stride << pass.row_bits());
  return {buffer.data(), stride};
}

/// A transform under way.
class Transform {
 public:
  Transform(std::span<double> x, const TransformInput& input, std::span<const double> eigenvalues)
      : x_(x), input_(input), eigenvalues_(eigenvalues) {
    if (!std::has_single_bit(x.size())) throw std::invalid_argument("A transform over bits needs 2^N numbers.");
    passes_ = axis_passes(static_cast<unsigned>(std::countr_zero(x.size())));
  }

  std::array<double, 2> once(const AxisMatrix& matrix, const Finish& finish) {
    for (std::size_t i = 0; i + 1 < passes_.size(); ++i) run(passes_[i], matrix, false, {});
    return run(passes_.back(), matrix, false, finish);
  }

  /// The pass over the highest axes goes there and back.
  std::array<double, 2> there_and_back(const Finish& finish) {
    for (std::size_t i = 0; i + 1 < passes_.size(); ++i) run(passes_[i], {}, false, {});
    if (passes_.size() == 1) return run(passes_.back(), {}, true, finish);
    run(passes_.back(), {}, true, {});
    for (std::size_t i = passes_.size() - 1; i-- > 1;) run(passes_[i], {}, false, {});
    return run(passes_.front(), {}, false, finish);
  }

 private:
  std::array<double, 2> run(const AxisPass& pass, const AxisMatrix& matrix, bool back, const Finish& finish) {
    constexpr std::size_t strings_per_task = 8 * block_size;
    const std::size_t tiles_per_task = std::max<std::size_t>(1, strings_per_task / pass.tile_size());
    std::vector<double> first(finish ? pass.tiles() : 0), second(first.size());
    parallel_blocks(pass.tiles(), tiles_per_task, [&](std::size_t begin, std::size_t end) {
      for (std::size_t tile = begin; tile < end; ++tile) {
        const std::size_t string = pass.begin(tile);
        const Rows room = tile_buffer(pass);
        const Rows result = finish ? room : Rows{x_.data() + string, pass.row_stride()};
        if (pass.first == 0)
          low_tile(pass, string, result, matrix, back);
        else
          high_tile(pass, string, room, result, matrix, back);
        if (!finish) continue;
        const std::size_t rows = std::size_t{1} << pass.row_bits(), columns = std::size_t{1} << pass.column_bits();
        const auto [a, b] = finish({result, rows, columns, string, pass.row_stride()});
        first[tile] = a, second[tile] = b;
      }
    });
    if (pass.first == 0) input_ = {x_.data()};
    return {pairwise_sum(first), pairwise_sum(second)};
  }

  void low_tile(const AxisPass& pass, std::size_t begin, const Rows& result, const AxisMatrix& matrix, bool back) {
    const std::size_t rows = std::size_t{1} << pass.row_bits();
    for (std::size_t row = 0; row != rows; ++row)
      kernels_.block(matrix, input_.block(begin + row * pass.row_stride()), result.data + row * result.stride,
                     pass.column_bits());
    if (rows > 1) kernels_.tile(matrix, result, result, result, {pass.row_bits(), pass.column_bits()});
    if (!back) return;
    scale(pass, begin, result);
    for (std::size_t row = 0; row != rows; ++row) {
      double* const data = result.data + row * result.stride;
      kernels_.block(matrix, {data}, data, pass.column_bits());
    }
    if (rows > 1) kernels_.tile(matrix, result, result, result, {pass.row_bits(), pass.column_bits()});
  }

  void high_tile(const AxisPass& pass, std::size_t begin, const Rows& room, const Rows& result,
                 const AxisMatrix& matrix, bool back) {
    const TileShape shape{pass.row_bits(), pass.column_bits()};
    const Rows global{x_.data() + begin, pass.row_stride()};
    kernels_.tile(matrix, global, back ? room : result, room, shape);
    if (!back) return;
    scale(pass, begin, room);
    kernels_.tile(matrix, room, result, room, shape);
  }

  /// Multiplies each entry of a tile by its eigenvalue.
  void scale(const AxisPass& pass, std::size_t begin, const Rows& tile) const {
    for (std::size_t row = 0; row >> pass.row_bits() == 0; ++row)
      kernels_.scale(tile.data + row * tile.stride, begin + row * pass.row_stride(),
                     std::size_t{1} << pass.column_bits(), eigenvalues_.data());
  }

  std::span<double> x_;
  TransformInput input_;
  std::span<const double> eigenvalues_;
  std::vector<AxisPass> passes_;
  const TransformKernels& kernels_ = transform_kernels();
};

}  // namespace

BlockInput TransformInput::block(std::size_t begin) const {
  if (low == nullptr) return {values + begin};
  return {values + begin, low, high[begin / block_size]};
}

std::array<double, 2> transform_all_axes(std::span<double> x, const TransformInput& input, const AxisMatrix& matrix,
                                         const Finish& finish) {
  return Transform(x, input, {}).once(matrix, finish);
}

std::array<double, 2> transform_by_eigenvalues(std::span<double> x, const TransformInput& input,
                                               std::span<const double> eigenvalues, const Finish& finish) {
  return Transform(x, input, eigenvalues).there_and_back(finish);
}

}  // namespace bornite
