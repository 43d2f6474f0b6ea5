#pragma once
// Memory for states, used again from row to row.

#include "bound_gate.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace bornite::noisy {

/// Lends vectors with undefined contents. All functions may be called from several threads.
class AmplitudePool {
 public:
  /// A vector that goes back to its pool at the end of its life.
  class Lease {
   public:
    Lease(AmplitudePool& pool, std::vector<Amplitude> amplitudes) : pool_(pool), amplitudes_(std::move(amplitudes)) {}
    ~Lease() { pool_.give_back(std::move(amplitudes_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] std::vector<Amplitude>& amplitudes() { return amplitudes_; }

   private:
    AmplitudePool& pool_;
    std::vector<Amplitude> amplitudes_;
  };

  [[nodiscard]] Lease lend() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return {*this, {}};
    std::vector<Amplitude> last = std::move(idle_.back());
    idle_.pop_back();
    return {*this, std::move(last)};
  }

 private:
  void give_back(std::vector<Amplitude> amplitudes) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(amplitudes));
  }

  std::mutex mutex_;
  std::vector<std::vector<Amplitude>> idle_;
};

}  // namespace bornite::noisy
