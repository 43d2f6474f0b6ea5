#include "bornite/util/parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <stdexcept>

#if defined(__SANITIZE_THREAD__)
#define BORNITE_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define BORNITE_THREAD_SANITIZER 1
#endif
#endif

#ifdef BORNITE_THREAD_SANITIZER
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#endif

namespace bornite {
namespace {

#ifdef BORNITE_THREAD_SANITIZER

// The sanitizer does not see how the TBB library hands work between threads and takes all of it for races. Plain
// threads let it check the bodies of the loops.
void run_loop(std::size_t count, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr exception;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) body(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!exception) exception = std::current_exception();
    }
  };
  std::vector<std::thread> helpers(std::min(count, thread_count()) - 1);
  for (std::thread& helper : helpers) helper = std::thread(work);
  work();
  for (std::thread& helper : helpers) helper.join();
  if (exception) std::rethrow_exception(exception);
}

#else

void run_loop(std::size_t count, const std::function<void(std::size_t)>& body) {
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
        },
        tbb::simple_partitioner{});
  });
}

#endif

}  // namespace

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body) {
  if (count == 1) body(0);
  if (count > 1) run_loop(count, body);
}

void parallel_blocks(std::size_t count, std::size_t block, const std::function<void(std::size_t, std::size_t)>& body) {
  if (block == 0) throw std::invalid_argument("a block has at least one item");
  const std::size_t blocks = count / block + (count % block != 0);
  parallel_for(blocks, [&](std::size_t b) { body(b * block, std::min(count - b * block, block) + b * block); });
}

struct ThreadLimit::Control {
  tbb::global_control limit;
};

ThreadLimit::ThreadLimit(std::size_t threads)
    : control_(new Control{{tbb::global_control::max_allowed_parallelism,
                            threads == 0 ? static_cast<std::size_t>(tbb::info::default_concurrency()) : threads}}) {}

ThreadLimit::~ThreadLimit() = default;

std::size_t thread_count() { return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism); }

}  // namespace bornite
