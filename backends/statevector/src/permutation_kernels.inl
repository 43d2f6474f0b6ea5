// Renumberings of a whole tile.

namespace bornite::statevector {
namespace {

/// Lane l of the result is lane l of from[place[l]].
BORNITE_INLINE Lanes collect(const Lanes* from, const std::size_t (&place)[lanes]) {
  Lanes result = from[place[0]];
#pragma GCC unroll 8
  for (std::size_t l = 1; l < lanes; ++l) {
    LaneIndex which{};
    which[l] = -1;
    result = choose(which, from[place[l]], result);
  }
  return result;
}

BORNITE_KERNEL
void permute(const Lanes* from, Lanes* to, std::size_t blocks, const Permutation& map, std::uint32_t offset) {
  for (std::size_t block = 0; block != blocks; ++block) {
    const std::size_t source = map.source[block] ^ offset;
    const Lanes* const old = from + 2 * (source / lanes);
    const auto& order = map.forward[source % lanes];
    to[2 * block] = permute_lanes(old[0], order);
    to[2 * block + 1] = permute_lanes(old[1], order);
  }
}

BORNITE_KERNEL
void undo_permute(const Lanes* from, Lanes* to, std::size_t blocks, const Permutation& map, std::uint32_t offset) {
  for (std::size_t block = 0; block != blocks; ++block) {
    const std::size_t source = map.source[block] ^ offset;
    Lanes* const old = to + 2 * (source / lanes);
    const auto& order = map.backward[source % lanes];
    old[0] = permute_lanes(from[2 * block], order);
    old[1] = permute_lanes(from[2 * block + 1], order);
  }
}

BORNITE_KERNEL
void shear(const Lanes* from, Lanes* to, std::size_t blocks, const Shear& map) {
  for (std::size_t block = 0; block != blocks; ++block) {
    std::size_t place[lanes];
    for (std::size_t l = 0; l != lanes; ++l) place[l] = 2 * (block ^ map[l]);
    to[2 * block] = collect(from, place);
    to[2 * block + 1] = collect(from + 1, place);
  }
}

}  // namespace
}  // namespace bornite::statevector
