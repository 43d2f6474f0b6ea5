#pragma once
// Loops over the cores. Work is cut into blocks that do not depend on the number of threads, so results do not either.

#include <cstddef>
#include <functional>
#include <memory>

namespace bornite {

/// Calls body(i) for i in [0, count), in any order, on all threads allowed. May be nested: a thread that waits for
/// an inner loop helps with that loop only, so per-thread state held across an inner loop is safe. The first
/// exception ends the loop and is thrown here.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body);

/// Calls body(begin, end) for consecutive blocks of `block` items (the last may be shorter) that cover [0, count).
/// Throws std::invalid_argument if `block` is zero.
void parallel_blocks(std::size_t count, std::size_t block, const std::function<void(std::size_t, std::size_t)>& body);

/// Limits the loops of the whole program to so many threads while it lives; 0 means all cores. Of several that
/// live at once the smallest holds.
class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct Control;
  std::unique_ptr<Control> control_;
};

/// Threads that a loop started now would use at most.
[[nodiscard]] std::size_t thread_count();

}  // namespace bornite
