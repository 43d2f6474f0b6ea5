#include "bind.hpp"

#include <array>
#include <bit>
#include <cmath>

namespace bornite::statevector {
namespace {

using Kind = TileOp::Kind;

/// Products of cosines stay above this, so that neither amplitudes that are too large by their inverses nor products of
/// two of them leave the range of the numbers.
constexpr double least_scale(Precision precision) { return precision == Precision::complex128 ? 0x1p-100 : 0x1p-32; }

bool write_angles(const Plan& plan, std::span<const double> theta, double* angles) {
  double differences = 0.0;  // x - x is zero exactly for finite x
  for (std::size_t i = 0; i != plan.terms.size(); ++i) {
    const Term& term = plan.terms[i];
    angles[i] = term.angle.value(theta) * (term.halved ? 0.5 : 1.0);
    differences += angles[i] - angles[i];
  }
  std::fill(angles + plan.terms.size(), angles + round_up(plan.terms.size()), 0.0);
  return differences == 0.0;
}

/// Cosine and sine of a phase.
struct Turn {
  double c = 1.0;
  double s = 0.0;

  void multiply(double c2, double s2) { *this = {c * c2 - s * s2, c * s2 + s * c2}; }
};

class Binder {
 public:
  Binder(const Plan& plan, const Kernels& kernels, double* bound) : plan_(plan), kernels_(kernels), bound_(bound) {}

  void bind() {
    for (const TileOp& op : plan_.ops) {
      if (op.kind == Kind::rotate_blocks || op.kind == Kind::rotate_lanes || op.kind == Kind::rotate_both)
        bind_rotations(op);
      else if (op.kind == Kind::phase_table)
        bind_table(op);
      else
        for (std::size_t i = op.first_term; i != op.first_term + op.terms; ++i) set_weight(i);
    }
    bound_[plan_.scale_at] = scale_;
  }

 private:
  void set_weight(std::size_t term) { bound_[plan_.weights_at + term] = 1.0 / (scale_ * scale_); }

  /// On the way back, the rotations of an operation are undone first to last; each finds the state scaled by those
  /// before the operation, itself and those after itself.
  void bind_rotations(const TileOp& op) {
    double before = scale_;
    std::array<double, std::tuple_size_v<decltype(op.bits)>> factors{};
    for (std::size_t m = 0; m != op.terms; ++m) {
      double* const trig = bound_ + 2 * (op.first_term + m);
      factors[m] = 1.0;
      if (std::abs(scale_ * trig[0]) < least_scale_) continue;
      factors[m] = trig[0];
      scale_ *= trig[0];
      trig[1] /= trig[0];
      trig[0] = 1.0;
    }
    for (std::size_t m = op.terms; m-- != 0;) {
      before *= factors[m];
      bound_[plan_.weights_at + op.first_term + m] = 1.0 / (before * before);
    }
  }

  void bind_table(const TileOp& op) {
    const std::size_t low_size = std::size_t{1} << plan_.table_low();
    const std::size_t high_size = std::size_t{1} << plan_.table_high();
    std::array<Turn, most_tile_qubits> turns{};
    bool several = false;
    for (std::size_t i = op.first_term; i != op.first_term + op.terms; ++i) {
      bound_[plan_.weights_at + i] = 1.0;
      const std::uint32_t ones = plan_.terms[i].ones;
      if (std::has_single_bit(ones))
        turns[static_cast<std::size_t>(std::countr_zero(ones))].multiply(bound_[2 * i], bound_[2 * i + 1]);
      else
        several = true;
    }
    double* const low = bound_ + op.data;
    double* const high = low + 2 * low_size;
    fill(low, low_size, turns.data(), scale_);
    fill(high, high_size, turns.data() + plan_.table_low(), 1.0);
    scale_ = 1.0;
    if (!several) return;
    for (std::size_t i = op.first_term; i != op.first_term + op.terms; ++i) {
      const std::uint32_t ones = plan_.terms[i].ones;
      if (std::has_single_bit(ones)) continue;
      if (ones < low_size)
        multiply(low, low_size, ones, {bound_[2 * i], bound_[2 * i + 1]});
      else
        multiply(high, high_size, ones >> plan_.table_low(), {bound_[2 * i], bound_[2 * i + 1]});
    }
  }

  /// All products of turns, one per bit, times `first`: real parts, then imaginary parts.
  void fill(double* table, std::size_t size, const Turn* turns, double first) {
    double* const re = table;
    double* const im = table + size;
    re[0] = first;
    im[0] = 0.0;
    std::size_t done = 1;
    for (; done < std::min(size, line_doubles); done *= 2, ++turns)
      for (std::size_t i = 0; i != done; ++i) {
        re[done + i] = re[i] * turns->c - im[i] * turns->s;
        im[done + i] = re[i] * turns->s + im[i] * turns->c;
      }
    for (; done < size; done *= 2, ++turns) kernels_.turn(re, im, done, turns->c, turns->s);
  }

  static void multiply(double* table, std::size_t size, std::size_t ones, Turn turn) {
    const std::size_t free = (size - 1) & ~ones;
    std::size_t rest = 0;
    do {  // every index that has all of `ones`
      double& re = table[rest | ones];
      double& im = table[size + (rest | ones)];
      const double x = re;
      re = turn.c * x - turn.s * im;
      im = turn.c * im + turn.s * x;
      rest = next_subset(rest, free);
    } while (rest != 0);
  }

  const Plan& plan_;
  const Kernels& kernels_;
  double* bound_;
  double least_scale_ = least_scale(plan_.layout.precision);
  double scale_ = 1.0;  // product of the cosines that no phase table has taken yet
};

}  // namespace

bool bind(const Plan& plan, const Kernels& kernels, std::span<const double> theta, double* bound) {
  double* const angles = bound + plan.angles_at;
  if (!write_angles(plan, theta, angles)) return false;
  kernels.cosines_sines(angles, bound, round_up(plan.terms.size()));
  Binder(plan, kernels, bound).bind();
  return true;
}

}  // namespace bornite::statevector
