#include "definition.hpp"

#include <cmath>
#include <complex>

namespace bornite::test {

ComplexMatrix defined_matrix(GateKind kind, double angle) {
  using namespace std::complex_literals;
  const ComplexMatrix one = ComplexMatrix::Identity(2, 2);
  ComplexMatrix x(2, 2), y(2, 2), z(2, 2);
  x << 0, 1, 1, 0;
  y << 0, -1i, 1i, 0;
  z << 1, 0, 0, -1;
  const ComplexMatrix h = (x + z) / std::sqrt(2.0);
  const auto rotation = [&](const ComplexMatrix& p) -> ComplexMatrix {
    return std::cos(angle / 2) * one - 1i * std::sin(angle / 2) * p;
  };
  const auto phase = [&](double t) -> ComplexMatrix { return (one + z) / 2 + std::exp(1i * t) * (one - z) / 2; };
  const double quarter = std::acos(0.0);
  switch (kind) {
    case GateKind::x: return x;
    case GateKind::y: return y;
    case GateKind::z: return z;
    case GateKind::h: return h;
    case GateKind::s: return phase(quarter);
    case GateKind::sdg: return phase(-quarter);
    case GateKind::t: return phase(quarter / 2);
    case GateKind::tdg: return phase(-quarter / 2);
    case GateKind::sx: return h * phase(quarter) * h;
    case GateKind::sxdg: return h * phase(-quarter) * h;
    case GateKind::rx: return rotation(x);
    case GateKind::ry: return rotation(y);
    case GateKind::rz: return rotation(z);
    case GateKind::phase: return phase(angle);
    case GateKind::swap:
    case GateKind::global_phase: break;
  }
  return {};
}

}  // namespace bornite::test
