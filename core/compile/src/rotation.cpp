#include "bornite/compile/rotation.hpp"

#include <cmath>
#include <numbers>

namespace bornite {
namespace {

constexpr double negligible = 1e-14;

}  // namespace

Rotation Rotation::about_x(double angle) { return {std::cos(angle / 2), std::sin(angle / 2), 0, 0}; }
Rotation Rotation::about_y(double angle) { return {std::cos(angle / 2), 0, std::sin(angle / 2), 0}; }
Rotation Rotation::about_z(double angle) { return {std::cos(angle / 2), 0, 0, std::sin(angle / 2)}; }
Rotation Rotation::hadamard() { return {0, std::numbers::sqrt2 / 2, 0, std::numbers::sqrt2 / 2}; }

bool Rotation::is_diagonal() const { return std::hypot(x, y) < negligible; }
bool Rotation::is_antidiagonal() const { return std::hypot(w, z) < negligible; }
bool Rotation::is_identity() const { return is_diagonal() && std::abs(z) < negligible; }

Rotation operator*(const Rotation& a, const Rotation& b) {
  const Rotation product{a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
                         a.w * b.y + a.y * b.w + a.z * b.x - a.x * b.z, a.w * b.z + a.z * b.w + a.x * b.y - a.y * b.x};
  const double norm =
      std::sqrt(product.w * product.w + product.x * product.x + product.y * product.y + product.z * product.z);
  return {product.w / norm, product.x / norm, product.y / norm, product.z / norm};
}

EulerAngles euler_angles(const Rotation& rotation) {
  const double flip = std::hypot(rotation.x, rotation.y), keep = std::hypot(rotation.w, rotation.z);
  // Where one of the two is nothing, its angle is noise: it is taken so that `before` vanishes.
  const double sum =
      keep < negligible ? 2 * std::atan2(-rotation.x, rotation.y) : 2 * std::atan2(rotation.z, rotation.w);
  const double difference = flip < negligible ? sum : 2 * std::atan2(-rotation.x, rotation.y);
  return {(sum + difference) / 2, 2 * std::atan2(flip, keep), (sum - difference) / 2};
}

EquatorAngles equator_angles(const Rotation& rotation) {
  const double flip = std::hypot(rotation.x, rotation.y), keep = std::hypot(rotation.w, rotation.z);
  const double frame = keep < negligible ? 0 : 2 * std::atan2(rotation.z, rotation.w);
  const double axis = flip < negligible ? 0 : std::atan2(rotation.y, rotation.x) - frame / 2;
  return {frame, 2 * std::atan2(flip, keep), axis};
}

}  // namespace bornite
