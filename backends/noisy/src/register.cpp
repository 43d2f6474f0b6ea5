#include "register.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace bornite::noisy {
namespace {

/// a x + b y, without the care for infinities that the standard operator takes.
Amplitude combine(Amplitude a, Amplitude x, Amplitude b, Amplitude y) {
  return {a.real() * x.real() - a.imag() * x.imag() + b.real() * y.real() - b.imag() * y.imag(),
          a.real() * x.imag() + a.imag() * x.real() + b.real() * y.imag() + b.imag() * y.real()};
}

Matrix2 product(const Matrix2& a, const Matrix2& b) {
  return {combine(a[0], b[0], a[1], b[2]), combine(a[0], b[1], a[1], b[3]), combine(a[2], b[0], a[3], b[2]),
          combine(a[2], b[1], a[3], b[3])};
}

/// Up to a phase.
Matrix2 pauli_matrix(bool x, bool z) {
  const double sign = z ? -1 : 1;
  return x ? Matrix2{0, sign, 1, 0} : Matrix2{1, 0, 0, sign};
}

std::size_t index_of(QubitSet qubit) { return static_cast<std::size_t>(std::countr_zero(qubit)); }

bool is_controlled_x(const BoundGate& gate) {
  return gate.matrix == Matrix2{0, 1, 1, 0} && std::has_single_bit(gate.controls) && !gate.is_swap();
}

}  // namespace

void Register::load(std::span<const Amplitude> amplitudes, QubitSet inside, QubitSet outside) {
  const auto qubits = static_cast<std::size_t>(std::popcount(inside));
  const std::size_t own = std::size_t{1} << qubits;
  size_ = std::max(own, lanes);
  numbers_.reserve(2 * size_);
  waiting_.assign(qubits, {});
  const Parts to = parts();
  QubitSet at = 0;
  for (std::size_t x = 0; x != own; ++x) {
    const Amplitude amplitude = amplitudes[outside | at];
    to.real[x] = amplitude.real();
    to.imaginary[x] = amplitude.imag();
    at = (at - inside) & inside;
  }
  std::fill(to.real + own, to.real + size_, 0.0);
  std::fill(to.imaginary + own, to.imaginary + size_, 0.0);
}

void Register::apply(const BoundGate& gate) {
  if (gate.target == 0) return;
  if (gate.controls == 0 && !gate.is_swap()) return put_off(index_of(gate.target), gate.matrix);
  settle(gate.qubits());
  if (is_controlled_x(gate))
    exchange(parts(), gate.controls, gate.target);
  else
    apply_slowly(gate);
}

void Register::apply(const Pauli& pauli) {
  for (QubitSet rest = pauli.support(); rest != 0; rest &= rest - 1) {
    const QubitSet qubit = rest & -rest;
    put_off(index_of(qubit), pauli_matrix((pauli.x & qubit) != 0, (pauli.z & qubit) != 0));
  }
}

void Register::relax(QubitSet qubit, double kept, double jump, RandomStream& random) {
  settle(qubit);
  const Parts psi = parts();
  double norm = 0;
  double ones = 0;
  for (std::size_t x = 0; x != psi.size; ++x) {
    const double square = psi.real[x] * psi.real[x] + psi.imaginary[x] * psi.imaginary[x];
    norm += square;
    if ((x & qubit) != 0) ones += square;
  }
  const bool jumps = random.uniform() * norm < jump * jump * ones;
  put_off(index_of(qubit), jumps ? Matrix2{0, 1, 0, 0} : Matrix2{1, 0, 0, kept});
}

std::size_t Register::measure(RandomStream& random) {
  for (std::size_t q = 0; q != waiting_.size(); ++q) settle(qubit_set(q));
  const Parts psi = parts();
  sums_.resize(size_ / lanes);
  sum_squares(psi, sums_.data());
  double rest = random.uniform() * std::accumulate(sums_.begin(), sums_.end(), 0.0);
  std::size_t part = 0;
  while (part + 1 != sums_.size() && rest >= sums_[part]) rest -= sums_[part++];
  std::size_t last = 0;  // that can occur, for what rounding leaves over
  for (std::size_t x = part * lanes; x != size_; ++x) {
    const double weight = psi.real[x] * psi.real[x] + psi.imaginary[x] * psi.imaginary[x];
    if (weight <= 0.0) continue;
    if (rest < weight) return x;
    rest -= weight;
    last = x;
  }
  return last;
}

void Register::put_off(std::size_t qubit, const Matrix2& matrix) {
  Waiting& waiting = waiting_[qubit];
  waiting.matrix = waiting.waits ? product(matrix, waiting.matrix) : matrix;
  waiting.waits = true;
}

void Register::settle(QubitSet qubits) {
  for (; qubits != 0; qubits &= qubits - 1) {
    Waiting& waiting = waiting_[index_of(qubits)];
    if (std::exchange(waiting.waits, false)) rotate(parts(), qubits & -qubits, waiting.matrix);
  }
}

void Register::apply_slowly(const BoundGate& gate) {
  const Parts psi = parts();
  const auto& m = gate.matrix;
  for (std::size_t x = 0; x != psi.size; ++x) {
    if ((x & gate.qubits()) != (gate.controls | (gate.is_swap() ? gate.target : 0))) continue;
    const std::size_t y = x ^ gate.target ^ gate.other;
    const Amplitude a{psi.real[x], psi.imaginary[x]};
    const Amplitude b{psi.real[y], psi.imaginary[y]};
    const Amplitude of_x = gate.is_swap() ? b : combine(m[0], a, m[1], b);
    const Amplitude of_y = gate.is_swap() ? a : combine(m[2], a, m[3], b);
    psi.real[x] = of_x.real();
    psi.imaginary[x] = of_x.imag();
    psi.real[y] = of_y.real();
    psi.imaginary[y] = of_y.imag();
  }
}

}  // namespace bornite::noisy
