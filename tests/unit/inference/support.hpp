#pragma once
// Random problems, and the slow and obvious way to every number that the module computes fast.

#include "bornite/backend/shot_table.hpp"
#include "bornite/inference/kernel.hpp"
#include "bornite/inference/prior.hpp"
#include "bornite/util/random.hpp"

#include <Eigen/Core>

#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace bornite::test {

inline RandomStream stream(std::uint64_t seed) { return RandomStream({.seed = seed, .purpose = StreamPurpose::test}); }

inline std::vector<double> random_numbers(RandomStream& random, std::size_t size, double low = 0, double high = 1) {
  std::vector<double> numbers(size);
  for (double& number : numbers) number = low + (high - low) * random.uniform();
  return numbers;
}

/// Probabilities that differ by orders of magnitude and sum to 1.
inline std::vector<double> random_distribution(RandomStream& random, std::size_t bits) {
  std::vector<double> q(std::size_t{1} << bits);
  double sum = 0;
  for (double& value : q) sum += value = std::exp(3 * random.normal());
  for (double& value : q) value /= sum;
  return q;
}

inline Prior random_prior(RandomStream& random, std::size_t bits) {
  return Prior::bernoulli(random_numbers(random, bits, 0.05, 0.95)).value();
}

/// The uniform prior for even numbers, a Bernoulli prior for odd ones.
inline Prior some_prior(RandomStream& random, std::size_t bits, std::size_t number) {
  return number % 2 == 0 ? Prior::uniform(bits) : random_prior(random, bits);
}

inline Kernel some_kernel(std::size_t bits, std::size_t components) {
  std::vector<double> gammas;
  for (std::size_t c = 0; c < components; ++c)
    gammas.push_back(2.0 / static_cast<double>(bits) * std::pow(2.7, static_cast<double>(c)));
  return Kernel::hamming(gammas).value();
}

inline double naive_kernel(const Kernel& kernel, std::size_t distance) {
  double sum = 0;
  for (std::size_t c = 0; c < kernel.components(); ++c)
    sum += kernel.weights()[c] * std::exp(-kernel.gammas()[c] * static_cast<double>(distance));
  return sum;
}

inline Eigen::MatrixXd dense_kernel(const Kernel& kernel, std::size_t bits) {
  const Eigen::Index size = Eigen::Index{1} << bits;
  Eigen::MatrixXd matrix(size, size);
  for (Eigen::Index s = 0; s < size; ++s)
    for (Eigen::Index t = 0; t < size; ++t)
      matrix(s, t) = naive_kernel(kernel, static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(s ^ t))));
  return matrix;
}

inline Eigen::VectorXd vector_of(std::span<const double> values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

inline Eigen::VectorXd dense_prior(const Prior& prior) {
  Eigen::VectorXd p = Eigen::VectorXd::Ones(Eigen::Index{1} << prior.bits());
  for (Eigen::Index s = 0; s < p.size(); ++s)
    for (std::size_t i = 0; i < prior.bits(); ++i)
      p(s) *= ((s >> i) & 1) == 1 ? prior.probability_of_one(i) : 1 - prior.probability_of_one(i);
  return p;
}

inline double dense_mmd_squared(std::span<const double> q, const Prior& prior, const Kernel& kernel) {
  const Eigen::VectorXd difference = vector_of(q) - dense_prior(prior);
  return difference.dot(dense_kernel(kernel, prior.bits()) * difference);
}

/// Every string of so many bits in the order of the indices.
inline BitstringList all_strings(std::size_t bits) {
  BitstringList strings(bits);
  for (std::size_t s = 0; s < std::size_t{1} << bits; ++s) strings.push_back(Bitstring::from_index(bits, s));
  return strings;
}

inline ShotRow merged(const BitstringList& shots) {
  return ShotRow::create(shots, std::vector<std::uint64_t>(shots.size(), 1), shots.size()).value();
}

/// Shots from q, one string per shot.
inline BitstringList draw(RandomStream& random, std::span<const double> q, std::size_t shots) {
  const auto bits = static_cast<std::size_t>(std::countr_zero(q.size()));
  BitstringList strings(bits);
  for (std::size_t shot = 0; shot < shots; ++shot) {
    double left = random.uniform();
    std::size_t s = 0;
    while (s + 1 < q.size() && left >= q[s]) left -= q[s++];
    strings.push_back(Bitstring::from_index(bits, s));
  }
  return strings;
}

/// Shots of any number of bits that stay near two centres, so that strings repeat.
inline BitstringList draw_near_centres(RandomStream& random, std::size_t bits, std::size_t shots) {
  BitstringList strings(bits);
  for (std::size_t shot = 0; shot < shots; ++shot) {
    Bitstring string(bits);
    const bool second = random.uniform() < 0.3;
    for (std::size_t i = 0; i < bits; ++i) string.set(i, second && i % 3 == 0);
    for (int flips = 0; flips < 2; ++flips) string.set(random() % bits, true);
    strings.push_back(string);
  }
  return strings;
}

/// Mean and standard error of what was added.
class Average {
 public:
  void add(double value) {
    ++count_;
    const double step = value - mean_;
    mean_ += step / count_;
    squares_ += step * (value - mean_);
  }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double standard_error() const { return std::sqrt(squares_ / (count_ - 1) / count_); }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace bornite::test
