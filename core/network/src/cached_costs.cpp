#include "bornite/network/cached_costs.hpp"

#include <fmt/format.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <stdexcept>

namespace bornite {
namespace {

/// As many places as there are strings, for few bits: found without hashing, and never full.
class DenseStore {
 public:
  explicit DenseStore(std::size_t bits) : costs_(std::size_t{1} << bits, unknown) {}
  explicit DenseStore(std::span<const double> costs) : costs_(costs.begin(), costs.end()), entries_(costs.size()) {}

  [[nodiscard]] std::optional<double> find(BitstringView string) const {
    const double cost = costs_[string.words()[0]];
    return std::isnan(cost) ? std::nullopt : std::optional(cost);
  }
  void insert(BitstringView string, double cost) {
    double& place = costs_[string.words()[0]];
    entries_ += std::isnan(place) && !std::isnan(cost);
    place = cost;
  }
  [[nodiscard]] std::size_t entries() const { return entries_; }

 private:
  static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> costs_;
  std::size_t entries_ = 0;
};

/// Two generations: what is used moves to the young one; when that is full it becomes the old one, and the former old
/// one, unused since, is dropped.
class HashedStore {
 public:
  explicit HashedStore(std::size_t most_young) : most_young_(most_young) {}

  std::optional<double> find(BitstringView string) {
    if (const auto found = young_.find(string); found != young_.end()) return found->second;
    const auto found = old_.find(string);
    if (found == old_.end()) return std::nullopt;
    const double cost = found->second;
    old_.erase(found);
    insert(string, cost);
    return cost;
  }
  void insert(BitstringView string, double cost) {
    if (young_.size() >= most_young_) {
      old_ = std::move(young_);
      young_ = {};
    }
    young_.emplace(string, cost);
  }
  [[nodiscard]] std::size_t entries() const { return young_.size() + old_.size(); }

 private:
  using Generation = boost::unordered_flat_map<Bitstring, double, BitstringHash, BitstringEqual>;
  Generation young_, old_;
  std::size_t most_young_;
};

bool room_for_all_strings(std::size_t bits, std::size_t most_entries) {
  return bits < std::numeric_limits<std::size_t>::digits && std::size_t{1} << bits <= most_entries;
}

}  // namespace

struct CachedCosts::Store {
  std::mutex mutex{};
  std::optional<DenseStore> dense{};
  HashedStore hashed;

  std::optional<double> find(BitstringView string) { return dense ? dense->find(string) : hashed.find(string); }
  void insert(BitstringView string, double cost) { dense ? dense->insert(string, cost) : hashed.insert(string, cost); }
};

CachedCosts::CachedCosts(std::shared_ptr<const CostModel> model, std::size_t most_entries)
    : model_(std::move(model)), store_(new Store{.hashed = HashedStore(most_entries / 2)}) {
  if (!model_ || most_entries < 2) throw std::invalid_argument("a cache needs a model and room for two entries");
  if (room_for_all_strings(bits(), most_entries)) store_->dense.emplace(bits());
}

CachedCosts::~CachedCosts() = default;

std::size_t CachedCosts::entries() const {
  const std::lock_guard lock(store_->mutex);
  return store_->dense ? store_->dense->entries() : store_->hashed.entries();
}

Result<void> CachedCosts::learn_all() {
  if (!store_->dense) return {};
  BORNITE_TRY(const CostTable table, model_->enumerate());
  const std::lock_guard lock(store_->mutex);
  store_->dense.emplace(table.costs());
  return {};
}

Result<void> CachedCosts::costs(const BitstringList& strings, std::span<double> out) const {
  if (out.size() != strings.size())
    throw std::invalid_argument(fmt::format("room for {} costs of {} strings", out.size(), strings.size()));
  if (strings.bits() != bits())
    throw std::invalid_argument(fmt::format("strings of {} bits for a model of {}", strings.bits(), bits()));
  constexpr std::size_t known = ~std::size_t{0};
  BitstringList fresh(bits());
  std::vector<std::size_t> place(strings.size(), known);  // of each unknown string in `fresh`
  boost::unordered_flat_map<BitstringView, std::size_t, BitstringHash, BitstringEqual> places;
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
