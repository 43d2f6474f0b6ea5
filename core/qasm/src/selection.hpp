#pragma once
// Some of a program's qubits or classical bits, in order, as registers, slices and aliases name them.

#include "bornite/util/error.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bornite::qasm {

class Selection {
 public:
  Selection() = default;
  /// `size` elements from `first` on.
  Selection(std::size_t first, std::size_t size) : first_(first), size_(size) {}
  explicit Selection(std::vector<std::uint32_t> elements)
      : size_(elements.size()), listed_(std::make_shared<const std::vector<std::uint32_t>>(std::move(elements))) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::uint32_t operator[](std::size_t i) const {
    if (listed_) return (*listed_)[i];
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(first_) + step_ * static_cast<std::int64_t>(i));
  }

  // Errors say what is wrong, but not where. Negative indices count from the end.

  [[nodiscard]] Result<Selection> at(std::int64_t index) const;
  /// begin, begin + step, ... up to and including end.
  [[nodiscard]] Result<Selection> range(std::int64_t begin, std::int64_t step, std::int64_t end) const;
  [[nodiscard]] Result<Selection> pick(std::span<const std::int64_t> indices) const;
  [[nodiscard]] Selection followed_by(const Selection& other) const;

 private:
  [[nodiscard]] Result<std::size_t> position(std::int64_t index) const;

  std::size_t first_ = 0;
  std::int64_t step_ = 1;
  std::size_t size_ = 0;
  std::shared_ptr<const std::vector<std::uint32_t>> listed_;  // instead of first_ and step_; copies are cheap
};

/// How many numbers begin, begin + step, ... there are up to and including end; none if step leads away from it.
/// `step` is not 0.
[[nodiscard]] std::uint64_t range_size(std::int64_t begin, std::int64_t step, std::int64_t end);

}  // namespace bornite::qasm
