#pragma once
// What this machine can do at most: bytes moved and multiply-adds done per second.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bornite::bench {

enum class CeilingKind {
  copy,          ///< memcpy from one array to another: bytes read plus bytes written
  scale,         ///< x *= s in place: bytes read plus bytes written; the ceiling of an in-place gate
  multiply_add,  ///< fused multiply-adds of doubles that stay in registers, one per vector lane
};
[[nodiscard]] std::string_view to_string(CeilingKind kind);

/// One measured rate; the best of several rounds.
struct Ceiling {
  CeilingKind kind;
  std::string level;      ///< where the array lies: "L2", "L3" or "DRAM"; empty for multiply_add
  std::size_t bytes = 0;  ///< of one array, over all threads; 0 for multiply_add
  std::size_t threads = 1;
  double per_second = 0;  ///< bytes, or multiply-adds
};

class Ceilings {
 public:
  Ceilings() = default;  ///< nothing is known
  explicit Ceilings(std::vector<Ceiling> all) : all_(std::move(all)) {}

  [[nodiscard]] const std::vector<Ceiling>& all() const { return all_; }
  /// In place, for so many bytes of data in all. Nothing if it was not measured.
  [[nodiscard]] std::optional<Ceiling> in_place(std::size_t bytes, std::size_t threads) const;
  [[nodiscard]] std::optional<Ceiling> multiply_add(std::size_t threads) const;

 private:
  std::vector<Ceiling> all_;
};

/// Takes a few seconds; with `quick`, one, and less exact.
[[nodiscard]] Ceilings measure_ceilings(const std::vector<std::size_t>& thread_counts, bool quick);

}  // namespace bornite::bench
