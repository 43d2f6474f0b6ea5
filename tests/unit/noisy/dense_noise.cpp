#include "dense_noise.hpp"

#include <bit>
#include <cmath>

namespace bornite::test {

Eigen::MatrixXcd dense_pauli(std::size_t qubits, std::uint64_t x, std::uint64_t z) {
  Circuit circuit(qubits);
  for (Qubit q = 0; q < qubits; ++q) {
    if (z >> q & 1) circuit.z(q);
    if (x >> q & 1) circuit.x(q);
  }
  return dense_matrix(circuit, {});
}

std::vector<Eigen::MatrixXcd> kraus_operators(const FaultPlace& place, std::size_t qubits) {
  const auto size = Eigen::Index{1} << qubits;
  std::vector<Eigen::MatrixXcd> operators{std::sqrt(1 - place.probability) * Eigen::MatrixXcd::Identity(size, size)};
  if (place.kind == FaultKind::relaxation) {
    const Eigen::MatrixXcd z = dense_pauli(qubits, 0, place.qubits);
    const Eigen::MatrixXcd x = dense_pauli(qubits, place.qubits, 0);
    const Eigen::MatrixXcd one = Eigen::MatrixXcd::Identity(size, size);
    operators.push_back(std::sqrt(place.probability) * ((1 + place.kept) / 2 * one + (1 - place.kept) / 2 * z));
    operators.push_back(std::sqrt(place.probability) * place.jump * x * (one - z) / 2);
    return operators;
  }
  const double share = place.probability / (std::ldexp(1.0, 2 * std::popcount(place.qubits)) - 1);
  for (std::uint64_t x = 0; x < std::uint64_t{1} << qubits; ++x)
    for (std::uint64_t z = 0; z < std::uint64_t{1} << qubits; ++z)
      if ((x | z) != 0 && ((x | z) & ~place.qubits) == 0)
        operators.push_back(std::sqrt(share) * dense_pauli(qubits, x, z));
  return operators;
}

std::vector<double> dense_probabilities(const NoiseProgram& program, std::span<const double> theta) {
  const std::size_t qubits = program.circuit.qubits();
  const auto size = Eigen::Index{1} << qubits;
  Eigen::MatrixXcd rho = Eigen::MatrixXcd::Zero(size, size);
  rho(0, 0) = 1;
  for (std::size_t g = 0; g <= program.circuit.gates().size(); ++g) {
    for (const FaultPlace& place : program.places) {
      if (place.gates != g) continue;
      Eigen::MatrixXcd next = Eigen::MatrixXcd::Zero(size, size);
      for (const Eigen::MatrixXcd& k : kraus_operators(place, qubits)) next += k * rho * k.adjoint();
      rho = next;
    }
    if (g == program.circuit.gates().size()) break;
    const Eigen::MatrixXcd u = dense_matrix(program.circuit.gates()[g], qubits, theta);
    rho = u * rho * u.adjoint();
  }
  std::vector<double> result(static_cast<std::size_t>(size));
  for (std::size_t read = 0; read != result.size(); ++read)
    for (std::size_t is = 0; is != result.size(); ++is) {
      double p = rho(static_cast<Eigen::Index>(is), static_cast<Eigen::Index>(is)).real();
      for (std::size_t bit = 0; bit != qubits; ++bit) {
        const auto& [one_given_zero, zero_given_one] = program.readout[bit];
        const double flip = (is >> bit & 1) != 0 ? zero_given_one : one_given_zero;
        p *= ((is ^ read) >> bit & 1) != 0 ? flip : 1 - flip;
      }
      result[read] += p;
    }
  return result;
}

}  // namespace bornite::test
