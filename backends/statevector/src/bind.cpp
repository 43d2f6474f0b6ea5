#include "plan.hpp"

#include <cmath>

namespace bornite::statevector {
namespace {

/// A product of phases over the values of some bits: real parts, then imaginary parts.
struct PhaseTable {
  double* re;
  double* im;
  std::size_t size;

  void clear() {
    std::fill_n(re, size, 1.0);
    std::fill_n(im, size, 0.0);
  }
  void multiply(std::size_t ones, double c, double s) {
    const std::size_t free = (size - 1) & ~ones;
    std::size_t rest = 0;
    do {  // every index that has all of `ones`
      const std::size_t i = rest | ones;
      const double x = re[i];
      re[i] = c * x - s * im[i];
      im[i] = c * im[i] + s * x;
      rest = (rest - free) & free;
    } while (rest != 0);
  }
};

void fill_tables(const Plan& plan, const TileOp& op, double* bound) {
  const std::size_t low_size = std::size_t{1} << plan.table_low();
  const std::size_t high_size = std::size_t{1} << plan.table_high();
  double* data = bound + op.data;
  PhaseTable low{data, data + low_size, low_size};
  PhaseTable high{data + 2 * low_size, data + 2 * low_size + high_size, high_size};
  low.clear();
  high.clear();
  for (std::size_t i = op.first_term; i != op.first_term + op.terms; ++i) {
    const std::size_t ones = plan.terms[i].ones;
    if (ones < low_size)
      low.multiply(ones, bound[2 * i], bound[2 * i + 1]);
    else
      high.multiply(ones >> plan.table_low(), bound[2 * i], bound[2 * i + 1]);
  }
}

}  // namespace

bool bind(const Plan& plan, std::span<const double> theta, double* bound) {
  bool finite = true;
  for (std::size_t i = 0; i != plan.terms.size(); ++i) {
    const Term& term = plan.terms[i];
    const double angle = term.angle.value(theta) * (term.halved ? 0.5 : 1.0);
    finite = finite && std::isfinite(angle);
    bound[2 * i] = std::cos(angle);
    bound[2 * i + 1] = std::sin(angle);
  }
  for (const TileOp& op : plan.ops)
    if (op.kind == TileOp::Kind::phase_table) fill_tables(plan, op, bound);
  return finite;
}

}  // namespace bornite::statevector
