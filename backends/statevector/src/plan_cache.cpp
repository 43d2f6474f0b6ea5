#include "plan_cache.hpp"

#include <algorithm>

namespace bornite::statevector {
namespace {

constexpr std::size_t most_plans = 16;

}  // namespace

std::shared_ptr<const Plan> PlanCache::find(const Circuit& circuit, Readout readout) {
  const auto entry =
      std::ranges::find_if(entries_, [&](const Entry& e) { return e.readout == readout && e.circuit == circuit; });
  if (entry == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, entry);
  return entries_.front().plan;
}

std::shared_ptr<const Plan> PlanCache::get(const Circuit& circuit, Readout readout) {
  {
    const std::lock_guard lock(mutex_);
    if (auto plan = find(circuit, readout)) return plan;
  }
  auto plan =
      std::make_shared<const Plan>(make_plan(circuit, readout, precision_));  // unlocked: others go on meanwhile
  const std::lock_guard lock(mutex_);
  if (auto other = find(circuit, readout)) return other;
  entries_.push_front({circuit, readout, plan});
  if (entries_.size() > most_plans) entries_.pop_back();
  return plan;
}

}  // namespace bornite::statevector
