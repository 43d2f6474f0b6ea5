#pragma once
// The costs of all 2^N bitstrings.

#include "bornite/util/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace bornite {

/// Entry k is the cost of the string whose bit i, i.e. qubit i, is bit i of k.
class CostTable {
 public:
  /// Throws std::invalid_argument unless there are exactly 2^bits costs.
  CostTable(std::size_t bits, std::vector<double> costs);

  [[nodiscard]] std::size_t bits() const { return bits_; }
  [[nodiscard]] std::span<const double> costs() const { return costs_; }
  [[nodiscard]] double operator[](std::uint64_t index) const { return costs_[index]; }
  /// Index of the lowest cost; the lowest index among equals.
  [[nodiscard]] std::uint64_t best() const;

  /// Text, one cost per line in the order of the indices; numbers round-trip. Blank lines and lines that start with '#'
  /// are skipped when reading. Refuses a number of costs that is not a power of two, and a cost that is not finite,
  /// naming the line.
  [[nodiscard]] static Result<CostTable> load(const std::filesystem::path& path);
  [[nodiscard]] Result<void> save(const std::filesystem::path& path) const;

  /// Refuses when 2^bits doubles exceed the memory that is free, naming the bytes needed and available.
  [[nodiscard]] static Result<void> check_memory(std::size_t bits);

 private:
  std::size_t bits_;
  std::vector<double> costs_;
};

}  // namespace bornite
