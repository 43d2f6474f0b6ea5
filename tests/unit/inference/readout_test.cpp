#include "bornite/inference/readout.hpp"

#include "bornite/inference/mmd.hpp"
#include "bornite/inference/objective.hpp"
#include "bornite/util/random.hpp"
#include "catch.hpp"
#include "lower_tail.hpp"

#include <Eigen/LU>

#include <cmath>

using namespace bornite;

namespace {

constexpr std::size_t bits = 4, strings = 16;

RandomStream random_stream(std::uint64_t seed) { return RandomStream({.seed = seed, .purpose = StreamPurpose::test}); }

std::vector<ReadoutError> some_errors(std::size_t count) {
  std::vector<ReadoutError> errors;
  for (std::size_t i = 0; i < count; ++i)
    errors.push_back({0.02 + 0.01 * static_cast<double>(i % 4), 0.10 - 0.015 * static_cast<double>(i % 5)});
  return errors;
}

/// All 2^N x 2^N probabilities of reading s (row) in the state t (column).
Eigen::MatrixXd dense_readout(const std::vector<ReadoutError>& errors) {
  const auto size = Eigen::Index{1} << errors.size();
  Eigen::MatrixXd matrix(size, size);
  for (Eigen::Index s = 0; s < size; ++s)
    for (Eigen::Index t = 0; t < size; ++t) {
      double product = 1;
      for (std::size_t bit = 0; bit < errors.size(); ++bit) {
        const bool read = s >> bit & 1, is = t >> bit & 1;
        const double wrong = is ? errors[bit].zero_for_one : errors[bit].one_for_zero;
        product *= read == is ? 1 - wrong : wrong;
      }
      matrix(s, t) = product;
    }
  return matrix;
}

Eigen::VectorXd random_distribution(std::uint64_t seed) {
  RandomStream random = random_stream(seed);
  Eigen::VectorXd q(strings);
  for (double& p : q) p = -std::log(1 - random.uniform());
  return q / q.sum();
}

ShotRow row_of(const std::vector<std::uint64_t>& counts, std::uint64_t shots) {
  BitstringList all(bits);
  for (std::uint64_t s = 0; s < counts.size(); ++s) all.push_back(Bitstring::from_index(bits, s));
  return *ShotRow::create(std::move(all), counts, shots);
}

ShotRow draw(const Eigen::VectorXd& q, std::uint64_t shots, std::uint32_t repeat) {
  const std::vector<double> probabilities(q.begin(), q.end());
  return row_of(*draw_counts(probabilities, shots, {.seed = 7, .purpose = StreamPurpose::test, .step = repeat}), shots);
}

/// Mean of a number over repeats, and its scatter.
struct Scatter {
  double sum = 0, squares = 0;
  int count = 0;
  void add(double value) { ++count, sum += value, squares += value * value; }
  [[nodiscard]] double mean() const { return sum / count; }
  [[nodiscard]] double deviation() const {
    return std::sqrt((squares / count - mean() * mean()) * count / (count - 1));
  }
  [[nodiscard]] double error() const { return deviation() / std::sqrt(count); }
};

}  // namespace

TEST_CASE("where all strings were measured, mitigation applies the inverse of the whole readout matrix") {
  const auto errors = some_errors(bits);
  const ShotRow row = draw(random_distribution(1), 100'000, 0);
  REQUIRE(row.size() == strings);
  const Sample sample = *mitigate(row, errors);
  Eigen::VectorXd shares(strings);
  for (std::size_t i = 0; i < strings; ++i) shares[static_cast<Eigen::Index>(i)] = Sample(row).weights()[i];
  const Eigen::VectorXd exact = dense_readout(errors).inverse() * shares;
  double sum = 0;
  for (std::size_t i = 0; i < strings; ++i) {
    CHECK(sample.weights()[i] == Approx(exact[static_cast<Eigen::Index>(i)]).margin(1e-9));
    sum += sample.weights()[i];
  }
  CHECK(sum == Approx(1).epsilon(1e-9));

  const Kernel kernel = *Kernel::hamming({0.3, 1.1}, {1, 2});
  const Eigen::MatrixXd inverse = dense_readout(errors).inverse();
  double self = 0;
  for (Eigen::Index s = 0; s < inverse.rows(); ++s)
    for (Eigen::Index u = 0; u < inverse.rows(); ++u)
      for (Eigen::Index v = 0; v < inverse.rows(); ++v)
        self += shares[s] * inverse(u, s) * inverse(v, s) *
                kernel.of_distance(static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(u ^ v))));
  CHECK(sample.self_kernel(kernel) == Approx(self).epsilon(1e-10));
  CHECK(Sample(row).self_kernel(kernel) == 1);
}

TEST_CASE("mitigated estimates are right on average within four standard errors, and scatter as they say") {
  const auto errors = some_errors(bits);
  const Eigen::VectorXd q = random_distribution(2);
  const Eigen::VectorXd read = dense_readout(errors) * q;
  RandomStream random = random_stream(3);
  std::vector<double> costs(strings);
  for (double& cost : costs) cost = random.normal();
  const Prior prior = *Prior::bernoulli({0.3, 0.5, 0.8, 0.6});
  const auto selbo = *make_objective({.name = "selbo", .lambda = 0.8, .gammas = {0.4}, .prior = prior});
  const std::vector<double> probabilities(q.begin(), q.end());
  const ObjectiveTerms exact = selbo->exact(probabilities, costs, {});

  Scatter cost, mmd2, value, raw, told_cost, told_value;
  for (std::uint32_t repeat = 0; repeat < 2000; ++repeat) {
    const ShotRow row = draw(read, 200, repeat);
    std::vector<double> own(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) own[i] = costs[row.strings()[i].index()];
    const ObjectiveTerms terms = *selbo->sampled(*mitigate(row, errors), own);
    cost.add(terms.expected_cost);
    mmd2.add(*terms.mmd2);
    value.add(terms.value);
    told_cost.add(terms.standard_errors->expected_cost);
    told_value.add(terms.standard_errors->value);
    raw.add(selbo->sampled(row, own)->expected_cost);
  }
  CHECK(std::abs(cost.mean() - exact.expected_cost) < 4 * cost.error());
  CHECK(std::abs(mmd2.mean() - *exact.mmd2) < 4 * mmd2.error());
  CHECK(std::abs(value.mean() - exact.value) < 4 * value.error());
  CHECK(std::abs(raw.mean() - exact.expected_cost) > 8 * raw.error());
  CHECK(told_cost.mean() == Approx(cost.deviation()).epsilon(0.08));
  CHECK(told_value.mean() == Approx(value.deviation()).epsilon(0.08));
}

TEST_CASE("the U-statistic of mitigated shots takes off what each shot does with itself") {
  const auto errors = some_errors(bits);
  const Eigen::VectorXd q = (random_distribution(6) + Eigen::VectorXd::Constant(strings, 1.0 / strings)) / 2;
  const Eigen::VectorXd read = dense_readout(errors) * q;
  const Prior prior = Prior::uniform(bits);
  const Kernel kernel = *Kernel::hamming({1.5});
  const std::vector<double> probabilities(q.begin(), q.end());
  const double exact = mmd_squared(probabilities, prior, kernel);
  Scatter unbiased, biased;
  double self = 0;
  for (std::uint32_t repeat = 0; repeat < 5000; ++repeat) {
    const ShotRow row = draw(read, 150, repeat);
    const Sample sample = *mitigate(row, errors);
    unbiased.add(*mmd_squared_unbiased(sample, prior, kernel));
    biased.add(*mmd_squared_biased(sample, prior, kernel));
    self += sample.self_kernel(kernel) / 5000;
  }
  CHECK(std::abs(unbiased.mean() - exact) < 4 * unbiased.error());
  // With 1 in place of the correction, as for shots as they are, the mean would be off by this much.
  CHECK((self - 1) / 149 > 6 * unbiased.error());
  CHECK(biased.mean() - exact > 10 * biased.error());
}

TEST_CASE("mitigation works on the measured strings alone, of any length") {
  RandomStream random = random_stream(4);
  BitstringList list(100);
  const std::vector<ReadoutError> errors = some_errors(100);
  for (int shot = 0; shot < 400; ++shot) {
    Bitstring string(100);
    string.set(90, shot % 4 == 0);
    for (std::size_t bit = 0; bit < 100; ++bit) {
      const bool one = string[bit];
      if (random.uniform() < (one ? errors[bit].zero_for_one : errors[bit].one_for_zero)) string.set(bit, !one);
    }
    list.push_back(string);
  }
  const ShotRow row = *ShotRow::create(std::move(list), std::vector<std::uint64_t>(400, 1), 400);
  const Sample sample = *mitigate(row, errors);
  std::vector<double> ones(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) ones[i] = row.strings()[i][90] ? 1 : 0;
  CHECK(sample.mean(std::vector<double>(row.size(), 1.0)) == Approx(1));
  CHECK(sample.mean(ones) == Approx(0.25).margin(0.1));
}

TEST_CASE("readout errors are counted at zeros and ones, and such that tell nothing are refused by their bit") {
  std::vector<std::uint64_t> zeros(strings), ones(strings);
  zeros[0] = 90, zeros[0b0100] = 10;
  ones[15] = 70, ones[0b0111] = 30;
  const auto errors = *readout_errors(row_of(zeros, 100), row_of(ones, 100));
  CHECK(errors[2].one_for_zero == Approx(0.1));
  CHECK(errors[2].zero_for_one == Approx(0).margin(1e-15));
  CHECK(errors[3].zero_for_one == Approx(0.3));
  CHECK(errors[0].one_for_zero == 0);
  const auto refused = readout_errors(row_of(zeros, 100), row_of(zeros, 100));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("bit 0") != std::string::npos);
  CHECK_THROWS_AS(mitigate(row_of(zeros, 100), some_errors(3)), std::invalid_argument);
}

TEST_CASE("the stationary quantile gives the conditional value at risk, and does not mind negative weights") {
  RandomStream random = random_stream(5);
  const auto functional = [](double t, std::span<const double> w, std::span<const double> c, double alpha) {
    double sum = t;
    for (std::size_t i = 0; i < w.size(); ++i) sum += w[i] * std::min(c[i] - t, 0.0) / alpha;
    return sum;
  };
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<double> weights(40), costs(40);
    double sum = 0;
    for (double& weight : weights) sum += weight = random.uniform() - (trial % 2 == 0 ? 0.0 : 0.1);
    for (double& weight : weights) weight /= sum;
    for (double& cost : costs) cost = random.normal();
    const double alpha = 0.1 + 0.8 * random.uniform();
    const double best = functional(stationary_quantile(weights, costs, alpha), weights, costs, alpha);
    for (const double cost : costs) CHECK(functional(cost, weights, costs, alpha) <= best + 1e-12);
    if (trial % 2 == 0)
      CHECK(functional(lower_quantile(weights, costs, alpha), weights, costs, alpha) == Approx(best).margin(1e-12));
  }
}
