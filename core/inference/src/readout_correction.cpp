#include "readout_correction.hpp"

#include <Eigen/IterativeLinearSolvers>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace bornite {
namespace {

constexpr double negligible = 1e-6;
constexpr double tolerance = 1e-11;

/// The least number of errors that is exceeded with a negligible probability in any state.
std::size_t most_errors(std::span<const ReadoutError> errors) {
  std::vector<double> probability{1};  // of so many errors among the qubits seen so far
  for (const ReadoutError& error : errors) {
    const double p = std::max(error.one_for_zero, error.zero_for_one);
    probability.push_back(0);
    for (std::size_t k = probability.size() - 1; k > 0; --k)
      probability[k] = probability[k] * (1 - p) + probability[k - 1] * p;
    probability[0] *= 1 - p;
  }
  double exceeded = 0;
  std::size_t count = errors.size();
  while (count > 0 && exceeded + probability[count] <= negligible) exceeded += probability[count--];
  return count;
}

/// Probabilities of readings relative to that of reading right.
class Odds {
 public:
  explicit Odds(std::span<const ReadoutError> errors) : errors_(errors) {}

  [[nodiscard]] double ratio(BitstringView reading, BitstringView state) const {
    double product = 1;
    for (std::size_t word = 0; word < state.words().size(); ++word)
      for (std::uint64_t rest = reading.words()[word] ^ state.words()[word]; rest != 0; rest &= rest - 1) {
        const std::size_t bit = 64 * word + static_cast<std::size_t>(std::countr_zero(rest));
        product *= wrong(bit, state[bit]) / (1 - wrong(bit, state[bit]));
      }
    return product;
  }

 private:
  [[nodiscard]] double wrong(std::size_t bit, bool one) const {
    return one ? errors_[bit].zero_for_one : errors_[bit].one_for_zero;
  }
  std::span<const ReadoutError> errors_;
};

Eigen::SparseMatrix<double> readout_matrix(const BitstringList& strings, std::span<const ReadoutError> errors) {
  const Odds odds(errors);
  const std::size_t most = most_errors(errors);
  std::vector<Eigen::Triplet<double>> entries;
  std::vector<std::pair<std::size_t, double>> column;
  for (std::size_t t = 0; t < strings.size(); ++t) {
    column.clear();
    double sum = 0;
    for (std::size_t s = 0; s < strings.size(); ++s) {
      if (hamming_distance(strings[s], strings[t]) > most) continue;
      column.emplace_back(s, odds.ratio(strings[s], strings[t]));
      sum += column.back().second;
    }
    for (const auto& [s, value] : column) entries.emplace_back(static_cast<int>(s), static_cast<int>(t), value / sum);
  }
  const auto size = static_cast<Eigen::Index>(strings.size());
  Eigen::SparseMatrix<double> matrix(size, size);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

std::optional<std::vector<double>> solve(const Eigen::SparseMatrix<double>& matrix, std::span<const double> right) {
  Eigen::BiCGSTAB<Eigen::SparseMatrix<double>> solver(matrix);
  solver.setTolerance(tolerance);
  const Eigen::VectorXd solution =
      solver.solve(Eigen::Map<const Eigen::VectorXd>(right.data(), static_cast<Eigen::Index>(right.size())));
  if (solver.info() != Eigen::Success || !solution.allFinite()) return std::nullopt;
  return std::vector<double>(solution.begin(), solution.end());
}

}  // namespace

ReadoutCorrection::ReadoutCorrection(const ShotRow& shots, std::vector<ReadoutError> errors)
    : shots_(shots), errors_(std::move(errors)), readout_(readout_matrix(shots.strings(), errors_)) {}

std::optional<std::vector<double>> ReadoutCorrection::weights(std::span<const double> shares) const {
  return solve(readout_, shares);
}

std::optional<std::vector<double>> ReadoutCorrection::per_shot(std::span<const double> values) const {
  return solve(readout_.transpose(), values);
}

std::vector<double> ReadoutCorrection::self_kernels(const Kernel& kernel) const {
  std::vector<double> sums(shots_.size());
  for (std::size_t c = 0; c < kernel.components(); ++c) {
    const double x = std::exp(-kernel.gammas()[c]);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      double product = kernel.weights()[c];
      for (std::size_t bit = 0; bit < errors_.size(); ++bit) {
        const auto [up, down] = errors_[bit];
        const double determinant = 1 - up - down;
        const double error = shots_.strings()[i][bit] ? up : down;  // of the other state
        const double own = (1 - error) / determinant;               // the other state's entry of the column is 1 - own
        product *= own * own + (1 - own) * (1 - own) + 2 * x * own * (1 - own);
      }
      sums[i] += product;
    }
  }
  return sums;
}

}  // namespace bornite
