#include "relaxation.hpp"

#include <algorithm>
#include <cmath>

namespace bornite::noisy {

Damping damping(const QubitFigures& qubit, double seconds) {
  const auto lost = [&](double time) { return -std::expm1(-seconds / time); };
  if (seconds <= 0 || (!qubit.t1 && !qubit.t2)) return {};
  if (!qubit.t1) return {0, lost(*qubit.t2)};
  return {lost(*qubit.t1), lost(std::min(qubit.t2.value_or(*qubit.t1), largest_t2 * *qubit.t1))};
}

FaultPlace relaxation_place(std::size_t gates, QubitSet qubit, const Damping& damping) {
  const double ratio = damping.decayed / damping.decohered;
  return {FaultKind::relaxation,           gates,     qubit,
          damping.decohered / (2 - ratio), ratio - 1, std::sqrt(ratio * (2 - ratio))};
}

double process_fidelity(const Damping& damping) { return 1 - damping.decayed / 4 - damping.decohered / 2; }

}  // namespace bornite::noisy
