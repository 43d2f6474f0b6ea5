#pragma once
// The readout of the strings of one sample, solved backwards.

#include "bornite/inference/kernel.hpp"
#include "bornite/inference/readout.hpp"

#include <Eigen/SparseCore>

#include <optional>
#include <span>
#include <vector>

namespace bornite {

class ReadoutCorrection {
 public:
  ReadoutCorrection(const ShotRow& shots, std::vector<ReadoutError> errors);

  /// The w with A w = shares; none if the iteration does not converge.
  [[nodiscard]] std::optional<std::vector<double>> weights(std::span<const double> shares) const;
  /// What each shot of a string adds to a sum over strings of weight times value: the h with h A = values.
  [[nodiscard]] std::optional<std::vector<double>> per_shot(std::span<const double> values) const;
  /// For each string the kernel of what one shot of it stands for with itself. That is a product over qubits, of the
  /// whole inverse of the readout.
  [[nodiscard]] std::vector<double> self_kernels(const Kernel& kernel) const;

 private:
  const ShotRow& shots_;
  std::vector<ReadoutError> errors_;
  Eigen::SparseMatrix<double> readout_;
};

}  // namespace bornite
