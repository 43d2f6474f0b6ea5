#include "bornite/data/selection.hpp"

#include "catch.hpp"
#include "files.hpp"

#include <rapidcheck/catch.h>

#include <algorithm>
#include <cmath>
#include <map>

using namespace bornite;
using namespace bornite_test;
using Numbers = std::vector<double>;

namespace {

/// Row i has the features 10 i and 10 i + 1 and the target i mod 3.
Dataset numbered(std::size_t rows) {
  Dataset data{.features = 2, .height = 1, .width = 2};
  for (std::size_t i = 0; i < rows; ++i) {
    for (const double offset : {0.0, 1.0}) data.inputs.push_back(10.0 * static_cast<double>(i) + offset);
    data.targets.push_back(static_cast<double>(i % 3));
  }
  return data;
}

/// The numbers of the rows in a part of numbered(); checks that each row is whole.
std::vector<std::size_t> row_numbers(const Dataset& part) {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < part.rows(); ++i) {
    const auto number = static_cast<std::size_t>(part.row(i)[0]) / 10;
    REQUIRE(part.row(i)[0] == 10.0 * static_cast<double>(number));
    REQUIRE(part.row(i)[1] == part.row(i)[0] + 1);
    REQUIRE(part.targets[i] == static_cast<double>(number % 3));
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::size_t> sorted(std::vector<std::size_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace

TEST_CASE("selected classes keep their order and are numbered as listed") {
  const Dataset chosen = select_classes(numbered(7), {2, 0}).value();
  CHECK(chosen.inputs == Numbers{0, 1, 20, 21, 30, 31, 50, 51, 60, 61});
  CHECK(chosen.targets == Numbers{1, 0, 1, 0, 1});
  CHECK(chosen.features == 2);
  CHECK(chosen.width == 2);
}

TEST_CASE("classes that are absent, repeated or not given are refused") {
  require_refusal(select_classes(numbered(7), {0, 5}), "No row of the data has the class 5");
  require_refusal(select_classes(numbered(7), {0, 1, 0}), "[0, 1, 0], name a class twice");
  require_refusal(select_classes(numbered(7), {}), "are none");
}

TEST_CASE("a split puts every row in exactly one part") {
  rc::prop("partition", [](std::uint64_t seed) {
    const std::size_t rows = *rc::gen::inRange<std::size_t>(2, 60);
    const double fraction = *rc::gen::inRange(1, 50) / 100.0;
    const DataSplit parts = split(numbered(rows), fraction, seed).value();
    std::vector<std::size_t> all = row_numbers(parts.train);
    const std::vector<std::size_t> test = row_numbers(parts.test);
    all.insert(all.end(), test.begin(), test.end());
    RC_ASSERT(sorted(all) == row_numbers(numbered(rows)));
    const auto expected = std::max(1L, std::lround(fraction * static_cast<double>(rows)));
    RC_ASSERT(parts.test.rows() == static_cast<std::size_t>(expected));
  });
}

TEST_CASE("a split depends on its seed only, and is shuffled") {
  const Dataset data = numbered(50);
  CHECK(row_numbers(split(data, 0.2, 1).value().test) == row_numbers(split(data, 0.2, 1).value().test));
  CHECK(sorted(row_numbers(split(data, 0.2, 1).value().test)) != sorted(row_numbers(split(data, 0.2, 2).value().test)));
  const auto train = row_numbers(split(data, 0, 1).value().train);
  CHECK(train != sorted(train));
  CHECK(split(data, 0, 1).value().test.rows() == 0);
  CHECK(split(data, 0.2, 1).value().train.height == 1);
}

TEST_CASE("fractions outside [0, 1) and splits without training data are refused") {
  for (const double fraction : {-0.1, 1.0, 2.0, double{NAN}, double{INFINITY}})
    require_refusal(split(numbered(9), fraction, 0), "is not in [0, 1)");
  require_refusal(split(numbered(2), 0.9, 0), "leaves no training data: there are 2 rows");
  CHECK_FALSE(split(numbered(1), 0.1, 0).has_value());
  CHECK_FALSE(split(Dataset{}, 0, 0).has_value());
}

TEST_CASE("a subset has distinct rows, and a smaller one begins a larger one") {
  const Dataset data = numbered(40);
  const auto all = row_numbers(subset(data, 40, 5).value());
  CHECK(sorted(all) == row_numbers(data));
  for (const std::size_t rows : {1U, 20U, 39U}) {
    const auto some = row_numbers(subset(data, rows, 5).value());
    CHECK(std::equal(some.begin(), some.end(), all.begin(), all.begin() + static_cast<std::ptrdiff_t>(rows)));
  }
  CHECK(row_numbers(subset(data, 20, 6).value()) != row_numbers(subset(data, 20, 5).value()));
}

TEST_CASE("every ordered pair of rows is equally likely") {
  std::map<std::vector<std::size_t>, int> counts;
  constexpr int draws = 6000;
  for (std::uint64_t seed = 0; seed < draws; ++seed) ++counts[row_numbers(subset(numbered(4), 2, seed).value())];
  REQUIRE(counts.size() == 12);
  double chi_squared = 0;
  for (const auto& [pair, count] : counts) chi_squared += std::pow(count - draws / 12.0, 2) / (draws / 12.0);
  CHECK(chi_squared < 31.3);  // exceeded with probability 0.001 with 11 degrees of freedom
}

TEST_CASE("a subset of nothing or of more than there is is refused") {
  require_refusal(subset(numbered(4), 0, 0), "A subset of 0 rows cannot be taken from 4 rows");
  require_refusal(subset(numbered(4), 5, 0), "A subset of 5 rows cannot be taken from 4 rows");
}
