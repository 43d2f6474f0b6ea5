#pragma once
// E over t ~ prior of k(s, t) for many strings s: a byte of s at a time.

#include "bornite/inference/kernel.hpp"
#include "bornite/inference/prior.hpp"
#include "bornite/util/bitstring.hpp"

#include <cstddef>
#include <vector>

namespace bornite {

class PriorMeans {
 public:
  PriorMeans(const Kernel& kernel, const Prior& prior);

  /// E over t ~ prior of k(string, t); the string has as many bits as the prior.
  [[nodiscard]] double operator()(BitstringView string) const;

 private:
  bool same_for_all_;
  double energy_;  ///< the mean over strings, which is that of each under the uniform prior
  std::size_t bytes_;
  std::size_t components_;
  std::vector<double> factors_;  ///< [component][byte of the string][value of the byte]
};

}  // namespace bornite
