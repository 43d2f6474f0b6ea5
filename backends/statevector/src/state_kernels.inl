// Loops over whole states.

namespace bornite::statevector {
namespace {

BORNITE_KERNEL
void square(const Lanes* psi, double* q, std::size_t blocks) {
  LooseLanes* const to = reinterpret_cast<LooseLanes*>(q);
  for (std::size_t i = 0; i != blocks; ++i) to[i] = psi[2 * i] * psi[2 * i] + psi[2 * i + 1] * psi[2 * i + 1];
}

BORNITE_KERNEL
void sum_squares(const Lanes* psi, std::size_t group_blocks, double* sums, std::size_t groups) {
  for (std::size_t g = 0; g != groups; ++g) {
    Lanes re{};
    Lanes im{};
    for (std::size_t i = 0; i != group_blocks; ++i, psi += 2) {
      re += psi[0] * psi[0];
      im += psi[1] * psi[1];
    }
    sums[g] = sum(re + im);
  }
}

BORNITE_KERNEL
void running_sums(const double* x, std::size_t blocks, double start, double* out) {
  const Lanes* const from = reinterpret_cast<const Lanes*>(x);
  Lanes* const to = reinterpret_cast<Lanes*>(out);
  Lanes before = all_lanes(start);
  for (std::size_t i = 0; i != blocks; ++i) {
    Lanes v = from[i];
    v += __builtin_shufflevector(v, Lanes{}, 8, 0, 1, 2, 3, 4, 5, 6);
    v += __builtin_shufflevector(v, Lanes{}, 8, 9, 0, 1, 2, 3, 4, 5);
    v += __builtin_shufflevector(v, Lanes{}, 8, 9, 10, 11, 0, 1, 2, 3);
    to[i] = before + v;
    before += __builtin_shufflevector(v, v, 7, 7, 7, 7, 7, 7, 7, 7);
  }
}

/// x - x is zero exactly for finite x.
BORNITE_KERNEL
bool weigh(const Lanes* psi, const double* cost, double scale, Lanes* lambda, std::size_t blocks) {
  const Lanes* const factor = reinterpret_cast<const Lanes*>(cost);
  Lanes differences{};
  for (std::size_t i = 0; i != blocks; ++i) {
    differences += factor[i] - factor[i];
    const Lanes g = factor[i] * scale;
    lambda[2 * i] = g * psi[2 * i];
    lambda[2 * i + 1] = g * psi[2 * i + 1];
  }
  return sum(differences) == 0.0;
}

}  // namespace
}  // namespace bornite::statevector
