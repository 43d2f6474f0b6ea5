#pragma once
// Limits on what may be spent.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bornite {

/// What jobs take: ordered and not finished at their estimate, finished ones at what they cost.
struct Spending {
  std::uint64_t jobs = 0;
  std::uint64_t shots = 0;
  double usd = 0;
  double qpu_seconds = 0;
  std::uint64_t jobs_without_usd = 0;      ///< of which nobody says what they cost in money
  std::uint64_t jobs_without_seconds = 0;  ///< or in time of a processor

  Spending& operator+=(const Spending& other);
  friend Spending operator+(Spending a, const Spending& b) { return a += b; }
  friend bool operator==(const Spending&, const Spending&) = default;
};

/// What one job of this shape and price takes.
[[nodiscard]] Spending spending_of(const JobShape& shape, const Price& price);

/// Limits on Spending; what is not set is not limited.
struct Budget {
  std::optional<std::uint64_t> jobs{};
  std::optional<std::uint64_t> shots{};
  std::optional<double> usd{};
  std::optional<double> qpu_seconds{};

  /// ErrorKind::budget with the exact figures if `wanted` on top of `spent` is over a limit, or if a limit on money or
  /// seconds cannot be kept because the backend does not say what a job takes.
  [[nodiscard]] Result<void> admit(const Spending& spent, const Spending& wanted, std::string_view backend) const;
};

}  // namespace bornite
