#include "register.hpp"

namespace bornite::noisy {
namespace {

double square(Amplitude a) { return a.real() * a.real() + a.imag() * a.imag(); }

/// a x + b y, without the care for infinities that the standard operator takes.
Amplitude combine(Amplitude a, Amplitude x, Amplitude b, Amplitude y) {
  return {a.real() * x.real() - a.imag() * x.imag() + b.real() * y.real() - b.imag() * y.imag(),
          a.real() * x.imag() + a.imag() * x.real() + b.real() * y.imag() + b.imag() * y.real()};
}

/// Calls body(low, high) for all pairs of amplitudes that differ in the target.
template <typename Body>
void for_pairs(std::span<Amplitude> amplitudes, QubitSet target, const Body& body) {
  for (std::size_t block = 0; block != amplitudes.size(); block += 2 * target)
    for (std::size_t x = block; x != block + target; ++x) body(x, x + target);
}

}  // namespace

void Register::apply(const BoundGate& gate) {
  const std::span<Amplitude> psi = amplitudes_;
  if (gate.target == 0) return;
  if (gate.is_swap()) {
    const QubitSet both = gate.target | gate.other;
    for (std::size_t x = 0; x != psi.size(); ++x)
      if ((x & (gate.controls | both)) == (gate.controls | gate.target)) std::swap(psi[x], psi[x ^ both]);
    return;
  }
  const auto rotate = [&](std::size_t low, std::size_t high) {
    const Amplitude a = psi[low];
    const Amplitude b = psi[high];
    psi[low] = combine(gate.matrix[0], a, gate.matrix[1], b);
    psi[high] = combine(gate.matrix[2], a, gate.matrix[3], b);
  };
  if (gate.controls == 0) return for_pairs(psi, gate.target, rotate);
  for_pairs(psi, gate.target, [&](std::size_t low, std::size_t high) {
    if ((low & gate.controls) == gate.controls) rotate(low, high);
  });
}

void Register::apply(const Pauli& pauli) {
  const std::span<Amplitude> psi = amplitudes_;
  for (std::size_t x = 0; x != psi.size(); ++x)
    if (std::popcount(x & pauli.z) % 2 != 0) psi[x] = -psi[x];
  if (pauli.x == 0) return;
  for (std::size_t x = 0; x != psi.size(); ++x)
    if (x < (x ^ pauli.x)) std::swap(psi[x], psi[x ^ pauli.x]);
}

void Register::relax(QubitSet qubit, double kept, double jump, RandomStream& random) {
  const std::span<Amplitude> psi = amplitudes_;
  double ones = 0;
  for_pairs(psi, qubit, [&](std::size_t, std::size_t high) { ones += square(psi[high]); });
  const bool jumps = random.uniform() * norm() < jump * jump * ones;
  for_pairs(psi, qubit, [&](std::size_t low, std::size_t high) {
    if (jumps) psi[low] = psi[high];
    psi[high] *= jumps ? 0.0 : kept;
  });
}

std::size_t Register::measure(RandomStream& random) const {
  double rest = random.uniform() * norm();
  std::size_t last = 0;  // that can occur, for what rounding leaves over
  for (std::size_t x = 0; x != amplitudes_.size(); ++x) {
    const double weight = square(amplitudes_[x]);
    if (weight <= 0.0) continue;
    if (rest < weight) return x;
    rest -= weight;
    last = x;
  }
  return last;
}

double Register::norm() const {
  double sum = 0;
  for (const Amplitude& a : amplitudes_) sum += square(a);
  return sum;
}

}  // namespace bornite::noisy
