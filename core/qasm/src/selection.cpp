#include "selection.hpp"

#include <fmt/format.h>

namespace bornite::qasm {

std::uint64_t range_size(std::int64_t begin, std::int64_t step, std::int64_t end) {
  if (step > 0 ? begin > end : begin < end) return 0;
  // Differences of 64-bit integers fit in 64 bits without a sign.
  const auto distance = step > 0 ? static_cast<std::uint64_t>(end) - static_cast<std::uint64_t>(begin)
                                 : static_cast<std::uint64_t>(begin) - static_cast<std::uint64_t>(end);
  const auto stride = step > 0 ? static_cast<std::uint64_t>(step) : std::uint64_t{0} - static_cast<std::uint64_t>(step);
  const std::uint64_t steps = distance / stride;
  return steps == UINT64_MAX ? steps : steps + 1;
}

Result<std::size_t> Selection::position(std::int64_t index) const {
  const auto size = static_cast<std::int64_t>(size_);
  if (index >= -size && index < size) return static_cast<std::size_t>(index < 0 ? index + size : index);
  return Error{ErrorKind::input,
               fmt::format("There is no element {}: the register has {}, numbered 0 to {}.", index, size, size - 1)};
}

Result<Selection> Selection::at(std::int64_t index) const {
  BORNITE_TRY(const std::size_t place, position(index));
  return Selection((*this)[place], 1);
}

Result<Selection> Selection::range(std::int64_t begin, std::int64_t step, std::int64_t end) const {
  if (step == 0) return Error{ErrorKind::input, "A range cannot go in steps of 0."};
  BORNITE_TRY(const std::size_t first, position(begin));
  BORNITE_TRY(const std::size_t last, position(end));
  const std::uint64_t count = range_size(static_cast<std::int64_t>(first), step, static_cast<std::int64_t>(last));
  if (count == 0) return Error{ErrorKind::input, fmt::format("The range {}:{}:{} is empty.", begin, step, end)};
  if (count == 1) return Selection((*this)[first], 1);
  if (!listed_) {
    Selection result((*this)[first], count);
    result.step_ = step_ * step;  // at most the size of a register, because there are two elements so far apart
    return result;
  }
  std::vector<std::uint32_t> elements;
  elements.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    elements.push_back((*listed_)[first + static_cast<std::size_t>(static_cast<std::int64_t>(i) * step)]);
  return Selection(std::move(elements));
}

Result<Selection> Selection::pick(std::span<const std::int64_t> indices) const {
  std::vector<std::uint32_t> elements;
  for (const std::int64_t index : indices) {
    BORNITE_TRY(const std::size_t place, position(index));
    elements.push_back((*this)[place]);
  }
  return Selection(std::move(elements));
}

Selection Selection::followed_by(const Selection& other) const {
  std::vector<std::uint32_t> elements;
  elements.reserve(size_ + other.size_);
  for (std::size_t i = 0; i < size_; ++i) elements.push_back((*this)[i]);
  for (std::size_t i = 0; i < other.size_; ++i) elements.push_back(other[i]);
  return Selection(std::move(elements));
}

}  // namespace bornite::qasm
