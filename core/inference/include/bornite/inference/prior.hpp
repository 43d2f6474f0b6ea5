#pragma once
// What is believed about the bits before any data: independent bits, fair or biased.

#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// p(s) = product over i of the probability of bit i. Every probability and every log p(s) is finite.
class Prior {
 public:
  /// The prior of no bits; a placeholder until the number of bits is known.
  Prior() = default;
  /// Every string of `bits` bits is equally probable.
  [[nodiscard]] static Prior uniform(std::size_t bits);
  /// Bit i is 1 with probability probabilities_of_one[i]. Refuses, naming index and value, what is not strictly between
  /// 0 and 1, because log p(s) must be finite.
  [[nodiscard]] static Result<Prior> bernoulli(std::vector<double> probabilities_of_one);

  [[nodiscard]] std::size_t bits() const { return probabilities_of_one_.size(); }
  /// Whether every bit is fair, however the prior was made.
  [[nodiscard]] bool is_uniform() const { return uniform_; }
  /// Throws std::out_of_range unless bit < bits().
  [[nodiscard]] double probability_of_one(std::size_t bit) const { return probabilities_of_one_.at(bit); }

  /// log p(s) in nats. Throws std::invalid_argument unless the string has bits() bits.
  [[nodiscard]] double log_probability(BitstringView string) const;

  /// out[s] = p(s) for all 2^bits() strings. Throws std::invalid_argument unless out has that many entries.
  void probabilities(std::span<double> out) const;
  /// out[s] = log p(s) in nats for all 2^bits() strings. Throws std::invalid_argument unless out has that many entries.
  void log_probabilities(std::span<double> out) const;

 private:
  explicit Prior(std::vector<double> probabilities_of_one);

  std::vector<double> probabilities_of_one_;
  bool uniform_ = true;
};

}  // namespace bornite
