#include "zz_matrix.hpp"

#include <complex>

namespace bornite::test {

Eigen::Matrix2cd matrix_of(const Rotation& r) {
  using namespace std::complex_literals;
  return (Eigen::Matrix2cd() << r.w - 1i * r.z, -1i * r.x - r.y, -1i * r.x + r.y, r.w + 1i * r.z).finished();
}

void apply(Eigen::MatrixXcd& columns, const Eigen::Matrix2cd& u, Qubit qubit) {
  const Eigen::Index bit = Eigen::Index{1} << qubit;
  for (Eigen::Index i = 0; i < columns.rows(); ++i) {
    if ((i & bit) != 0) continue;
    const Eigen::RowVectorXcd zero = columns.row(i), one = columns.row(i | bit);
    columns.row(i) = u(0, 0) * zero + u(0, 1) * one;
    columns.row(i | bit) = u(1, 0) * zero + u(1, 1) * one;
  }
}

Eigen::MatrixXcd zz_states(const ZzCircuit& circuit, std::span<const double> theta, Eigen::MatrixXcd columns) {
  for (const auto& operation : circuit.operations()) {
    if (const auto* local = std::get_if<LocalOperation>(&operation)) {
      apply(columns, matrix_of(local->run.value(theta)), local->qubit);
      continue;
    }
    const auto& zz = std::get<ZzOperation>(operation);
    const double angle = zz.angle.value(theta);
    for (Eigen::Index i = 0; i < columns.rows(); ++i)
      columns.row(i) *= std::polar(1.0, ((i >> zz.first) & 1) == ((i >> zz.second) & 1) ? -angle / 2 : angle / 2);
  }
  return columns;
}

Eigen::MatrixXcd zz_matrix(const ZzCircuit& circuit, std::span<const double> theta) {
  const Eigen::Index size = Eigen::Index{1} << circuit.qubits();
  return zz_states(circuit, theta, Eigen::MatrixXcd::Identity(size, size));
}

std::size_t zz_count(const ZzCircuit& circuit) {
  std::size_t count = 0;
  for (const auto& operation : circuit.operations()) count += std::holds_alternative<ZzOperation>(operation);
  return count;
}

}  // namespace bornite::test
