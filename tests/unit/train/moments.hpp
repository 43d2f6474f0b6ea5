#pragma once
// Means and variances over repeats of a random vector.

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace bornite::test {

class Moments {
 public:
  explicit Moments(std::size_t components) : mean_(components), squares_(components) {}

  void add(std::span<const double> values) {
    ++repeats_;
    for (std::size_t i = 0; i < mean_.size(); ++i) {
      const double difference = values[i] - mean_[i];
      mean_[i] += difference / repeats_;
      squares_[i] += difference * (values[i] - mean_[i]);
    }
  }

  [[nodiscard]] std::size_t size() const { return mean_.size(); }
  [[nodiscard]] double mean(std::size_t i) const { return mean_[i]; }
  [[nodiscard]] double variance(std::size_t i) const { return squares_[i] / (repeats_ - 1); }
  [[nodiscard]] double standard_error(std::size_t i) const { return std::sqrt(variance(i) / repeats_); }
  [[nodiscard]] double total_variance() const {
    double sum = 0;
    for (std::size_t i = 0; i < size(); ++i) sum += variance(i);
    return sum;
  }

 private:
  double repeats_ = 0;
  std::vector<double> mean_;
  std::vector<double> squares_;
};

}  // namespace bornite::test
