#pragma once
// Memory for states: aligned to cache lines, on huge pages where it is large, with undefined contents.

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace bornite::statevector {

/// Asks for huge pages where memory that has not been touched is large; advice only.
void prefer_huge_pages(void* data, std::size_t bytes);

class Buffer {
 public:
  /// Makes room for so many doubles; the contents are lost if the buffer grows. Throws std::bad_alloc.
  void reserve(std::size_t doubles);

  [[nodiscard]] double* data() { return data_.get(); }
  [[nodiscard]] const double* data() const { return data_.get(); }
  [[nodiscard]] std::size_t bytes() const { return capacity_ * sizeof(double); }

 private:
  struct Free {
    void operator()(double* data) const { std::free(data); }
  };
  std::unique_ptr<double[], Free> data_;
  std::size_t capacity_ = 0;
};

}  // namespace bornite::statevector
