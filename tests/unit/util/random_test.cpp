#include "bornite/util/random.hpp"

#include <array>
#include <cmath>
#include <random>
#include <set>
#include <vector>

#include "catch.hpp"

using namespace bornite;

namespace {

constexpr StreamKey base{.seed = 7, .purpose = StreamPurpose::test, .restart = 3, .step = 4, .row = 5, .block = 6};

std::vector<std::uint64_t> draw(const StreamKey& key, std::size_t count) {
  RandomStream stream(key);
  std::vector<std::uint64_t> numbers(count);
  for (auto& number : numbers) number = stream();
  return numbers;
}

}  // namespace

TEST_CASE("philox4x32 gives the known answers of Random123") {
  using Words = std::array<std::uint32_t, 4>;
  CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
        Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a stream is the same whenever it is drawn again") { CHECK(draw(base, 100) == draw(base, 100)); }

TEST_CASE("streams whose keys differ in one field share no numbers") {
  std::vector<StreamKey> keys(7, base);
  keys[1].seed = 8;
  keys[2].purpose = StreamPurpose::shots;
  keys[3].restart = 0;
  keys[4].step = 5;
  keys[5].row = 4;
  keys[6].block = 7;
  std::set<std::uint64_t> distinct;
  for (const StreamKey& key : keys)
    for (const std::uint64_t number : draw(key, 1000)) distinct.insert(number);
  CHECK(distinct.size() == 7000);
}

TEST_CASE("seeds and restarts do not trade places") {
  StreamKey a = base;
  StreamKey b = base;
  a.seed = 1;
  a.restart = 0;
  b.seed = 0;
  b.restart = 1;
  CHECK(draw(a, 4) != draw(b, 4));
  a.seed = std::uint64_t{1} << 32;
  b.seed = 1;
  b.restart = 0;
  CHECK(draw(a, 4) != draw(b, 4));
}

TEST_CASE("a stream does not repeat itself across its blocks") {
  const auto numbers = draw(base, 20000);
  CHECK(std::set<std::uint64_t>(numbers.begin(), numbers.end()).size() == numbers.size());
}

TEST_CASE("uniform numbers have the moments of the uniform distribution") {
  RandomStream stream(base);
  constexpr int count = 200000;
  double mean = 0.0;
  double square = 0.0;
  double product = 0.0;
  double previous = 0.5;
  for (int i = 0; i < count; ++i) {
    const double u = stream.uniform();
    REQUIRE(u >= 0.0);
    REQUIRE(u < 1.0);
    mean += u / count;
    square += u * u / count;
    product += (u - 0.5) * (previous - 0.5) / count;
    previous = u;
  }
  // Five standard errors of each mean.
  CHECK(mean == Approx(0.5).margin(5 * std::sqrt(1.0 / 12 / count)));
  CHECK(square == Approx(1.0 / 3).margin(5 * std::sqrt(4.0 / 45 / count)));
  CHECK(product == Approx(0.0).margin(5.0 / 12 / std::sqrt(count)));
}

TEST_CASE("whole numbers below a bound are all equally likely") {
  RandomStream random(base);
  constexpr double draws = 60'000;
  std::array<double, 6> counts{};
  for (int i = 0; i < static_cast<int>(draws); ++i) ++counts.at(random.below(6));
  double chi_square = 0;
  for (const double count : counts) chi_square += (count - draws / 6) * (count - draws / 6) / (draws / 6);
  CHECK(chi_square < 5 + 4 * std::sqrt(10.0));
  // Three quarters of all numbers: of plain remainders the lower third would come twice as often.
  const std::uint64_t bound = std::uint64_t{3} << 62;
  int low = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t number = random.below(bound);
    REQUIRE(number < bound);
    low += number < bound / 3 ? 1 : 0;
  }
  CHECK(std::abs(low - 1000) < 4 * std::sqrt(3000.0 * 2 / 9));
  CHECK(random.below(1) == 0);
}

TEST_CASE("normal numbers have the moments and the tail of the normal distribution") {
  RandomStream stream(base);
  constexpr int count = 200000;
  double moments[4] = {};
  double beyond_two = 0.0;
  for (int i = 0; i < count; ++i) {
    const double z = stream.normal();
    REQUIRE(std::isfinite(z));
    for (int k = 0; k < 4; ++k) moments[k] += std::pow(z, k + 1) / count;
    beyond_two += (std::abs(z) > 2) * 1.0 / count;
  }
  CHECK(moments[0] == Approx(0.0).margin(5 * std::sqrt(1.0 / count)));
  CHECK(moments[1] == Approx(1.0).margin(5 * std::sqrt(2.0 / count)));
  CHECK(moments[2] == Approx(0.0).margin(5 * std::sqrt(15.0 / count)));
  CHECK(moments[3] == Approx(3.0).margin(5 * std::sqrt(96.0 / count)));
  CHECK(beyond_two == Approx(std::erfc(std::sqrt(2.0))).margin(5 * std::sqrt(0.0455 / count)));
}

TEST_CASE("all bits of a stream's numbers are fair") {
  constexpr int count = 20000;
  std::vector<int> ones(64);
  for (const std::uint64_t number : draw(base, count))
    for (std::size_t bit = 0; bit < 64; ++bit) ones[bit] += static_cast<int>((number >> bit) & 1U);
  for (const int n : ones) CHECK(std::abs(n - count / 2) < 5 * std::sqrt(count) / 2);
}

TEST_CASE("a stream drives the standard library's distributions") {
  RandomStream stream(base);
  std::uniform_int_distribution<int> die(1, 6);
  std::vector<int> faces(7);
  for (int i = 0; i < 60000; ++i) ++faces[static_cast<std::size_t>(die(stream))];
  for (std::size_t face = 1; face <= 6; ++face) CHECK(std::abs(faces[face] - 10000) < 5 * 91);
}

TEST_CASE("many uniform numbers at once are those drawn one by one") {
  for (const std::size_t before : {0, 1, 2, 3}) {
    for (std::size_t size = 0; size < 70; ++size) {
      RandomStream single({.seed = 5, .row = static_cast<std::uint32_t>(size)});
      RandomStream bulk = single;
      for (std::size_t i = 0; i < before; ++i) CHECK(single.uniform() == bulk.uniform());
      std::vector<double> numbers(size);
      bulk.fill_uniform(numbers);
      CAPTURE(before, size);
      for (const double number : numbers) CHECK(number == single.uniform());
      CHECK(bulk() == single());
    }
  }
}
