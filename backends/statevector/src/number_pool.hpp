#pragma once
// Memory for results that leave the backend. Fresh memory has to be cleared by the system first, which for a
// distribution over 24 qubits takes as long as half of the circuit; so what comes back is used again.

#include "bornite/util/buffer.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace bornite::statevector {

/// All functions may be called from several threads.
class NumberPool {
 public:
  /// Room for so many numbers, which begins with a cache line, with undefined contents. It comes back when its last
  /// owner is gone, and may outlive the pool. Throws std::bad_alloc.
  [[nodiscard]] std::shared_ptr<double[]> lend(std::size_t count);
  /// Frees what nobody uses.
  void clear();

 private:
  struct Idle {
    std::mutex mutex;
    std::vector<Buffer<double>> buffers;  // latest last
  };
  struct Loan;

  std::shared_ptr<Idle> idle_ = std::make_shared<Idle>();
};

}  // namespace bornite::statevector
