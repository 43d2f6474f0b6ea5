// Renumberings of a whole tile. Lanes move as words of 32 bits, for which all instruction sets but the baseline have
// instructions.

namespace bornite::statevector {
namespace {

constexpr std::size_t line_words = line_bytes / sizeof(std::int32_t);
constexpr std::size_t vector_words = line_words / parts;

using Words = std::int32_t __attribute__((vector_size(vector_bytes), may_alias));

/// Word w of the result is word order[w] of the old line, or word order[w] - line_words of the other, if there are
/// `Two`.
template <typename Real, bool Two>
BORNITE_INLINE void permute_words(const Words* old, const Words* other, const Permutation::Order& order, Words* to) {
#if BORNITE_VECTOR_BYTES >= 32 && !defined(__clang__)
  const Words* const places = reinterpret_cast<const Words*>(order.data());
  constexpr std::size_t last = parts - 1;
  for (std::size_t p = 0; p != parts; ++p) {
    const Words place = places[p];
    if constexpr (parts == 1) {
      to[p] = Two ? __builtin_shuffle(old[0], other[0], place) : __builtin_shuffle(old[0], place);
    } else {
      to[p] = __builtin_shuffle(old[0], old[last], place);
      if constexpr (Two) {
        const Words from_other = -(place >> 4 & 1);
        to[p] = (to[p] & ~from_other) | (__builtin_shuffle(other[0], other[last], place) & from_other);
      }
    }
  }
#else
  using Lane = typename VectorTypes<Real>::Integer;
  constexpr std::size_t words = sizeof(Lane) / sizeof(std::int32_t);
  const Lane* const sources[2] = {reinterpret_cast<const Lane*>(old), reinterpret_cast<const Lane*>(other)};
  Lane* const target = reinterpret_cast<Lane*>(to);
  for (std::size_t w = 0; w != line_words; w += words) {
    const auto place = static_cast<std::size_t>(order[w]);
    target[w / words] = sources[Two ? place / line_words : 0][place % line_words / words];
  }
#endif
}

template <bool InRows>
BORNITE_INLINE std::size_t place_of(std::size_t block, TileRows rows) {
  if constexpr (!InRows) return block;
  return rows.starts[block >> rows.bits] + (block & ((std::size_t{1} << rows.bits) - 1));
}

template <typename Real, bool Two, bool FromRows, bool ToRows>
BORNITE_INLINE void permute_blocks(const Block* from, Block* to, std::size_t blocks, const Permutation& map,
                                   std::uint32_t offset, TileRows rows) {
  for (std::size_t block = 0; block != blocks; ++block) {
    const std::size_t source = map.source[block] ^ offset;
    const std::size_t old = source / line_width<Real>;
    const Permutation::Order& order = map.order[source % line_width<Real>];
    const Words* const first = reinterpret_cast<const Words*>(from + place_of<FromRows>(old, rows));
    const Words* const second =
        Two ? reinterpret_cast<const Words*>(from + place_of<FromRows>(old ^ map.step, rows)) : first;
    Words* const place = reinterpret_cast<Words*>(to + place_of<ToRows>(block, rows));
    permute_words<Real, Two>(first, second, order, place);
    permute_words<Real, Two>(first + parts, second + parts, order, place + parts);
  }
}

template <typename Real, bool FromRows, bool ToRows>
BORNITE_KERNEL void permute(const Block* from, Block* to, std::size_t blocks, const Permutation& map,
                            std::uint32_t offset, TileRows rows) {
  if (map.step == 0) return permute_blocks<Real, false, FromRows, ToRows>(from, to, blocks, map, offset, rows);
  permute_blocks<Real, true, FromRows, ToRows>(from, to, blocks, map, offset, rows);
}

}  // namespace
}  // namespace bornite::statevector
