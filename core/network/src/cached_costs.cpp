#include "bornite/network/cached_costs.hpp"

#include <fmt/format.h>

#include <mutex>
#include <optional>
#include <stdexcept>
#include <unordered_map>

namespace bornite {

/// Two generations: what is used moves to the young one; when that is full it becomes the old one, and the former old
/// one, unused since, is dropped.
struct CachedCosts::Store {
  using Generation = std::unordered_map<Bitstring, double, BitstringHash, BitstringEqual>;

  std::mutex mutex;
  Generation young, old;
  std::size_t most_young;

  std::optional<double> find(BitstringView string) {
    if (const auto found = young.find(string); found != young.end()) return found->second;
    const auto found = old.find(string);
    if (found == old.end()) return std::nullopt;
    const double cost = found->second;
    old.erase(found);
    insert(string, cost);
    return cost;
  }

  void insert(BitstringView string, double cost) {
    if (young.size() >= most_young) {
      old = std::move(young);
      young = {};
    }
    young.emplace(string, cost);
  }
};

CachedCosts::CachedCosts(std::shared_ptr<const CostModel> model, std::size_t most_entries)
    : model_(std::move(model)), store_(std::make_unique<Store>()) {
  if (!model_ || most_entries < 2) throw std::invalid_argument("a cache needs a model and room for two entries");
  store_->most_young = most_entries / 2;
}

CachedCosts::~CachedCosts() = default;

std::size_t CachedCosts::entries() const {
  const std::lock_guard lock(store_->mutex);
  return store_->young.size() + store_->old.size();
}

Result<void> CachedCosts::costs(const BitstringList& strings, std::span<double> out) const {
  if (out.size() != strings.size())
    throw std::invalid_argument(fmt::format("room for {} costs of {} strings", out.size(), strings.size()));
  if (strings.bits() != bits())
    throw std::invalid_argument(fmt::format("strings of {} bits for a model of {}", strings.bits(), bits()));
  constexpr std::size_t known = ~std::size_t{0};
  BitstringList fresh(bits());
  std::vector<std::size_t> place(strings.size(), known);  // of each unknown string in `fresh`
  std::unordered_map<BitstringView, std::size_t, BitstringHash, BitstringEqual> places;
  {
    const std::lock_guard lock(store_->mutex);
    for (std::size_t i = 0; i < strings.size(); ++i) {
      if (const auto cost = store_->find(strings[i])) {
        out[i] = *cost;
        continue;
      }
      const auto [entry, is_new] = places.try_emplace(strings[i], fresh.size());
      if (is_new) fresh.push_back(strings[i]);
      place[i] = entry->second;
    }
  }
  if (fresh.empty()) return {};
  std::vector<double> costs(fresh.size());
  BORNITE_CHECK(model_->costs(fresh, costs));  // outside the lock: others may look up meanwhile
  for (std::size_t i = 0; i < strings.size(); ++i)
    if (place[i] != known) out[i] = costs[place[i]];
  const std::lock_guard lock(store_->mutex);
  for (std::size_t i = 0; i < fresh.size(); ++i) store_->insert(fresh[i], costs[i]);
  return {};
}

}  // namespace bornite
