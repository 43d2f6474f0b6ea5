#include "bornite/inference/prior.hpp"

#include "prior_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace bornite {

Prior::Prior(std::vector<double> probabilities_of_one)
    : probabilities_of_one_(std::move(probabilities_of_one)),
      uniform_(std::ranges::all_of(probabilities_of_one_, [](double p) { return p == 0.5; })) {}

Prior Prior::uniform(std::size_t bits) { return Prior(std::vector<double>(bits, 0.5)); }

Result<Prior> Prior::bernoulli(std::vector<double> probabilities_of_one) {
  for (std::size_t i = 0; i < probabilities_of_one.size(); ++i)
    if (!(probabilities_of_one[i] > 0 && probabilities_of_one[i] < 1))
      return Error{
          ErrorKind::configuration,
          fmt::format("The prior probability of bit {} being 1 is {}.", i, probabilities_of_one[i]),
          "Give a number strictly between 0 and 1: the logarithm of every string's probability must be finite."};
  return Prior(std::move(probabilities_of_one));
}

double Prior::log_probability(BitstringView string) const {
  if (string.size() != bits())
    throw std::invalid_argument(fmt::format("A prior over {} bits was asked about {} bits.", bits(), string.size()));
  double sum = 0;
  for (std::size_t i = 0; i < bits(); ++i)
    sum += string[i] ? std::log(probabilities_of_one_[i]) : std::log1p(-probabilities_of_one_[i]);
  return sum;
}

void Prior::probabilities(std::span<double> out) const {
  require_all_strings(*this, out.size());
  const ProbabilityTable table = probability_table(*this);
  for_each_block(out.size(), [&](std::size_t block, std::size_t begin, std::size_t end) {
    const double high = table.high(block);
    for (std::size_t s = begin; s < end; ++s) out[s] = table.low()[s - begin] * high;
  });
}

void Prior::log_probabilities(std::span<double> out) const {
  require_all_strings(*this, out.size());
  const LogProbabilityTable table = log_probability_table(*this);
  for_each_block(out.size(), [&](std::size_t block, std::size_t begin, std::size_t end) {
    const double high = table.high(block);
    for (std::size_t s = begin; s < end; ++s) out[s] = table.low()[s - begin] + high;
  });
}

ProbabilityTable probability_table(const Prior& prior) {
  std::vector<std::array<double, 2>> terms(prior.bits());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const double one = prior.probability_of_one(i);
    terms[i] = {1 - one, one};
  }
  return {1.0, std::move(terms)};
}

LogProbabilityTable log_probability_table(const Prior& prior) {
  std::vector<std::array<double, 2>> terms(prior.bits());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const double one = prior.probability_of_one(i);
    terms[i] = {std::log1p(-one), std::log(one)};
  }
  return {0.0, std::move(terms)};
}

void require_all_strings(const Prior& prior, std::size_t size) {
  if (prior.bits() >= 64 || size != std::size_t{1} << prior.bits())
    throw std::invalid_argument(
        fmt::format("A prior over {} bits met {} values instead of one for each of the 2^{} strings.", prior.bits(),
                    size, prior.bits()));
}

}  // namespace bornite
