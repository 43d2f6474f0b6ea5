#pragma once
// Constant gates on one qubit, as rotations of the Bloch sphere.

namespace bornite {

/// w - i (x X + y Y + z Z) in SU(2), a unit quaternion: a gate up to its global phase.
struct Rotation {
  double w = 1, x = 0, y = 0, z = 0;

  static Rotation about_x(double angle);
  static Rotation about_y(double angle);
  static Rotation about_z(double angle);
  /// The Hadamard gate.
  static Rotation hadamard();

  [[nodiscard]] Rotation inverse() const { return {w, -x, -y, -z}; }
  /// Whether off-diagonal, or diagonal, elements of the matrix are below 1e-14.
  [[nodiscard]] bool is_diagonal() const;
  [[nodiscard]] bool is_antidiagonal() const;
  /// Whether it takes bitstrings to bitstrings.
  [[nodiscard]] bool is_monomial() const { return is_diagonal() || is_antidiagonal(); }
  [[nodiscard]] bool is_identity() const;
};

/// First `second`, then `first`, as matrices multiply. The norm is kept at 1.
[[nodiscard]] Rotation operator*(const Rotation& first, const Rotation& second);

/// Rz(after) Ry(angle) Rz(before), angle in [0, pi].
struct EulerAngles {
  double after, angle, before;
};
[[nodiscard]] EulerAngles euler_angles(const Rotation& rotation);

/// Rz(frame) exp(-i angle (cos(axis) X + sin(axis) Y) / 2), angle in [0, pi]; frame is 0 where angle is pi.
struct EquatorAngles {
  double frame, angle, axis;
};
[[nodiscard]] EquatorAngles equator_angles(const Rotation& rotation);

}  // namespace bornite
