#include "buffer.hpp"

#include <sys/mman.h>

#include <new>

namespace bornite::statevector {

void Buffer::reserve(std::size_t doubles) {
  if (doubles <= capacity_) return;
  constexpr std::size_t line = 64;
  constexpr std::size_t huge_page = std::size_t{2} << 20;
  const std::size_t wanted = doubles * sizeof(double);
  const std::size_t alignment = wanted >= huge_page / 2 ? huge_page : line;
  const std::size_t bytes = (wanted + alignment - 1) / alignment * alignment;
  data_.reset();
  capacity_ = 0;
  data_.reset(static_cast<double*>(std::aligned_alloc(alignment, bytes)));
  if (!data_) throw std::bad_alloc();
  capacity_ = bytes / sizeof(double);
  // Advice only: without huge pages everything works, with more misses in the address translation.
  if (alignment == huge_page) static_cast<void>(madvise(data_.get(), bytes, MADV_HUGEPAGE));
}

}  // namespace bornite::statevector
