#include "bornite/train/repeated_sample.hpp"

#include "bornite/network/table_cost.hpp"
#include "catch.hpp"

namespace bornite {
namespace {

ShotRow row(std::vector<std::uint64_t> words, std::vector<std::uint64_t> counts, std::uint64_t shots) {
  return ShotRow::create(BitstringList(2, std::move(words)), std::move(counts), shots).value();
}

TEST_CASE("repeated samples have the mean and the spread of their shots, and of their best networks") {
  const TableCost costs(CostTable(2, {5, 1, 2, 9}));
  // costs 5 5 5 9 and 1 2 2 9
  const ShotTable table = ShotTable::create({row({0, 3}, {3, 1}, 4), row({1, 2, 3}, {1, 2, 1}, 4)}).value();
  const RepeatedSample sample = summarise(table, costs).value();
  CHECK(sample.repeats == 2);
  CHECK(sample.shots == 8);
  CHECK(sample.mean_cost == Approx(38.0 / 8));
  const double squares = 3 * 25 + 81 + 1 + 2 * 4 + 81;
  CHECK(sample.mean_cost_error == Approx(std::sqrt((squares - 38.0 * 38 / 8) / 7 / 8)));
  CHECK(sample.best_cost == Approx(3));  // of 5 and 1
  CHECK(sample.best_cost_error == Approx(2));
  CHECK(sample.lowest_cost == 1);
  CHECK(sample.lowest.to_text() == "10");
}

TEST_CASE("one sample has no spread of its best network, and none is refused") {
  const TableCost costs(CostTable(2, {5, 1, 2, 9}));
  const RepeatedSample one = summarise(ShotTable::create({row({2}, {7}, 7)}).value(), costs).value();
  CHECK(one.best_cost_error == 0);
  CHECK(one.mean_cost_error == 0);
  CHECK(one.mean_cost == 2);
  CHECK_FALSE(summarise(ShotTable(), costs));
}

}  // namespace
}  // namespace bornite
