#include "number_pool.hpp"

#include "layout.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace bornite::statevector {
namespace {

/// Below this the system's own allocator is as fast, and above this so much should not lie idle.
constexpr std::size_t least_kept_bytes = std::size_t{1} << 20;
constexpr std::size_t most_kept_bytes = std::size_t{1} << 28;
/// One for each of a few threads that ask at once.
constexpr std::size_t most_idle = 4;

/// In one piece with the count of its owners.
std::shared_ptr<double[]> lend_small(std::size_t count) {
  const auto memory = std::make_shared_for_overwrite<double[]>(count + line_doubles - 1);
  const std::size_t past_line = reinterpret_cast<std::uintptr_t>(memory.get()) / sizeof(double) % line_doubles;
  return {memory, memory.get() + (line_doubles - past_line) % line_doubles};
}

}  // namespace

struct NumberPool::Loan {
  Loan(std::shared_ptr<Idle> to, Buffer<double> memory) : idle(std::move(to)), buffer(std::move(memory)) {}
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;
  ~Loan() {
    if (buffer.bytes() > most_kept_bytes) return;
    const std::lock_guard lock(idle->mutex);
    if (idle->buffers.size() == most_idle) idle->buffers.erase(idle->buffers.begin());
    idle->buffers.push_back(std::move(buffer));
  }

  std::shared_ptr<Idle> idle;
  Buffer<double> buffer;
};

std::shared_ptr<double[]> NumberPool::lend(std::size_t count) {
  const std::size_t bytes = count * sizeof(double);
  if (bytes < least_kept_bytes) return lend_small(count);
  Buffer<double> buffer;
  {
    const std::lock_guard lock(idle_->mutex);
    const auto fits = [&](const Buffer<double>& b) { return b.bytes() >= bytes && b.bytes() < 2 * bytes; };
    const auto found = std::ranges::find_if(idle_->buffers, fits);
    if (found != idle_->buffers.end()) {
      buffer = std::move(*found);
      idle_->buffers.erase(found);
    }
  }
  buffer.reserve(count);
  const auto loan = std::make_shared<Loan>(idle_, std::move(buffer));
  return {loan, loan->buffer.data()};
}

void NumberPool::clear() {
  const std::lock_guard lock(idle_->mutex);
  idle_->buffers.clear();
}

}  // namespace bornite::statevector
