#pragma once
// The rows of the next tile, asked for while the present one is worked on.

#include "layout.hpp"

#include <array>
#include <cstdint>

namespace bornite::statevector {

/// Rows of one or two states that the memory is asked for, one at a time, so that they are in the second-level cache
/// when their tile comes. Rows are short and far apart: the processor does not foresee them by itself. Nor can it take
/// many requests at once, so loops over a tile put one into each of their steps.
class Ahead {
 public:
  /// Nothing to ask for.
  Ahead() = default;
  /// Rows of `row_blocks` blocks, which begin `starts` blocks after those where the tile does, one in each state. The
  /// second may be null.
  Ahead(const std::uint32_t* starts, std::size_t rows, std::size_t row_blocks, std::array<const Block*, 2> tiles)
      : starts_(starts), left_(rows), row_bytes_(row_blocks * sizeof(Block)), tiles_(tiles) {}

  [[nodiscard]] bool empty() const { return left_ == 0; }
  /// Asks for the next row, if there is one.
  void ask() {
    if (left_ == 0) return;
    --left_;
    const std::size_t start = *starts_++;
    ask_for(tiles_[0] + start);
    if (tiles_[1] != nullptr) ask_for(tiles_[1] + start);
  }
  void ask(std::size_t rows) {
    for (std::size_t i = 0; i != rows; ++i) ask();
  }

 private:
  void ask_for(const Block* row) const {
    constexpr int to_read = 0;
    constexpr int second_level = 2;
    const auto* const bytes = reinterpret_cast<const char*>(row);
    for (std::size_t line = 0; line < row_bytes_; line += line_bytes)
      __builtin_prefetch(bytes + line, to_read, second_level);
  }

  const std::uint32_t* starts_ = nullptr;
  std::size_t left_ = 0;
  std::size_t row_bytes_ = 0;
  std::array<const Block*, 2> tiles_{};
};

}  // namespace bornite::statevector
