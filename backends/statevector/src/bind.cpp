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

void write_angles(const Plan& plan, std::span<const double> theta, double* angles) {
  for (std::size_t i = 0; i != plan.terms.size(); ++i) angles[i] = plan.terms[i].angle.value(theta);
  std::fill(angles + plan.terms.size(), angles + round_up(plan.terms.size()), 0.0);
}

void turn_further(Turn& turn, double c, double s) { turn = {turn.c * c - turn.s * s, turn.c * s + turn.s * c}; }

bool is_single_bit(std::uint32_t x) { return x != 0 && (x & (x - 1)) == 0; }

class Binder {
 public:
  Binder(const Plan& plan, const Kernels& kernels, bool adjoint, double* bound)
      : plan_(plan), kernels_(kernels), adjoint_(adjoint), bound_(bound) {}

  void bind() {
    for (const TileOp& op : plan_.ops) {
      if (op.kind == Kind::rotate_blocks || op.kind == Kind::rotate_lanes || op.kind == Kind::rotate_both)
        bind_rotations(op);
      else if (op.kind == Kind::phase_table)
        bind_tables(op);
      else
        for (std::size_t i = op.first_term; i != op.first_term + op.terms; ++i) set_weight(i, scale_);
    }
    bound_[plan_.scale_at] = scale_;
  }

 private:
  void set_weight(std::size_t term, double scale) {
    if (adjoint_) bound_[plan_.weights_at + term] = 1.0 / (scale * scale);
  }

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
      set_weight(op.first_term + m, before);
    }
  }

  /// The phases of an operation: those of single bits, and whether there are others.
  struct Phases {
    std::array<Turn, most_tile_qubits> turns{};
    bool several = false;
  };

  void bind_tables(const TileOp& op) {
    Phases phases;
    for (std::size_t i = op.first_term; i != op.first_term + op.terms; ++i) {
      set_weight(i, 1.0);
      const std::uint32_t ones = plan_.terms[i].ones;
      if (is_single_bit(ones))
        turn_further(phases.turns[static_cast<std::size_t>(std::countr_zero(ones))], bound_[2 * i], bound_[2 * i + 1]);
      else
        phases.several = true;
    }
    const bool spreads = next_spread_ != plan_.spreads.size() && plan_.spreads[next_spread_].phases == op.data;
    if (adjoint_ || !spreads) fill(op, op.data, op.rows, phases);
    if (spreads) bind_spread(op, plan_.spreads[next_spread_++], phases);
    scale_ = 1.0;
  }

  void bind_spread(const TileOp& op, const SpreadTables& tables, Phases& phases) {
    for (const auto& [term, bit] : tables.rotations) {
      phases.turns[bit].c *= bound_[2 * term + 1];
      phases.turns[bit].s *= bound_[2 * term + 1];
    }
    fill(op, tables.data, tables.rows, phases);
    for (const auto& [term, bit] : tables.rotations)
      if (bound_[2 * term] != 1.0) scale_zeros(tables.data, bit, bound_[2 * term]);
  }

  /// The first factor of a table and `rows` of the second.
  void fill(const TileOp& op, std::size_t data, std::size_t rows, const Phases& phases) {
    const std::size_t low_size = std::size_t{1} << plan_.table_low();
    const std::size_t high_size = std::size_t{1} << plan_.table_high();
    double* const low = bound_ + data;
    double* const high = low + 2 * low_size;
    kernels_.fill_turns(low, low_size, low_size, phases.turns.data(), 1.0);
    kernels_.fill_turns(high, rows, high_size, phases.turns.data() + plan_.table_low(), scale_);
    if (!phases.several) return;
    for (std::size_t i = op.first_term; i != op.first_term + op.terms; ++i) {
      const std::uint32_t ones = plan_.terms[i].ones;
      if (is_single_bit(ones)) continue;
      if ((ones & (low_size - 1)) != 0)
        multiply(low, low_size, low_size, ones, {bound_[2 * i], bound_[2 * i + 1]});
      else
        multiply(high, rows, high_size, ones >> plan_.table_low(), {bound_[2 * i], bound_[2 * i + 1]});
    }
  }

  /// Multiplies what has no one in bit `bit` of the tile's index.
  void scale_zeros(std::size_t data, std::size_t bit, double c) {
    const std::size_t low_bits = plan_.table_low();
    const bool in_low = bit < low_bits;
    double* const factor = bound_ + data + (in_low ? 0 : std::size_t{2} << low_bits);
    const std::size_t size = std::size_t{1} << (in_low ? low_bits : plan_.table_high());
    for (std::size_t i = 0; i != 2 * size; ++i)  // the imaginary parts begin with a power of two above all bits
      if ((i >> (in_low ? bit : bit - low_bits) & 1) == 0) factor[i] *= c;
  }

  static void multiply(double* table, std::size_t size, std::size_t imaginary, std::size_t ones, Turn turn) {
    if (ones >= size) return;  // of qubits that are still |0>
    const std::size_t free = (size - 1) & ~ones;
    std::size_t rest = 0;
    do {  // every index that has all of `ones`
      double& re = table[rest | ones];
      double& im = table[imaginary + (rest | ones)];
      const double x = re;
      re = turn.c * x - turn.s * im;
      im = turn.c * im + turn.s * x;
      rest = next_subset(rest, free);
    } while (rest != 0);
  }

  const Plan& plan_;
  const Kernels& kernels_;
  bool adjoint_;
  double* bound_;
  double least_scale_ = least_scale(plan_.layout.precision);
  std::size_t next_spread_ = 0;
  double scale_ = 1.0;  // product of the cosines that no phase table has taken yet
};

}  // namespace

bool bind(const Plan& plan, const Kernels& kernels, std::span<const double> theta, bool adjoint, double* bound) {
  double* const angles = bound + plan.angles_at;
  write_angles(plan, theta, angles);
  if (!kernels.cosines_sines(angles, bound, round_up(plan.terms.size()))) return false;
  Binder(plan, kernels, adjoint, bound).bind();
  return true;
}

}  // namespace bornite::statevector
