#pragma once
// Values of all 2^N strings that combine one term per bit, with a table for the low bits and one number per block.

#include "block_sums.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace bornite {

/// f(s) = terms[0][s_0] . terms[1][s_1] . ... where the dot is Operation (std::plus or std::multiplies over double).
/// The value at string s of block b is low()[s % block_size] . high(b).
template <typename Operation>
class BitTable {
 public:
  BitTable(double identity, std::vector<std::array<double, 2>> terms) : identity_(identity), terms_(std::move(terms)) {
    const std::size_t low_bits = std::min(terms_.size(), block_bits);
    low_.assign(std::size_t{1} << low_bits, identity_);
    for (std::size_t bit = 0; bit < low_bits; ++bit)
      for (std::size_t s = 0, half = std::size_t{1} << bit; s < half; ++s) {
        low_[s + half] = Operation{}(low_[s], terms_[bit][1]);
        low_[s] = Operation{}(low_[s], terms_[bit][0]);
      }
  }

  [[nodiscard]] std::size_t bits() const { return terms_.size(); }
  [[nodiscard]] std::span<const double> low() const { return low_; }
  /// high(b) for all blocks.
  [[nodiscard]] std::vector<double> all_high() const {
    std::vector<double> values(std::size_t{1} << (bits() - std::min(bits(), block_bits)));
    for (std::size_t block = 0; block < values.size(); ++block) values[block] = high(block);
    return values;
  }
  [[nodiscard]] double high(std::size_t block) const {
    double value = identity_;
    for (std::size_t bit = block_bits; bit < terms_.size(); ++bit)
      value = Operation{}(value, terms_[bit][(block >> (bit - block_bits)) & 1U]);
    return value;
  }

 private:
  double identity_;
  std::vector<std::array<double, 2>> terms_;
  std::vector<double> low_;
};

}  // namespace bornite
