#pragma once
// Similarity of bitstrings by their Hamming distance, and its averages under a prior.

#include "bornite/inference/prior.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// k(s, t) = sum over c of w_c exp(-gamma_c d_H(s, t)), with weights that sum to 1, so that k(s, s) = 1. Each component
/// is a product over bits, which is why all functions of 2^N values take O(N 2^N) or less. Bit i of an index is bit i
/// of the string.
class Kernel {
 public:
  /// A mixture with equal weights. Refuses an empty list, and a gamma that is not positive and finite, naming it.
  [[nodiscard]] static Result<Kernel> hamming(std::vector<double> gammas);
  /// A mixture with weights proportional to `weights`. Refuses what hamming(gammas) refuses, another number of weights
  /// than of gammas, and a weight that is not positive and finite.
  [[nodiscard]] static Result<Kernel> hamming(std::vector<double> gammas, std::vector<double> weights);

  [[nodiscard]] std::size_t components() const { return gammas_.size(); }
  [[nodiscard]] std::span<const double> gammas() const { return gammas_; }
  /// One per gamma; they sum to 1.
  [[nodiscard]] std::span<const double> weights() const { return weights_; }

  /// k of two strings that differ in `distance` places.
  [[nodiscard]] double of_distance(std::size_t distance) const;

  /// out = K v over all 2^N strings; v and out have 2^N entries each and are one span or disjoint. Takes one
  /// transform over all axes for one component, two for any mixture. Throws std::invalid_argument for other sizes.
  void apply(std::span<const double> v, std::span<double> out) const;

  /// E over t ~ prior of k(string, t). Throws std::invalid_argument if the lengths differ.
  [[nodiscard]] double mean_under(const Prior& prior, BitstringView string) const;
  /// out[s] = E over t ~ prior of k(s, t) for all 2^N strings. Throws std::invalid_argument for another size of out.
  void means_under(const Prior& prior, std::span<double> out) const;
  /// E over independent s, t ~ prior of k(s, t).
  [[nodiscard]] double energy_under(const Prior& prior) const;

 private:
  Kernel(std::vector<double> gammas, std::vector<double> weights);

  std::vector<double> gammas_;
  std::vector<double> weights_;
};

}  // namespace bornite
