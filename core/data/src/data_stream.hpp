#pragma once
// The random streams of this module, one number per use so that no two uses share their draws.

#include "bornite/util/random.hpp"

#include <cstdint>

namespace bornite {

enum class DataStream : std::uint32_t { gaussian_train = 0, gaussian_test = 1, split = 2, subset = 3 };

[[nodiscard]] inline RandomStream data_stream(std::uint64_t seed, DataStream use) {
  return RandomStream({.seed = seed, .purpose = StreamPurpose::data, .block = static_cast<std::uint32_t>(use)});
}

}  // namespace bornite
