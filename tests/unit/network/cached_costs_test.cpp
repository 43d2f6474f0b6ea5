#include "bornite/network/cached_costs.hpp"

#include "random_problem.hpp"

#include "bornite/network/table_cost.hpp"
#include "bornite/util/parallel.hpp"
#include "catch.hpp"

#include <atomic>
#include <bit>

using namespace bornite;
using namespace bornite::test;

namespace {

/// The cost of a string is its number of ones; counts what it is asked.
class CountingModel : public CostModel {
 public:
  explicit CountingModel(std::size_t bits) : bits_(bits) {}
  std::size_t bits() const override { return bits_; }
  Result<void> costs(const BitstringList& strings, std::span<double> out) const override {
    ++batches;
    evaluated += strings.size();
    if (fails) return Error{ErrorKind::numeric, "No."};
    for (std::size_t i = 0; i < strings.size(); ++i) {
      out[i] = 0;
      for (const std::uint64_t word : strings[i].words()) out[i] += std::popcount(word);
    }
    return {};
  }
  Result<CostTable> enumerate() const override { return CostTable(1, {4, 5}); }

  mutable std::atomic<std::size_t> batches = 0, evaluated = 0;
  bool fails = false;

 private:
  std::size_t bits_;
};

BitstringList random_strings(RandomStream& random, std::size_t bits, std::size_t count) {
  BitstringList strings(bits);
  for (std::size_t i = 0; i < count; ++i) strings.push_back(random_string(random, bits));
  return strings;
}

void check_costs(const CachedCosts& cache, const BitstringList& strings) {
  std::vector<double> out(strings.size());
  cache.costs(strings, out).value();
  for (std::size_t i = 0; i < strings.size(); ++i)
    CHECK(out[i] == static_cast<double>(hamming_distance(strings[i], Bitstring(strings.bits()))));
}

}  // namespace

TEST_CASE("only strings that are new are evaluated, each once and in one batch") {
  RandomStream random = test_stream(5000);
  const auto model = std::make_shared<CountingModel>(156);
  const CachedCosts cache(model);
  BitstringList strings = random_strings(random, 156, 10);
  for (std::size_t i = 0; i < 10; ++i) strings.push_back(Bitstring(strings[i]));
  check_costs(cache, strings);
  CHECK(model->evaluated == 10);
  CHECK(model->batches == 1);
  CHECK(cache.entries() == 10);
  for (int i = 0; i < 3; ++i) strings.push_back(random_string(random, 156));
  check_costs(cache, strings);
  CHECK(model->evaluated == 13);
  CHECK(model->batches == 2);
  check_costs(cache, strings);
  CHECK(model->batches == 2);
}

TEST_CASE("the cache keeps its bound and what was used last") {
  RandomStream random = test_stream(5001);
  const auto model = std::make_shared<CountingModel>(70);
  const CachedCosts cache(model, 100);
  const BitstringList favourites = random_strings(random, 70, 20);
  for (int i = 0; i < 50; ++i) {
    check_costs(cache, favourites);
    check_costs(cache, random_strings(random, 70, 17));
    CHECK(cache.entries() <= 100);
  }
  CHECK(model->evaluated == 20 + 50 * 17);
  check_costs(cache, random_strings(random, 70, 1000));
  CHECK(cache.entries() <= 100);
}

TEST_CASE("a cache with room for all strings forgets none of them") {
  RandomStream random = test_stream(5003);
  const auto model = std::make_shared<CountingModel>(6);
  const CachedCosts cache(model, 64);
  for (int i = 0; i < 20; ++i) check_costs(cache, random_strings(random, 6, 50));
  CHECK(model->evaluated == 64);
  CHECK(cache.entries() == 64);
}

TEST_CASE("a cache that has learnt all costs asks for none, and one without room for all learns nothing") {
  const auto model = std::make_shared<CountingModel>(1);
  CachedCosts cache(model);
  CHECK(cache.learn_all());
  CHECK(cache.entries() == 2);
  BitstringList strings(1);
  strings.push_back(Bitstring::from_index(1, 1));
  strings.push_back(Bitstring::from_index(1, 0));
  std::vector<double> out(2);
  CHECK(cache.costs(strings, out));
  CHECK(out == std::vector<double>{5, 4});  // of the model's table, which knows better than its evaluation
  CHECK(model->evaluated == 0);
  CachedCosts small(std::make_shared<CountingModel>(70), 100);
  CHECK(small.learn_all());
  CHECK(small.entries() == 0);
}

TEST_CASE("many threads get right costs from one cache") {
  const auto model = std::make_shared<CountingModel>(12);
  const CachedCosts cache(model, 1000);
  std::atomic<int> wrong = 0;
  parallel_for(64, [&](std::size_t task) {
    RandomStream random = test_stream(5100 + static_cast<std::uint32_t>(task));
    const BitstringList strings = random_strings(random, 12, 200);
    std::vector<double> out(200);
    cache.costs(strings, out).value();
    for (std::size_t i = 0; i < 200; ++i)
      wrong += out[i] != static_cast<double>(std::popcount(strings[i].index())) ? 1 : 0;
  });
  CHECK(wrong == 0);
  CHECK(cache.entries() <= 1000);
}

TEST_CASE("a failed evaluation is passed on and not remembered") {
  RandomStream random = test_stream(5002);
  const auto model = std::make_shared<CountingModel>(9);
  const CachedCosts cache(model);
  const BitstringList strings = random_strings(random, 9, 4);
  std::vector<double> out(4);
  model->fails = true;
  CHECK(cache.costs(strings, out).error().message == "No.");
  CHECK(cache.entries() == 0);
  model->fails = false;
  check_costs(cache, strings);
}

TEST_CASE("a cache hands enumeration through and refuses what does not fit") {
  const CachedCosts cache(std::make_shared<CountingModel>(9));
  CHECK(cache.bits() == 9);
  CHECK(cache.enumerate().value()[1] == 5);
  std::vector<double> out(1);
  BitstringList wrong(8);
  wrong.push_back(Bitstring(8));
  CHECK_THROWS_AS(cache.costs(wrong, out), std::invalid_argument);
  CHECK_THROWS_AS(cache.costs(BitstringList(9), out), std::invalid_argument);
  CHECK_THROWS_AS(CachedCosts(nullptr), std::invalid_argument);
  CHECK_THROWS_AS(CachedCosts(std::make_shared<CountingModel>(9), 1), std::invalid_argument);
}
