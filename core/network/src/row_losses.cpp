#include "row_losses.hpp"

#include "bornite/util/simd.hpp"
#include "vector_math.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bornite {
namespace {

/// z <- the sum with its sign turned so that a large one is bad.
BORNITE_MULTIVERSION void turn_against_target(const double* targets, double* z, std::size_t networks) {
  for (std::size_t s = 0; s < networks; ++s, z += tile_width)
    for (std::size_t row = 0; row < tile_width; ++row) z[row] = targets[row] == 1 ? -z[row] : z[row];
}

BORNITE_MULTIVERSION void subtract_target(const double* targets, double* z, std::size_t networks) {
  for (std::size_t s = 0; s < networks; ++s, z += tile_width)
    for (std::size_t row = 0; row < tile_width; ++row) z[row] -= targets[row];
}

BORNITE_MULTIVERSION void add_weighted(const double* weights, const double* x, std::size_t networks, double* totals) {
  for (std::size_t s = 0; s < networks; ++s, x += tile_width, totals += tile_width)
    for (std::size_t row = 0; row < tile_width; ++row) totals[row] += weights[row] * x[row];
}

BORNITE_MULTIVERSION void add_weighted_squares(const double* weights, const double* x, std::size_t networks,
                                               double* totals) {
  for (std::size_t s = 0; s < networks; ++s, x += tile_width, totals += tile_width)
    for (std::size_t row = 0; row < tile_width; ++row) totals[row] += weights[row] * x[row] * x[row];
}

/// Class 1 is right only above the tie, class 0 up to it.
void add_binary_errors(const double* targets, const double* weights, const double* z, std::size_t networks,
                       double* totals) {
  for (std::size_t s = 0; s < networks; ++s, z += tile_width, totals += tile_width)
    for (std::size_t row = 0; row < tile_width; ++row)
      if ((z[row] > tie_tolerance) != (targets[row] == 1)) totals[row] += weights[row];
}

void add_binary(Loss loss, const double* targets, const double* weights, double* z, std::size_t networks,
                double* totals) {
  if (loss == Loss::zero_one) return add_binary_errors(targets, weights, z, networks, totals);
  turn_against_target(targets, z, networks);
  if (loss == Loss::cross_entropy) {
    softplus(z, networks * tile_width);
    return add_weighted(weights, z, networks, totals);
  }
  logistic(z, networks * tile_width);
  add_weighted_squares(weights, z, networks, totals);
}

/// -log p(target) of one row whose class k has the sum z[k * tile_width].
double softmax_cross_entropy(const double* z, std::size_t width, std::size_t target) {
  double largest = z[0];
  for (std::size_t k = 1; k < width; ++k) largest = std::max(largest, z[k * tile_width]);
  double sum = 0;
  for (std::size_t k = 0; k < width; ++k) sum += std::exp(z[k * tile_width] - largest);
  return std::log(sum) + (largest - z[target * tile_width]);
}

double softmax_squared_error(const double* p, std::size_t width, std::size_t target) {
  double sum = 0;
  for (std::size_t k = 0; k < width; ++k) {
    const double difference = p[k * tile_width] - (k == target ? 1 : 0);
    sum += difference * difference;
  }
  return sum;
}

/// The target wins if it is above every earlier class and no later one is above it, ties being ties.
double softmax_error(const double* z, std::size_t width, std::size_t target) {
  for (std::size_t k = 0; k < width; ++k) {
    const double ahead = z[k * tile_width] - z[target * tile_width];
    if (k != target && ahead > (k < target ? -tie_tolerance : tie_tolerance)) return 1;
  }
  return 0;
}

void add_softmax(Loss loss, const double* targets, const double* weights, double* z, std::size_t networks,
                 std::size_t width, double* totals) {
  if (loss == Loss::squared_error) to_predictions(OutputKind::softmax, z, networks, width);
  const auto row_loss = loss == Loss::cross_entropy   ? softmax_cross_entropy
                        : loss == Loss::squared_error ? softmax_squared_error
                                                      : softmax_error;
  for (std::size_t s = 0; s < networks; ++s, z += width * tile_width, totals += tile_width)
    for (std::size_t row = 0; row < tile_width; ++row)
      if (weights[row] != 0)
        totals[row] += weights[row] * row_loss(z + row, width, static_cast<std::size_t>(targets[row]));
}

BORNITE_MULTIVERSION void subtract_largest(double* z, std::size_t width) {
  double largest[tile_width];
  for (std::size_t row = 0; row < tile_width; ++row) largest[row] = z[row];
  for (std::size_t k = 1; k < width; ++k)
    for (std::size_t row = 0; row < tile_width; ++row)
      largest[row] = z[k * tile_width + row] > largest[row] ? z[k * tile_width + row] : largest[row];
  for (std::size_t k = 0; k < width; ++k)
    for (std::size_t row = 0; row < tile_width; ++row) z[k * tile_width + row] -= largest[row];
}

BORNITE_MULTIVERSION void normalise(double* p, std::size_t width) {
  double sum[tile_width] = {};
  for (std::size_t k = 0; k < width; ++k)
    for (std::size_t row = 0; row < tile_width; ++row) sum[row] += p[k * tile_width + row];
  for (std::size_t k = 0; k < width; ++k)
    for (std::size_t row = 0; row < tile_width; ++row) p[k * tile_width + row] /= sum[row];
}

}  // namespace

TargetPanels::TargetPanels(std::span<const double> targets)
    : TargetPanels(targets, std::vector<std::size_t>(targets.size(), 1)) {}

TargetPanels::TargetPanels(std::span<const double> targets, std::span<const std::size_t> counts)
    : weights_(counts.begin(), counts.end()), total_weight_(std::accumulate(weights_.begin(), weights_.end(), 0.0)) {
  const std::size_t padded = (targets.size() + tile_width - 1) / tile_width * tile_width;
  targets_.assign(targets.begin(), targets.end());
  targets_.resize(padded);
  weights_.resize(padded);
}

void add_losses(OutputKind output, Loss loss, const TargetPanels& targets, std::size_t panel, double* sums,
                std::size_t networks, std::size_t width, double* totals) {
  const double* y = targets.targets(panel);
  const double* weights = targets.weights(panel);
  switch (output) {
    case OutputKind::binary: return add_binary(loss, y, weights, sums, networks, totals);
    case OutputKind::softmax: return add_softmax(loss, y, weights, sums, networks, width, totals);
    case OutputKind::regression:
      subtract_target(y, sums, networks);
      return add_weighted_squares(weights, sums, networks, totals);
  }
}

void to_predictions(OutputKind output, double* sums, std::size_t networks, std::size_t width) {
  switch (output) {
    case OutputKind::binary: return logistic(sums, networks * tile_width);
    case OutputKind::regression: return;
    case OutputKind::softmax:
      for (std::size_t s = 0; s < networks; ++s, sums += width * tile_width) {
        subtract_largest(sums, width);
        exponentials(sums, width * tile_width);
        normalise(sums, width);
      }
  }
}

}  // namespace bornite
