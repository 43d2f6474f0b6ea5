#include "bornite/util/parallel.hpp"

#include <tbb/task_arena.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch.hpp"

using namespace bornite;

TEST_CASE("a parallel loop does every item once") {
  for (const std::size_t count : {0UL, 1UL, 2UL, 7UL, 1000UL, 100000UL}) {
    std::vector<std::atomic<int>> visits(count);
    parallel_for(count, [&](std::size_t i) { ++visits[i]; });
    std::size_t once = 0;
    for (const auto& visit : visits) once += visit == 1;
    CHECK(once == count);
  }
}

TEST_CASE("blocks follow each other and cover all items whatever their size") {
  for (const std::size_t count : {0UL, 1UL, 10UL, 64UL, 65UL, 1000UL})
    for (const std::size_t block : {1UL, 3UL, 64UL, 1000UL, ~0UL}) {
      INFO(count << ' ' << block);
      std::mutex mutex;
      std::set<std::pair<std::size_t, std::size_t>> seen;
      parallel_blocks(count, block, [&](std::size_t begin, std::size_t end) {
        const std::lock_guard lock(mutex);
        seen.emplace(begin, end);
      });
      std::size_t next = 0;
      for (const auto& [begin, end] : seen) {
        CHECK(begin == next);
        CHECK(end > begin);
        CHECK((end - begin == block || end == count));
        next = end;
      }
      CHECK(next == count);
    }
}

TEST_CASE("a block of no items is refused") {
  CHECK_THROWS_AS(parallel_blocks(5, 0, [](std::size_t, std::size_t) {}), std::invalid_argument);
}

TEST_CASE("loops may be nested, and a thread that waits does not start other items of the outer loop") {
  // Only with more than two threads can one wait for a second while a third has items to take.
  const ThreadLimit limit(4);
  tbb::task_arena arena(4);
  std::vector<std::atomic<int>> visits(2000 * 4);
  std::atomic<int> interleaved = 0;
  const auto outer = [&](std::size_t i) {
    static thread_local int depth = 0;
    if (++depth != 1) ++interleaved;
    parallel_for(4, [&](std::size_t j) {
      for (std::size_t k = 0; k < 3 * ((i * 7 + j * 13) % 17); ++k) std::this_thread::yield();
      ++visits[i * 4 + j];
    });
    --depth;
  };
  arena.execute([&] { parallel_for(2000, outer); });
  CHECK(interleaved == 0);
  std::size_t once = 0;
  for (const auto& visit : visits) once += visit == 1;
  CHECK(once == visits.size());
}

TEST_CASE("an exception in a loop ends it and is thrown to the caller") {
  const auto loop = [](std::size_t count, std::size_t bad) {
    parallel_for(count, [&](std::size_t i) {
      if (i == bad) throw std::domain_error("item");
    });
  };
  CHECK_THROWS_AS(loop(1000, 999), std::domain_error);
  CHECK_THROWS_AS(loop(1, 0), std::domain_error);
  CHECK_THROWS_AS(parallel_for(10, [&](std::size_t) { loop(10, 3); }), std::domain_error);
  std::atomic<int> after = 0;
  parallel_for(100, [&](std::size_t) { ++after; });
  CHECK(after == 100);
}

TEST_CASE("a limit of one thread runs loops on the caller's thread alone, until it ends") {
  const std::size_t before = thread_count();
  {
    const ThreadLimit limit(1);
    CHECK(thread_count() == 1);
    std::mutex mutex;
    std::set<std::thread::id> threads;
    parallel_for(1000, [&](std::size_t) {
      const std::lock_guard lock(mutex);
      threads.insert(std::this_thread::get_id());
    });
    CHECK(threads == std::set{std::this_thread::get_id()});
  }
  CHECK(thread_count() == before);
}

TEST_CASE("the smallest of several thread limits holds and zero stands for all cores") {
  const ThreadLimit all(0);
  CHECK(thread_count() >= 1);
  const ThreadLimit two(2);
  CHECK(thread_count() <= 2);
  const ThreadLimit one(1);
  const ThreadLimit more(8);
  CHECK(thread_count() == 1);
}

TEST_CASE("a sum over blocks is the same bit for bit with one thread and with several") {
  const auto sum = [] {
    std::vector<double> parts(100);
    parallel_blocks(100000, 1000, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) parts[begin / 1000] += 1.0 / static_cast<double>(i + 1);
    });
    double total = 0.0;
    for (const double part : parts) total += part;
    return total;
  };
  const double several = sum();
  const ThreadLimit limit(1);
  CHECK(sum() == several);
  CHECK(several == Approx(12.090146129863428).epsilon(1e-14));
}
