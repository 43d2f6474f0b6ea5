#pragma once
// Outcomes of independent parts, put together.

#include "bornite/backend/shot_table.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bornite {

/// The outcomes of some of the measured bits: bit i of the strings is bit bits[i] of the whole.
struct PartialShots {
  ShotRow row;
  std::vector<std::size_t> bits;
};

/// Shots of `bits` bits of which the parts, all of `shots` shots, are independent: each part's shots are put in random
/// order, which the stream fixes, and shot i of the whole is made of shot i of every part. Bits of no part are 0. Takes
/// time for every shot and part, and memory for every shot. Throws std::invalid_argument for a part of another number
/// of shots, std::out_of_range for a bit that is not there.
[[nodiscard]] ShotRow join_independent(const std::vector<PartialShots>& parts, std::size_t bits, std::uint64_t shots,
                                       const StreamKey& stream);

}  // namespace bornite
