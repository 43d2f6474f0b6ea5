#pragma once
// Random cost tables, angles and objectives for the tests of training.

#include "bornite/inference/objective.hpp"
#include "bornite/network/cost_table.hpp"
#include "bornite/util/random.hpp"

#include <memory>
#include <numbers>
#include <string>
#include <vector>

namespace bornite::test {

inline RandomStream random_stream(std::uint64_t seed) {
  return RandomStream({.seed = seed, .purpose = StreamPurpose::test});
}

inline CostTable random_costs(std::size_t bits, std::uint64_t seed) {
  RandomStream random = random_stream(seed);
  std::vector<double> costs(std::size_t{1} << bits);
  for (double& cost : costs) cost = random.normal();
  return CostTable(bits, std::move(costs));
}

inline std::vector<double> random_angles(std::size_t count, std::uint64_t seed) {
  RandomStream random = random_stream(seed);
  std::vector<double> theta(count);
  for (double& angle : theta) angle = 2 * std::numbers::pi * random.uniform();
  return theta;
}

inline Prior skewed_prior(std::size_t bits) {
  std::vector<double> probabilities;
  for (std::size_t i = 0; i < bits; ++i)
    probabilities.push_back(0.2 + 0.6 * static_cast<double>(i + 1) / static_cast<double>(bits + 1));
  return *Prior::bernoulli(std::move(probabilities));
}

inline std::unique_ptr<Objective> objective(const std::string& name, Prior prior) {
  return *make_objective(
      {.name = name, .beta = 0.3, .alpha = 0.4, .lambda = 0.7, .gammas = {0.2, 0.9}, .prior = std::move(prior)});
}

}  // namespace bornite::test
