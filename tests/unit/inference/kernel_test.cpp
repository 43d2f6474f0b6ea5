#include "bornite/inference/kernel.hpp"

#include "catch.hpp"
#include "support.hpp"

#include <fmt/format.h>

using namespace bornite;
using namespace bornite::test;

TEST_CASE("a kernel is 1 at distance 0 and the weighted sum of its components elsewhere") {
  const Kernel kernel = Kernel::hamming({0.5, 2.0}, {1, 3}).value();
  REQUIRE(kernel.of_distance(0) == 1);
  REQUIRE(kernel.of_distance(3) == Approx(0.25 * std::exp(-1.5) + 0.75 * std::exp(-6.0)).epsilon(1e-15));
  REQUIRE(Kernel::hamming({0.5, 2.0}).value().weights()[1] == 0.5);
}

TEST_CASE("K v along the axes equals the dense matrix times v") {
  RandomStream random = stream(5);
  for (std::size_t bits = 1; bits <= 8; ++bits)
    for (const std::size_t components : {1U, 2U, 3U}) {
      const Kernel kernel = some_kernel(bits, components);
      const std::vector<double> v = random_numbers(random, std::size_t{1} << bits, -1, 1);
      std::vector<double> out(v.size());
      kernel.apply(v, out);
      const Eigen::VectorXd expected = dense_kernel(kernel, bits) * vector_of(v);
      REQUIRE((vector_of(out) - expected).cwiseAbs().maxCoeff() < 1e-13 * vector_of(v).cwiseAbs().sum());
    }
}

TEST_CASE("K v of a few strings is a sum of kernels at every size, across all passes") {
  RandomStream random = stream(6);
  for (const std::size_t bits : {2U, 3U, 11U, 12U, 13U, 14U, 15U, 16U, 18U, 21U})
    for (const std::size_t components : {1U, 2U}) {
      const Kernel kernel = some_kernel(bits, components);
      std::vector<double> v(std::size_t{1} << bits, 0.0);
      const std::size_t a = random() % v.size(), b = random() % v.size();
      v[a] += 1;
      v[b] -= 0.5;
      kernel.apply(v, v);
      double worst = 0;
      for (std::size_t s = 0; s < v.size(); ++s) {
        const double expected = kernel.of_distance(static_cast<std::size_t>(std::popcount(s ^ a))) -
                                0.5 * kernel.of_distance(static_cast<std::size_t>(std::popcount(s ^ b)));
        worst = std::max(worst, std::abs(v[s] - expected));
      }
      REQUIRE(worst < 1e-14);
    }
}

TEST_CASE("means of a kernel under a prior equal K p, string by string and all at once") {
  RandomStream random = stream(7);
  for (const std::size_t bits : {1U, 4U, 7U})
    for (std::size_t kind : {0U, 1U})
      for (const std::size_t components : {1U, 3U}) {
        const Prior prior = some_prior(random, bits, kind);
        const Kernel kernel = some_kernel(bits, components);
        const Eigen::VectorXd p = dense_prior(prior);
        const Eigen::VectorXd expected = dense_kernel(kernel, bits) * p;
        std::vector<double> means(std::size_t{1} << bits);
        kernel.means_under(prior, means);
        REQUIRE((vector_of(means) - expected).cwiseAbs().maxCoeff() < 1e-14);
        const BitstringList strings = all_strings(bits);
        double worst = 0;
        for (std::size_t s = 0; s < strings.size(); ++s)
          worst =
              std::max(worst, std::abs(kernel.mean_under(prior, strings[s]) - expected(static_cast<Eigen::Index>(s))));
        REQUIRE(worst < 1e-14);
        REQUIRE(kernel.energy_under(prior) == Approx(p.dot(expected)).epsilon(1e-13));
      }
}

TEST_CASE("means of a kernel under a prior equal K p at sizes of several blocks") {
  RandomStream random = stream(8);
  const Prior prior = random_prior(random, 14);
  const Kernel kernel = some_kernel(14, 2);
  std::vector<double> p(std::size_t{1} << 14), mapped(p.size()), means(p.size());
  prior.probabilities(p);
  kernel.apply(p, mapped);
  kernel.means_under(prior, means);
  REQUIRE((vector_of(means) - vector_of(mapped)).cwiseAbs().maxCoeff() < 1e-14);
}

TEST_CASE("under the uniform prior the kernel's mean and energy are ((1+e^-gamma)/2)^N, also for 156 bits") {
  const Kernel kernel = Kernel::hamming({2.0 / 156}).value();
  const double expected = std::pow((1 + std::exp(-2.0 / 156)) / 2, 156);
  REQUIRE(kernel.energy_under(Prior::uniform(156)) == Approx(expected).epsilon(1e-12));
  REQUIRE(kernel.mean_under(Prior::uniform(156), Bitstring(156)) == Approx(expected).epsilon(1e-12));
}

TEST_CASE("a kernel refuses gammas and weights that are not positive and finite and names them") {
  REQUIRE_THAT(Kernel::hamming({}).error().message, Catch::Contains("no gamma"));
  for (const double wrong : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
    REQUIRE_THAT(Kernel::hamming({1.0, wrong}).error().message,
                 Catch::Contains(fmt::format("Gamma 1 of the kernel is {}", wrong)));
    REQUIRE_THAT(Kernel::hamming({1.0}, {wrong}).error().message,
                 Catch::Contains(fmt::format("Weight 0 of the kernel is {}", wrong)));
  }
  REQUIRE_THAT(Kernel::hamming({1.0}, {1.0, 2.0}).error().message, Catch::Contains("1 values of gamma but 2 weights"));
}

TEST_CASE("a kernel refuses vectors and strings of other sizes") {
  const Kernel kernel = some_kernel(3, 1);
  std::vector<double> eight(8), four(4), six(6);
  REQUIRE_THROWS_AS(kernel.apply(eight, four), std::invalid_argument);
  REQUIRE_THROWS_AS(kernel.apply(six, six), std::invalid_argument);
  REQUIRE_THROWS_AS(kernel.mean_under(Prior::uniform(3), Bitstring(4)), std::invalid_argument);
  REQUIRE_THROWS_AS(kernel.means_under(Prior::uniform(3), four), std::invalid_argument);
}
