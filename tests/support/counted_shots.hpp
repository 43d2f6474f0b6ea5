#pragma once
// Shots by their counts.

#include "bornite/backend/shot_table.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace bornite {

/// counts[k] shots of the string whose bit i is bit i of k.
inline ShotRow counted_shots(std::size_t bits, const std::vector<std::uint64_t>& counts) {
  BitstringList strings(bits);
  std::uint64_t shots = 0;
  for (std::uint64_t k = 0; k < counts.size(); ++k) {
    strings.push_back(Bitstring::from_index(bits, k));
    shots += counts[k];
  }
  return ShotRow::create(std::move(strings), counts, shots).value();
}

}  // namespace bornite
