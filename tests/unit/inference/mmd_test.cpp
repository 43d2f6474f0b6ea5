#include "bornite/inference/mmd.hpp"

#include "catch.hpp"
#include "support.hpp"

using namespace bornite;
using namespace bornite::test;

TEST_CASE("MMD^2 agrees between the dense matrix, the axes and the Walsh basis") {
  RandomStream random = stream(10);
  for (std::size_t bits = 1; bits <= 8; ++bits)
    for (std::size_t kind : {0U, 1U})
      for (const std::size_t components : {1U, 3U}) {
        const std::vector<double> q = random_distribution(random, bits);
        const Prior prior = some_prior(random, bits, kind);
        const Kernel kernel = some_kernel(bits, components);
        const double dense = dense_mmd_squared(q, prior, kernel);
        REQUIRE(mmd_squared(q, prior, kernel) == Approx(dense).epsilon(1e-12).margin(1e-15));
        REQUIRE(mmd_squared_walsh(q, prior, kernel) == Approx(dense).epsilon(1e-12).margin(1e-15));
      }
}

TEST_CASE("MMD^2 agrees between the axes and the Walsh basis at sizes of several blocks") {
  RandomStream random = stream(11);
  for (const std::size_t bits : {12U, 13U, 14U, 15U, 17U, 20U}) {
    const std::vector<double> q = random_distribution(random, bits);
    const Prior prior = random_prior(random, bits);
    const Kernel kernel = some_kernel(bits, 2);
    REQUIRE(mmd_squared(q, prior, kernel) == Approx(mmd_squared_walsh(q, prior, kernel)).epsilon(1e-12));
  }
}

TEST_CASE("under the uniform prior MMD^2 is the energy of q less ((1+e^-gamma)/2)^N") {
  RandomStream random = stream(12);
  const std::size_t bits = 7;
  const Kernel kernel = Kernel::hamming({0.4}).value();
  const std::vector<double> q = random_distribution(random, bits);
  const double energy = vector_of(q).dot(dense_kernel(kernel, bits) * vector_of(q));
  const double expected = energy - std::pow((1 + std::exp(-0.4)) / 2, 7);
  REQUIRE(mmd_squared(q, Prior::uniform(bits), kernel) == Approx(expected).epsilon(1e-12));
}

TEST_CASE("MMD^2 is zero at the prior and positive elsewhere") {
  RandomStream random = stream(13);
  const Prior prior = random_prior(random, 6);
  const Kernel kernel = some_kernel(6, 1);
  std::vector<double> q(64);
  prior.probabilities(q);
  REQUIRE(std::abs(mmd_squared(q, prior, kernel)) < 1e-16);
  q[3] += 0.01;
  q[7] -= 0.01;
  REQUIRE(mmd_squared(q, prior, kernel) > 1e-6);
}

TEST_CASE("MMD^2 refuses another number of probabilities than the prior has strings") {
  const std::vector<double> q(8, 0.125);
  REQUIRE_THROWS_AS(mmd_squared(q, Prior::uniform(4), some_kernel(4, 1)), std::invalid_argument);
  REQUIRE_THROWS_AS(mmd_squared_walsh(q, Prior::uniform(4), some_kernel(4, 1)), std::invalid_argument);
}
