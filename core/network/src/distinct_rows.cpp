#include "distinct_rows.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <unordered_map>

namespace bornite {
namespace {

std::size_t hash_of(std::span<const double> row, double target) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15;
  std::uint64_t hash = 0;
  const auto mix = [&](double x) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(x + 0.0)) * factor;  // -0 + 0 is +0, which it equals
    hash ^= hash >> 32;
  };
  for (const double x : row) mix(x);
  mix(target);
  return hash;
}

DistinctRows distinct(const Dataset& data, bool by_target) {
  const auto target = [&](std::size_t row) { return by_target ? data.targets[row] : 0.0; };
  const auto hash = [&](std::size_t row) { return hash_of(data.row(row), target(row)); };
  const auto equal = [&](std::size_t a, std::size_t b) {
    return target(a) == target(b) && std::ranges::equal(data.row(a), data.row(b));
  };
  std::unordered_map<std::size_t, std::size_t, decltype(hash), decltype(equal)> places(data.rows(), hash, equal);
  DistinctRows distinct{{data.features, {}, {}}, {}, {}};
  for (std::size_t row = 0; row < data.rows(); ++row) {
    const auto [entry, is_new] = places.try_emplace(row, distinct.counts.size());
    distinct.places.push_back(entry->second);
    if (is_new) {
      distinct.data.inputs.insert(distinct.data.inputs.end(), data.row(row).begin(), data.row(row).end());
      distinct.data.targets.push_back(data.targets[row]);
      distinct.counts.push_back(0);
    }
    ++distinct.counts[entry->second];
  }
  return distinct;
}

}  // namespace

DistinctRows distinct_examples(const Dataset& data) { return distinct(data, true); }
DistinctRows distinct_inputs(const Dataset& data) { return distinct(data, false); }

}  // namespace bornite
