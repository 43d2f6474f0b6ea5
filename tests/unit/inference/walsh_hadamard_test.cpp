#include "bornite/inference/walsh_hadamard.hpp"

#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "support.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

double sign(std::uint64_t a, std::uint64_t b) { return std::popcount(a & b) % 2 == 0 ? 1 : -1; }

}  // namespace

TEST_CASE("the Walsh-Hadamard transform is the sum over all characters") {
  RandomStream random = stream(2);
  for (std::size_t bits = 0; bits <= 9; ++bits) {
    const std::vector<double> v = random_numbers(random, std::size_t{1} << bits, -1, 1);
    std::vector<double> transformed = v;
    walsh_hadamard(transformed);
    double worst = 0;
    for (std::size_t S = 0; S < v.size(); ++S) {
      double sum = 0;
      for (std::size_t s = 0; s < v.size(); ++s) sum += v[s] * sign(S, s);
      worst = std::max(worst, std::abs(sum - transformed[S]));
    }
    REQUIRE(worst < 1e-12);
  }
}

TEST_CASE("the Walsh-Hadamard transform of single strings is a character at every size, across all passes") {
  RandomStream random = stream(3);
  for (const std::size_t bits : {10U, 11U, 12U, 13U, 14U, 15U, 16U, 17U, 19U, 20U, 21U}) {
    std::vector<double> v(std::size_t{1} << bits, 0.0);
    const std::size_t a = random() % v.size(), b = random() % v.size();
    v[a] += 1;
    v[b] += 2;
    walsh_hadamard(v);
    std::size_t wrong = 0;
    for (std::size_t S = 0; S < v.size(); ++S) wrong += v[S] != sign(S, a) + 2 * sign(S, b) ? 1 : 0;
    REQUIRE(wrong == 0);
  }
}

TEST_CASE("the Walsh-Hadamard transform of a single string is a character where it takes three passes") {
  RandomStream random = stream(9);
  std::vector<double> v(std::size_t{1} << 25, 0.0);
  const std::size_t a = random() % v.size();
  v[a] = 1;
  walsh_hadamard(v);
  std::size_t wrong = 0;
  for (int sample = 0; sample < 100000; ++sample) {
    const std::size_t S = random() % v.size();
    wrong += v[S] != sign(S, a) ? 1 : 0;
  }
  REQUIRE(wrong == 0);
}

TEST_CASE("the Walsh-Hadamard transform does not depend on the number of threads") {
  RandomStream random = stream(4);
  const std::vector<double> v = random_numbers(random, std::size_t{1} << 17, -1, 1);
  std::vector<double> one = v, two = v;
  {
    const ThreadLimit limit(1);
    walsh_hadamard(one);
  }
  {
    const ThreadLimit limit(2);
    walsh_hadamard(two);
  }
  REQUIRE((one == two));
}

TEST_CASE("the Walsh-Hadamard transform refuses sizes that are no power of two") {
  std::vector<double> none, three(3);
  REQUIRE_THROWS_AS(walsh_hadamard(none), std::invalid_argument);
  REQUIRE_THROWS_AS(walsh_hadamard(three), std::invalid_argument);
}
