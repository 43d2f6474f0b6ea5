#include "whole_state.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <numeric>

namespace bornite::statevector {
namespace {

/// The sum of what body(x, end) gives for the pieces of the state; the same bits for any number of threads.
template <typename Body>
double sum_over_pieces(const Layout& layout, const Body& body) {
  constexpr std::size_t most_parts = 64;
  const std::size_t piece = std::size_t{1} << layout.tile;
  if (layout.qubits == layout.tile) return body(0, piece);
  const std::size_t parts = std::min(most_parts, layout.amplitudes() / piece);
  const std::size_t size = layout.amplitudes() / parts;  // both are powers of two
  std::array<double, most_parts> sums{};
  const auto sum_part = [&](std::size_t part) {
    for (std::size_t x = part * size; x != (part + 1) * size; x += piece) sums[part] += body(x, x + piece);
  };
  if (layout.qubits < parallel_qubits)
    for (std::size_t part = 0; part != parts; ++part) sum_part(part);
  else
    parallel_for(parts, sum_part);
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

double norm_squared(const Kernels& kernels, const Workspace& workspace) {
  const Layout& layout = workspace.layout;
  return sum_over_pieces(layout, [&](std::size_t x, std::size_t end) {
    double sum = 0.0;
    kernels.sum_squares(workspace.psi.data() + layout.position(x), layout.blocks(end - x), &sum, 1);
    return sum;
  });
}

void square(const Kernels& kernels, const Workspace& workspace, double scale, double* q) {
  const Layout& layout = workspace.layout;
  for_each_piece(layout, [&](std::size_t x, std::size_t end) {
    kernels.square(workspace.psi.data() + layout.position(x), scale, q + x, layout.blocks(end - x));
  });
}

/// Returns the largest magnitude that is left.
double subtract_from_cost(const Kernels& kernels, Workspace& workspace, double mean) {
  std::atomic<double> largest = 0.0;
  for_each_piece(workspace.layout, [&](std::size_t x, std::size_t end) {
    const double here = kernels.subtract(workspace.cost.data() + x, end - x, mean);
    double before = largest;
    while (before < here && !largest.compare_exchange_weak(before, here)) {
    }
  });
  return largest;
}

}  // namespace

void square_state(const Kernels& kernels, const Workspace& workspace, double* q) { square(kernels, workspace, 1.0, q); }

void read_probabilities(const Kernels& kernels, Workspace& workspace) {
  const bool normalises = workspace.layout.precision == Precision::complex64;
  square(kernels, workspace, normalises ? 1.0 / norm_squared(kernels, workspace) : 1.0, workspace.probabilities.data());
}

double prepare_cost(const Kernels& kernels, Workspace& workspace) {
  if (workspace.layout.precision == Precision::complex128) return 1.0;
  const double mean = sum_over_pieces(workspace.layout, [&](std::size_t x, std::size_t end) {
    return kernels.dot(workspace.probabilities.data() + x, workspace.cost.data() + x, end - x);
  });
  const double largest = subtract_from_cost(kernels, workspace, std::isfinite(mean) ? mean : 0.0);
  return largest > 0.0 && std::isfinite(largest) ? std::exp2(std::clamp(std::ilogb(largest), -1000, 1000)) : 1.0;
}

}  // namespace bornite::statevector
