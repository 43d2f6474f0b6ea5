#include "bornite/util/parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <stdexcept>

namespace bornite {

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body) {
  if (count <= 1) {
    if (count == 1) body(0);
    return;
  }
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
        },
        tbb::simple_partitioner{});
  });
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
