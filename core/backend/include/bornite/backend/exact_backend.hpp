#pragma once
// Backends that know the outcome distribution itself: simulators.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace bornite {

/// The probabilities of all 2^N outcomes; entry k belongs to the string whose bit i is bit i of k.
class Distribution {
 public:
  /// Throws std::invalid_argument if there are not 2^qubits.
  Distribution(std::size_t qubits, std::vector<double> probabilities);
  /// Of 2^qubits numbers that do not change any more, without a copy.
  [[nodiscard]] static Distribution shared(std::size_t qubits, std::shared_ptr<const double[]> probabilities);

  [[nodiscard]] std::size_t qubits() const { return qubits_; }
  [[nodiscard]] std::span<const double> probabilities() const {
    return {probabilities_.get(), std::size_t{1} << qubits_};
  }

 private:
  Distribution() = default;

  std::size_t qubits_ = 0;
  std::shared_ptr<const double[]> probabilities_;
};

/// Reads the outcome distribution q, which sums to 1 up to the rounding of doubles, and writes g(s) = dL/dq(s), both of
/// 2^N entries in the order of Distribution. g arrives with undefined contents.
using EffectiveCost = std::function<void(std::span<const double> q, std::span<double> g)>;

/// A backend that can also be asked for exact numbers. The same thread rules as QuantumBackend.
class ExactBackend : public QuantumBackend {
 public:
  [[nodiscard]] virtual Result<Distribution> probabilities(const Circuit& circuit, Theta theta) = 0;

  /// out[i] = sum over s of g(s) * dq(s)/dtheta_i, where g is what `cost` makes of the q at theta, held fixed.
  /// `out` has circuit.parameters() entries. One forward run, one call of `cost`, one adjoint run, whatever the number
  /// of parameters.
  [[nodiscard]] virtual Result<void> gradient(const Circuit& circuit, Theta theta, const EffectiveCost& cost,
                                              std::span<double> out) = 0;
};

}  // namespace bornite
