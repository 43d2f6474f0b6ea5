#pragma once
// Gates on one qubit that follow each other, with angles that stay symbolic.

#include "bornite/circuit/angle_sum.hpp"
#include "bornite/compile/rotation.hpp"

#include <span>
#include <vector>

namespace bornite {

/// C_k Rz(a_k) C_(k-1) ... Rz(a_1) C_0 with constants C in SU(2) and angles a that depend on parameters, up to a global
/// phase. Every sequence of rotations about any axes has this form, and appending keeps it short: constants multiply,
/// and where C between two Rz is diagonal or anti-diagonal the two are one.
class RotationRun {
 public:
  struct Stage {
    AngleSum angle;  ///< of Rz; not constant
    Rotation after;
  };

  RotationRun() = default;
  RotationRun(const Rotation& constant) : first_(constant) {}  // NOLINT: a constant is a run

  [[nodiscard]] const Rotation& first() const { return first_; }
  [[nodiscard]] std::span<const Stage> stages() const { return stages_; }
  [[nodiscard]] bool is_constant() const { return stages_.empty(); }
  [[nodiscard]] bool is_identity() const { return is_constant() && first_.is_identity(); }
  /// Whether it is diagonal or anti-diagonal for all parameters.
  [[nodiscard]] bool is_monomial() const;
  /// Whether a monomial run exchanges 0 and 1.
  [[nodiscard]] bool flips() const;
  /// The constant that the run is at these parameters.
  [[nodiscard]] Rotation value(std::span<const double> theta) const;

  void append(const Rotation& constant) { last() = constant * last(); }
  void append_rz(const AngleSum& angle);
  void append(const RotationRun& run);

  /// Takes as much off the end as is diagonal or anti-diagonal, and gives it back as a run of its own.
  [[nodiscard]] RotationRun take_monomial_end();
  /// Drops what is diagonal at the beginning: it does nothing to |0>. Also turns |1> made of |0> into one X.
  void simplify_on_zero();
  /// Drops what is diagonal at the end: it changes no probability.
  void drop_diagonal_end();

 private:
  Rotation& last() { return stages_.empty() ? first_ : stages_.back().after; }
  void rotate_last(const AngleSum& angle);

  Rotation first_;
  std::vector<Stage> stages_;
};

}  // namespace bornite
