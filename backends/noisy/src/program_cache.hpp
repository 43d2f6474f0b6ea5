#pragma once
// Circuits made ready for a noisy device, kept for the requests to come.

#include "row_sampler.hpp"

#include "bornite/circuit/circuit.hpp"
#include "bornite/noisy/noisy_backend.hpp"

#include <list>
#include <memory>
#include <mutex>

namespace bornite::noisy {

/// Keeps the programs of the last circuits: to lay a circuit out on a large device may take seconds. May be used from
/// several threads at once; those that come meanwhile wait.
class ProgramCache {
 public:
  /// The options must live as long. Programs may have so many qubits.
  ProgramCache(const NoisyOptions& options, std::size_t most_qubits) : options_(options), most_qubits_(most_qubits) {}

  /// Refuses what cannot be compiled for the target, and what then takes too many of its qubits.
  [[nodiscard]] Result<std::shared_ptr<const ShotPlan>> get(const Circuit& circuit);

 private:
  struct Entry {
    Circuit circuit;
    std::shared_ptr<const ShotPlan> plan;
  };

  [[nodiscard]] Result<NoiseProgram> make(const Circuit& circuit) const;

  const NoisyOptions& options_;
  std::size_t most_qubits_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // latest first
};

}  // namespace bornite::noisy
