#include "best_point.hpp"

#include <algorithm>
#include <cmath>

namespace bornite {

bool is_lower(const Point& a, const Point& b) {
  return a.value < b.value && (std::isinf(b.value) || b.value - a.value > 1e-14 * std::abs(b.value));
}

bool is_better(const Point& a, const Point& b) {
  // Near a minimum values differ by rounding only, and the gradient alone still tells which point is closer to it.
  if (a.gradient.empty() || is_lower(a, b) || is_lower(b, a)) return a.value < b.value;
  return a.slope < b.slope;
}

const Point& BestPoint::at(std::span<const double> theta) noexcept {
  if (ended() || std::ranges::equal(theta, best_.theta)) return best_;
  if (std::ranges::equal(theta, latest_.theta)) return latest_;
  lost_ = !std::ranges::all_of(theta, [](double angle) { return std::isfinite(angle); });
  if (lost_) return best_;
  try {
    evaluate(theta);
  } catch (...) {
    exception_ = std::current_exception();
  }
  return error_ || exception_ ? best_ : latest_;
}

void BestPoint::evaluate(std::span<const double> theta) {
  latest_.theta.assign(theta.begin(), theta.end());
  latest_.gradient.assign(with_gradient_ ? theta.size() : 0, 0.0);
  const Result<double> value = evaluate_(latest_.theta, latest_.gradient);
  if (!value) {
    error_ = value.error();
    return;
  }
  latest_.value = *value;
  if (with_gradient_) latest_.slope = largest_component(latest_.gradient);
  if (is_better(latest_, best_)) best_ = latest_;
}

Result<void> BestPoint::outcome() const {
  if (exception_) std::rethrow_exception(exception_);
  if (error_) return *error_;
  return {};
}

StopReason BestPoint::stop_reason() const {
  if (small_gradient()) return StopReason::gradient_tolerance;
  return limit_reached() ? StopReason::iterations : StopReason::no_progress;
}

}  // namespace bornite
