#include "bornite/circuit/gate.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace bornite {

bool has_angle(GateKind kind) {
  switch (kind) {
    case GateKind::rx:
    case GateKind::ry:
    case GateKind::rz:
    case GateKind::phase:
    case GateKind::global_phase: return true;
    default: return false;
  }
}

bool is_diagonal(GateKind kind) {
  switch (kind) {
    case GateKind::z:
    case GateKind::s:
    case GateKind::sdg:
    case GateKind::t:
    case GateKind::tdg:
    case GateKind::rz:
    case GateKind::phase:
    case GateKind::global_phase: return true;
    default: return false;
  }
}

std::size_t target_count(GateKind kind) {
  if (kind == GateKind::swap) return 2;
  return kind == GateKind::global_phase ? 0 : 1;
}

std::string_view to_string(GateKind kind) {
  switch (kind) {
    case GateKind::x: return "x";
    case GateKind::y: return "y";
    case GateKind::z: return "z";
    case GateKind::h: return "h";
    case GateKind::s: return "s";
    case GateKind::sdg: return "sdg";
    case GateKind::t: return "t";
    case GateKind::tdg: return "tdg";
    case GateKind::sx: return "sx";
    case GateKind::sxdg: return "sxdg";
    case GateKind::rx: return "rx";
    case GateKind::ry: return "ry";
    case GateKind::rz: return "rz";
    case GateKind::phase: return "p";
    case GateKind::swap: return "swap";
    case GateKind::global_phase: return "gphase";
  }
  return "?";
}

Gate inverse(const Gate& gate) {
  Gate result = gate;
  if (has_angle(gate.kind)) result.angle = -gate.angle;
  switch (gate.kind) {
    case GateKind::s: result.kind = GateKind::sdg; break;
    case GateKind::sdg: result.kind = GateKind::s; break;
    case GateKind::t: result.kind = GateKind::tdg; break;
    case GateKind::tdg: result.kind = GateKind::t; break;
    case GateKind::sx: result.kind = GateKind::sxdg; break;
    case GateKind::sxdg: result.kind = GateKind::sx; break;
    default: break;  // self-inverse, or inverted by its angle
  }
  return result;
}

std::array<std::complex<double>, 4> matrix(GateKind kind, double angle) {
  using namespace std::complex_literals;
  constexpr double r = std::numbers::sqrt2 / 2;
  const double c = std::cos(angle / 2);
  const double s = std::sin(angle / 2);
  switch (kind) {
    case GateKind::x: return {0, 1, 1, 0};
    case GateKind::y: return {0, -1i, 1i, 0};
    case GateKind::z: return {1, 0, 0, -1};
    case GateKind::h: return {r, r, r, -r};
    case GateKind::s: return {1, 0, 0, 1i};
    case GateKind::sdg: return {1, 0, 0, -1i};
    case GateKind::t: return {1, 0, 0, r + r * 1i};
    case GateKind::tdg: return {1, 0, 0, r - r * 1i};
    case GateKind::sx: return {0.5 + 0.5i, 0.5 - 0.5i, 0.5 - 0.5i, 0.5 + 0.5i};
    case GateKind::sxdg: return {0.5 - 0.5i, 0.5 + 0.5i, 0.5 + 0.5i, 0.5 - 0.5i};
    case GateKind::rx: return {c, -1i * s, -1i * s, c};
    case GateKind::ry: return {c, -s, s, c};
    case GateKind::rz: return {std::polar(1.0, -angle / 2), 0, 0, std::polar(1.0, angle / 2)};
    case GateKind::phase: return {1, 0, 0, std::polar(1.0, angle)};
    case GateKind::swap:
    case GateKind::global_phase: break;
  }
  throw std::invalid_argument("swap and gphase have no 2x2 matrix");
}

}  // namespace bornite
