#include "bornite/backend/independent_shots.hpp"

#include <cmath>
#include <stdexcept>

#include "catch.hpp"
#include "counted_shots.hpp"

using namespace bornite;

namespace {

std::uint64_t count_of(const ShotRow& row, const std::string& text) {
  for (std::size_t i = 0; i < row.size(); ++i)
    if (row.strings()[i].to_text() == text) return row.counts()[i];
  return 0;
}

}  // namespace

TEST_CASE("joined shots keep every part's counts and put its bits where they belong") {
  const std::vector<PartialShots> parts{{counted_shots(2, {10, 20, 30, 40}), {70, 3}},
                                        {counted_shots(1, {25, 75}), {0}}};
  const ShotRow joined = join_independent(parts, 72, 100, {.seed = 3});
  CHECK(joined.bits() == 72);
  CHECK(joined.shots() == 100);
  const std::vector<std::size_t> first{70, 3};
  const std::vector<std::size_t> second{0};
  const std::vector<std::size_t> none{1, 2, 64, 71};
  const ShotRow again = select_bits(joined, first);
  CHECK(count_of(again, "00") == 10);
  CHECK(count_of(again, "10") == 20);
  CHECK(count_of(again, "01") == 30);
  CHECK(count_of(again, "11") == 40);
  CHECK(count_of(select_bits(joined, second), "1") == 75);
  CHECK(count_of(select_bits(joined, none), "0000") == 100);
}

TEST_CASE("parts are paired at random: joint counts are those of independent bits, and the seed fixes them") {
  const std::uint64_t shots = 40000;
  const std::vector<PartialShots> parts{{counted_shots(1, {30000, 10000}), {0}},
                                        {counted_shots(1, {16000, 24000}), {1}}};
  const ShotRow joined = join_independent(parts, 2, shots, {.seed = 5});
  // Hypergeometric: variance K (M - K) m (M - m) / (M^2 (M - 1)) of the number of pairs of two ones.
  const double mean = 10000.0 * 24000 / 40000;
  const double deviation = std::sqrt(10000.0 * 30000 * 24000 * 16000 / (40000.0 * 40000 * 39999));
  CHECK(std::abs(static_cast<double>(count_of(joined, "11")) - mean) < 4 * deviation);
  CHECK(count_of(joined, "11") != 6000);  // not paired by rank
  CHECK(count_of(join_independent(parts, 2, shots, {.seed = 5}), "11") == count_of(joined, "11"));
  CHECK(count_of(join_independent(parts, 2, shots, {.seed = 6}), "11") != count_of(joined, "11"));
}

TEST_CASE("joined shots without parts are zeros, and wrong parts are refused") {
  CHECK(count_of(join_independent({}, 3, 7, {}), "000") == 7);
  CHECK_THROWS_AS(join_independent({{counted_shots(1, {1, 1}), {0}}}, 1, 3, {}), std::invalid_argument);
  CHECK_THROWS_AS(join_independent({{counted_shots(1, {1, 1}), {1}}}, 1, 2, {}), std::out_of_range);
}
