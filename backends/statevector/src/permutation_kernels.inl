// Renumberings of a whole tile.

namespace bornite::statevector {
namespace {

BORNITE_KERNEL
void permute(const Lanes* from, Lanes* to, std::size_t blocks, const Permutation& map, std::uint32_t offset) {
  for (std::size_t block = 0; block != blocks; ++block) {
    const std::size_t source = map.source[block] ^ offset;
    const Lanes* const old = from + 2 * (source / lanes);
    const auto& order = map.order[source % lanes];
    if (map.step == 0) {
      to[2 * block] = permute_lanes(old[0], order);
      to[2 * block + 1] = permute_lanes(old[1], order);
    } else {
      const Lanes* const other = from + 2 * (source / lanes ^ map.step);
      to[2 * block] = permute_lanes(old[0], other[0], order);
      to[2 * block + 1] = permute_lanes(old[1], other[1], order);
    }
  }
}

}  // namespace
}  // namespace bornite::statevector
