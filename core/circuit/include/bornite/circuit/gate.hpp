#pragma once
// Gates and their angles.

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bornite {

using Qubit = std::uint32_t;

/// An angle in radians: a constant, or affine in one parameter of the circuit.
struct Angle {
  static constexpr std::int32_t none = -1;

  double scale = 0.0;
  std::int32_t parameter = none;  ///< index into the row of parameters, or `none` for a constant
  double offset = 0.0;

  static Angle constant(double value) { return {0.0, none, value}; }
  static Angle of(std::size_t parameter, double scale = 1.0, double offset = 0.0) {
    return {scale, static_cast<std::int32_t>(parameter), offset};
  }

  [[nodiscard]] bool is_constant() const { return parameter == none; }
  [[nodiscard]] double value(std::span<const double> theta) const {
    return is_constant() ? offset : scale * theta[static_cast<std::size_t>(parameter)] + offset;
  }
  [[nodiscard]] Angle operator-() const { return {-scale, parameter, -offset}; }
  friend bool operator==(const Angle&, const Angle&) = default;
};

/// rx, ry, rz = exp(-i t P/2); phase = diag(1, e^{it}); global_phase = e^{it}, on no qubit at all.
enum class GateKind : std::uint8_t { x, y, z, h, s, sdg, t, tdg, sx, sxdg, rx, ry, rz, phase, swap, global_phase };

/// One gate: `kind` on its targets if all controls are 1.
struct Gate {
  GateKind kind;
  std::vector<Qubit> targets;   ///< one; two for swap; none for global_phase
  std::vector<Qubit> controls;  ///< any number; distinct from each other and from the targets
  Angle angle;                  ///< meaningful where has_angle(kind)

  friend bool operator==(const Gate&, const Gate&) = default;
};

[[nodiscard]] bool has_angle(GateKind kind);
/// Whether the matrix is diagonal, whatever the angle; controls do not change that.
[[nodiscard]] bool is_diagonal(GateKind kind);
[[nodiscard]] std::size_t target_count(GateKind kind);
/// Lower-case name, as in OpenQASM 3's standard library ("gphase" for the global phase, "p" for phase).
[[nodiscard]] std::string_view to_string(GateKind kind);

/// The gate whose product with `gate` is the identity for all parameters.
[[nodiscard]] Gate inverse(const Gate& gate);

/// Row-major 2x2 matrix of a one-target kind; throws std::invalid_argument for swap and global_phase.
[[nodiscard]] std::array<std::complex<double>, 4> matrix(GateKind kind, double angle);

}  // namespace bornite
