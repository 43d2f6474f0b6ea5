#include "density_matrix.hpp"

#include <bit>
#include <cmath>
#include <tuple>
#include <utility>

namespace bornite::noisy {
namespace {

/// The density matrix of N qubits as the amplitudes of 2 N: rho(r, c) at r + c 2^N, so that what acts from the left
/// acts on the lower half and what acts from the right, conjugated, on the upper.
class DensityMatrix {
 public:
  explicit DensityMatrix(std::size_t qubits) : qubits_(qubits), rho_(std::size_t{1} << 2 * qubits) { rho_[0] = 1; }

  void apply(const BoundGate& gate) {
    apply_from_left(gate);
    BoundGate right = gate;
    right.controls <<= qubits_;
    right.target <<= qubits_;
    right.other <<= qubits_;
    for (Amplitude& entry : right.matrix) entry = std::conj(entry);
    apply_from_left(right);
  }

  void apply(const FaultPlace& place) {
    if (place.kind == FaultKind::pauli)
      depolarise(place.qubits, place.probability);
    else
      relax(place);
  }

  [[nodiscard]] std::vector<double> diagonal() {
    std::vector<double> result(std::size_t{1} << qubits_);
    for (std::size_t x = 0; x != result.size(); ++x) result[x] = rho_[x | x << qubits_].real();
    return result;
  }

 private:
  void apply_from_left(const BoundGate& gate) {
    if (gate.target == 0) return;
    const auto& m = gate.matrix;
    for (std::size_t x = 0; x != rho_.size(); ++x) {
      if ((x & gate.qubits()) != (gate.controls | (gate.is_swap() ? gate.target : 0))) continue;
      Amplitude& low = rho_[x];
      Amplitude& high = rho_[x ^ gate.target ^ gate.other];
      if (gate.is_swap())
        std::swap(low, high);
      else
        std::tie(low, high) = std::pair(m[0] * low + m[1] * high, m[2] * low + m[3] * high);
    }
  }

  /// All Pauli operators, the identity too, make the identity over 2^k of what is on k qubits: so with probability
  /// p 4^k / (4^k - 1) that happens, and else nothing.
  void depolarise(QubitSet qubits, double probability) {
    const double operators = std::ldexp(1.0, 2 * std::popcount(qubits));
    const double mixed = probability * operators / (operators - 1);
    const QubitSet right = qubits << qubits_;
    for (std::size_t x = 0; x != rho_.size(); ++x) {
      if ((x & (qubits | right)) != 0) continue;
      Amplitude trace = 0;
      for_each_subset(qubits, [&](QubitSet s) { trace += rho_[x | s | s << qubits_]; });
      for_each_subset(qubits | right, [&](QubitSet s) { rho_[x | s] *= 1 - mixed; });
      const Amplitude share = trace * (mixed * std::ldexp(1.0, -std::popcount(qubits)));
      for_each_subset(qubits, [&](QubitSet s) { rho_[x | s | s << qubits_] += share; });
    }
  }

  void relax(const FaultPlace& place) {
    const QubitSet left = place.qubits;
    const QubitSet right = left << qubits_;
    const double p = place.probability;
    for (std::size_t x = 0; x != rho_.size(); ++x) {
      if ((x & (left | right)) != 0) continue;
      rho_[x] += p * place.jump * place.jump * rho_[x | left | right];
      rho_[x | left] *= 1 - p + p * place.kept;
      rho_[x | right] *= 1 - p + p * place.kept;
      rho_[x | left | right] *= 1 - p + p * place.kept * place.kept;
    }
  }

  template <typename Body>
  static void for_each_subset(QubitSet set, const Body& body) {
    QubitSet subset = 0;
    do {
      body(subset);
      subset = (subset - set) & set;
    } while (subset != 0);
  }

  std::size_t qubits_;
  std::vector<Amplitude> rho_;
};

std::vector<double> read(const std::vector<double>& probabilities, std::span<const Qubit> measured) {
  std::vector<double> bits(std::size_t{1} << measured.size());
  for (std::size_t x = 0; x != probabilities.size(); ++x) {
    std::size_t k = 0;
    for (std::size_t i = 0; i != measured.size(); ++i) k |= (x >> measured[i] & 1) << i;
    bits[k] += std::max(0.0, probabilities[x]);
  }
  return bits;
}

void misread(std::vector<double>& probabilities, std::size_t bit, const ReadoutError& error) {
  const std::size_t one = std::size_t{1} << bit;
  for (std::size_t x = 0; x != probabilities.size(); ++x) {
    if ((x & one) != 0) continue;
    const double zero = probabilities[x];
    const double other = probabilities[x | one];
    probabilities[x] = (1 - error.one_given_zero) * zero + error.zero_given_one * other;
    probabilities[x | one] = error.one_given_zero * zero + (1 - error.zero_given_one) * other;
  }
}

}  // namespace

std::vector<double> outcome_probabilities(const NoiseProgram& program, std::span<const double> theta) {
  DensityMatrix rho(program.circuit.qubits());
  const std::vector<BoundGate> gates = bind(program.circuit, theta);
  auto place = program.places.begin();
  for (std::size_t gate = 0; gate <= gates.size(); ++gate) {
    for (; place != program.places.end() && place->gates == gate; ++place) rho.apply(*place);
    if (gate != gates.size()) rho.apply(gates[gate]);
  }
  std::vector<double> result = read(rho.diagonal(), program.measured);
  for (std::size_t bit = 0; bit != program.readout.size(); ++bit) misread(result, bit, program.readout[bit]);
  return result;
}

}  // namespace bornite::noisy
