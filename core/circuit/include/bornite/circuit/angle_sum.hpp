#pragma once
// Angles that depend on several parameters at once, as they arise when rotations are merged.

#include "bornite/circuit/gate.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bornite {

/// offset + sum over k of scale_k * theta[parameter_k], in radians.
class AngleSum {
 public:
  struct Term {
    std::int32_t parameter;
    double scale;
    friend bool operator==(const Term&, const Term&) = default;
  };

  AngleSum() = default;
  AngleSum(double constant) : offset_(constant) {}  // NOLINT: a number is an angle
  AngleSum(const Angle& angle);                     // NOLINT: a simpler angle is an angle

  [[nodiscard]] double offset() const { return offset_; }
  /// Sorted by parameter, each once, none with scale zero.
  [[nodiscard]] std::span<const Term> terms() const { return terms_; }
  [[nodiscard]] bool is_constant() const { return terms_.empty(); }
  /// `theta` must hold every parameter that occurs.
  [[nodiscard]] double value(std::span<const double> theta) const;

  AngleSum& operator+=(const AngleSum& other);
  AngleSum& operator*=(double factor);
  friend AngleSum operator+(AngleSum a, const AngleSum& b) { return a += b; }
  friend AngleSum operator-(AngleSum a, const AngleSum& b) { return a += AngleSum(b) *= -1; }
  friend AngleSum operator-(AngleSum a) { return a *= -1; }
  friend AngleSum operator*(double factor, AngleSum a) { return a *= factor; }
  friend bool operator==(const AngleSum&, const AngleSum&) = default;

  /// As angles in one parameter at most, whose sum this is: one for each term, the offset with the first; a constant if
  /// there is no term.
  [[nodiscard]] std::vector<Angle> split() const;

 private:
  double offset_ = 0;
  std::vector<Term> terms_;
};

}  // namespace bornite
