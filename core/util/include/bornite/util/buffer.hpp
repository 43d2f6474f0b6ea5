#pragma once
// Memory for many numbers: aligned to cache lines, on huge pages where it is large, with undefined contents.

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace bornite {

/// Asks for huge pages where memory that has not been touched is large; advice only.
void prefer_huge_pages(void* data, std::size_t bytes);

/// Memory for so many bytes with undefined contents, and how many it became. Throws std::bad_alloc.
struct Allocation {
  void* data;
  std::size_t bytes;
};
[[nodiscard]] Allocation allocate_buffer(std::size_t bytes);

/// Room for plain values.
template <typename T>
class Buffer {
 public:
  /// Makes room for so many; the contents are lost if the buffer grows. Throws std::bad_alloc.
  void reserve(std::size_t size) {
    if (size * sizeof(T) <= bytes_) return;
    data_.reset();
    bytes_ = 0;
    const Allocation memory = allocate_buffer(size * sizeof(T));
    data_.reset(static_cast<T*>(memory.data));
    bytes_ = memory.bytes;
  }

  [[nodiscard]] T* data() { return data_.get(); }
  [[nodiscard]] const T* data() const { return data_.get(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Free {
    void operator()(T* data) const { std::free(data); }
  };
  std::unique_ptr<T[], Free> data_;
  std::size_t bytes_ = 0;
};

}  // namespace bornite
