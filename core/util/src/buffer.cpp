#include "bornite/util/buffer.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace bornite {

namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;

}  // namespace

// Without huge pages everything works, with more misses in the address translation.
void prefer_huge_pages(void* data, std::size_t bytes) {
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) + huge_page - 1) / huge_page * huge_page;
  const auto end = (reinterpret_cast<std::uintptr_t>(data) + bytes) / huge_page * huge_page;
  if (begin < end) static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
}

Allocation allocate_buffer(std::size_t wanted) {
  constexpr std::size_t line = 64;
  const std::size_t alignment = wanted >= huge_page / 2 ? huge_page : line;
  const std::size_t bytes = (wanted + alignment - 1) / alignment * alignment;
  void* const data = std::aligned_alloc(alignment, bytes);
  if (data == nullptr) throw std::bad_alloc();
  prefer_huge_pages(data, bytes);
  return {data, bytes};
}

}  // namespace bornite
