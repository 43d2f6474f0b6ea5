#pragma once
// Zeroed memory on huge pages, as far as the system grants them.

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <span>

namespace bornite::bench {

class HugeArray {
 public:
  explicit HugeArray(std::size_t doubles) : size_(doubles), mapped_(doubles * sizeof(double) + huge_page) {
    base_ = ::mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base_ == MAP_FAILED) throw std::bad_alloc();
    const auto address = reinterpret_cast<std::size_t>(base_);
    const std::size_t skip = (huge_page - address % huge_page) % huge_page;
    data_ = reinterpret_cast<double*>(static_cast<std::byte*>(base_) + skip);
    ::madvise(data_, doubles * sizeof(double), MADV_HUGEPAGE);
  }
  ~HugeArray() { ::munmap(base_, mapped_); }
  HugeArray(const HugeArray&) = delete;
  HugeArray& operator=(const HugeArray&) = delete;

  [[nodiscard]] std::span<double> values() const { return {data_, size_}; }

 private:
  static constexpr std::size_t huge_page = std::size_t{1} << 21;

  std::size_t size_;
  std::size_t mapped_;
  void* base_ = nullptr;
  double* data_ = nullptr;
};

}  // namespace bornite::bench
