#pragma once
// What a run of NLopt has seen so far. NLopt calls back for values; this decides when to end.

#include <exception>
#include <limits>

#include "evaluation.hpp"

namespace bornite {

/// One evaluated point.
struct Point {
  std::vector<double> theta;
  std::vector<double> gradient;  ///< empty for methods without gradients
  double value = std::numeric_limits<double>::infinity();
  double slope = std::numeric_limits<double>::infinity();  ///< largest component of the gradient
};

/// Counts evaluations, keeps the best point, and ends the run at a limit, at a small gradient or at an error.
class BestPoint {
 public:
  BestPoint(const ObjectiveFunction& objective, std::size_t limit, bool with_gradient, double tolerance)
      : evaluate_(objective), limit_(limit), with_gradient_(with_gradient), tolerance_(tolerance) {}

  /// The point at `theta`: the latest or the best one again if it is one of them, else evaluated; once the run has
  /// ended, the best one. Never throws, because NLopt is C.
  const Point& at(std::span<const double> theta) noexcept;

  [[nodiscard]] bool ended() const { return limit_reached() || small_gradient() || error_ || exception_ || lost_; }
  /// The error, or the exception thrown again, that ended the run.
  [[nodiscard]] Result<void> outcome() const;
  [[nodiscard]] StopReason stop_reason() const;
  [[nodiscard]] const Point& best() const { return best_; }
  [[nodiscard]] std::size_t evaluations() const { return evaluate_.evaluations(); }
  [[nodiscard]] std::size_t evaluations_left() const { return limit_ - evaluations(); }

 private:
  void evaluate(std::span<const double> theta);
  [[nodiscard]] bool limit_reached() const { return evaluations() >= limit_; }
  [[nodiscard]] bool small_gradient() const { return tolerance_ > 0 && best_.slope <= tolerance_; }

  CountedObjective evaluate_;
  std::size_t limit_;
  bool with_gradient_;
  double tolerance_;
  Point latest_;
  Point best_;
  std::optional<Error> error_;
  std::exception_ptr exception_;
  bool lost_ = false;  // NLopt asked for a point with angles that are not finite
};

/// Whether the value of `a` is lower by more than rounding.
[[nodiscard]] bool is_lower(const Point& a, const Point& b);

/// Whether `a` is a better result than `b`: lower, or equal up to rounding with a smaller gradient.
[[nodiscard]] bool is_better(const Point& a, const Point& b);

}  // namespace bornite
