#pragma once
// What a measurement returned: per row of parameters, the distinct bitstrings and how often each occurred.

#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"
#include "bornite/util/random.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bornite {

/// The outcomes of one row. Strings are distinct and sorted ascending as numbers; counts are positive.
class ShotRow {
 public:
  /// Merges equal strings, sorts and drops zero counts. Refuses a total that is not `shots`, and lengths that differ
  /// from `strings`' own.
  static Result<ShotRow> create(BitstringList strings, std::vector<std::uint64_t> counts, std::uint64_t shots);
  /// The same from one string for each shot.
  static Result<ShotRow> create(BitstringList strings, std::uint64_t shots);

  [[nodiscard]] std::size_t bits() const { return strings_.bits(); }
  [[nodiscard]] std::size_t size() const { return counts_.size(); }
  [[nodiscard]] const BitstringList& strings() const { return strings_; }
  [[nodiscard]] std::span<const std::uint64_t> counts() const { return counts_; }
  [[nodiscard]] std::uint64_t shots() const { return shots_; }

 private:
  ShotRow(BitstringList strings, std::vector<std::uint64_t> counts, std::uint64_t shots);

  BitstringList strings_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t shots_;
};

/// The outcomes of every row of a request, in the order of its rows. Any number of qubits. Copies share the rows.
class ShotTable {
 public:
  ShotTable() = default;
  /// Refuses rows of different lengths.
  static Result<ShotTable> create(std::vector<ShotRow> rows);

  [[nodiscard]] std::size_t rows() const { return rows_ ? rows_->size() : 0; }
  [[nodiscard]] const ShotRow& operator[](std::size_t row) const { return (*rows_)[row]; }

 private:
  std::shared_ptr<const std::vector<ShotRow>> rows_;
};

/// The same outcomes with only some of their bits: bit i of each string is bit bits[i] of the old one. Throws
/// std::out_of_range if there is no such bit.
[[nodiscard]] ShotRow select_bits(const ShotRow& row, std::span<const std::size_t> bits);

/// Whole counts that sum to exactly `shots` and are nearest to shots * probability, by largest remainder. For providers
/// that report probabilities. Refuses negative or non-finite numbers, a sum further than 1e-6 from 1, and more than
/// 2^53 shots.
[[nodiscard]] Result<std::vector<std::uint64_t>> counts_from_probabilities(std::span<const double> probabilities,
                                                                           std::uint64_t shots);

/// How often each outcome came in so many independent draws from the distribution; the stream fixes every one. For
/// simulators that report exact probabilities. Refuses the same as counts_from_probabilities().
[[nodiscard]] Result<std::vector<std::uint64_t>> draw_counts(std::span<const double> probabilities, std::uint64_t shots,
                                                             const StreamKey& stream);

}  // namespace bornite
