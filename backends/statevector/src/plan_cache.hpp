#pragma once
// The plans of the circuits that were used last.

#include "plan.hpp"

#include <list>
#include <memory>
#include <mutex>

namespace bornite::statevector {

class PlanCache {
 public:
  explicit PlanCache(Precision precision) : precision_(precision) {}

  /// The circuit's plan, compiled now if it is not among the last ones used. May be called from several threads.
  [[nodiscard]] std::shared_ptr<const Plan> get(const Circuit& circuit, Readout readout);

 private:
  struct Entry {
    Circuit circuit;
    Readout readout;
    std::shared_ptr<const Plan> plan;
  };

  [[nodiscard]] std::shared_ptr<const Plan> find(const Circuit& circuit, Readout readout);

  Precision precision_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // latest first
};

}  // namespace bornite::statevector
