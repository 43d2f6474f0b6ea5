// Renumberings of a whole tile. Lanes move as words of 32 bits, for which all instruction sets but the baseline have
// instructions.

namespace bornite::statevector {
namespace {

constexpr std::size_t line_words = line_bytes / sizeof(std::int32_t);
constexpr std::size_t vector_words = line_words / parts;

using Words = std::int32_t __attribute__((vector_size(vector_bytes), may_alias));

/// Word w of each of the result's `Lines` lines is word order[w] of the old line, or word order[w] - line_words of the
/// other, if there are `Two`. All is read before anything is written, so that nothing has to be read twice.
template <typename Real, bool Two, std::size_t Lines>
BORNITE_INLINE void permute_words(const Words* old, const Words* other, const Permutation::Order& order, Words* to) {
#if BORNITE_VECTOR_BYTES >= 32 && !defined(__clang__)
  const Words* const places = reinterpret_cast<const Words*>(order.data());
  constexpr std::size_t last = parts - 1;
  Words result[Lines * parts];
#pragma GCC unroll 2
  for (std::size_t p = 0; p < parts; ++p) {
    const Words place = places[p];
    [[maybe_unused]] const Words from_other = -(place >> 4 & 1);
#pragma GCC unroll 4
    for (std::size_t at = 0; at < Lines * parts; at += parts) {
      if constexpr (parts == 1) {
        result[at] = Two ? __builtin_shuffle(old[at], other[at], place) : __builtin_shuffle(old[at], place);
      } else {
        result[at + p] = __builtin_shuffle(old[at], old[at + last], place);
        if constexpr (Two)
          result[at + p] =
              (result[at + p] & ~from_other) | (__builtin_shuffle(other[at], other[at + last], place) & from_other);
      }
    }
  }
#pragma GCC unroll 4
  for (std::size_t i = 0; i < Lines * parts; ++i) to[i] = result[i];
#else
  using Lane = typename VectorTypes<Real>::Integer;
  constexpr std::size_t words = sizeof(Lane) / sizeof(std::int32_t);
  for (std::size_t at = 0; at != Lines * parts; at += parts) {
    const Lane* const sources[2] = {reinterpret_cast<const Lane*>(old + at), reinterpret_cast<const Lane*>(other + at)};
    Lane* const target = reinterpret_cast<Lane*>(to + at);
    for (std::size_t w = 0; w != line_words; w += words) {
      const auto place = static_cast<std::size_t>(order[w]);
      target[w / words] = sources[Two ? place / line_words : 0][place % line_words / words];
    }
  }
#endif
}

template <bool InRows>
BORNITE_INLINE std::size_t place_of(std::size_t block, TileRows rows) {
  if constexpr (!InRows) return block;
  return rows.starts[block >> rows.bits] + (block & ((std::size_t{1} << rows.bits) - 1));
}

/// A block in registers, which has to be copied there only if something is done with it: its lines part by part.
using BlockWords = Words[2 * parts];

/// The phases of a table, one block at a time.
template <typename Real>
struct TilePhases {
  LowPhases<Real> low;
  std::size_t low_bits;
  Real high[2][(std::size_t{1} << most_tile_qubits) >> table_columns];

  BORNITE_INLINE TilePhases(std::size_t blocks, PhaseTables tables)
      : low(tables, blocks), low_bits(static_cast<std::size_t>(std::countr_zero(low.blocks))) {
    const double* const re = tables.data + 2 * tables.low_size;
    const double* const im = re + tables.high_size;
    for (std::size_t j = 0; j != blocks >> low_bits; ++j) {
      high[0][j] = static_cast<Real>(re[j]);
      high[1][j] = static_cast<Real>(im[j]);
    }
  }

  template <bool ByRows = false>
  BORNITE_INLINE void multiply(std::size_t block, const Vector<Real>* at, BlockWords& to) const {
    const std::size_t j = block >> low_bits;
    const std::size_t i = block & (low.blocks - 1);
    const Phase<Real> by{high[0][j] - Vector<Real>{}, high[1][j] - Vector<Real>{}};
#pragma GCC unroll 4
    for (std::size_t p = 0; p < parts; ++p) {
      const Phase<Real> phase = element<Real, ByRows>(low, i * parts + p, by);
      const Vector<Real> re = at[p];
      const Vector<Real> im = at[parts + p];
      to[p] = reinterpret_cast<Words>(phase.re * re - phase.im * im);
      to[parts + p] = reinterpret_cast<Words>(phase.re * im + phase.im * re);
    }
  }
};

/// Old blocks that are multiplied: all of a tile,
struct WholeTile {
  const Block* tile;

  BORNITE_INLINE const Block* at(std::size_t block) const { return tile + block; }
};

/// or the few that all others are made of.
struct HeldBlocks {
  const Block* first;
  std::size_t count;

  BORNITE_INLINE const Block* at(std::size_t block) const { return first + (block & (count - 1)); }
};

/// Where a renumbering finds the old blocks: as they are in memory,
template <bool InRows>
struct OldBlocks {
  static constexpr std::size_t lines = 2;
  const Block* from;
  TileRows rows;

  BORNITE_INLINE const Words* get(std::size_t block, BlockWords&) const {
    return reinterpret_cast<const Words*>(from + place_of<InRows>(block, rows));
  }
};

/// times the phases that come before it,
template <typename Real, typename Old>
struct PhasedBlocks {
  static constexpr std::size_t lines = 2;
  Old from;
  TilePhases<Real> phases;

  BORNITE_INLINE const Words* get(std::size_t block, BlockWords& room) const {
    phases.multiply(block, vectors<Real>(from.at(block)), room);
    return room;
  }
};

/// or only their squares.
template <typename Real>
struct SquaredBlocks {
  static constexpr std::size_t lines = 1;
  const Block* from;

  BORNITE_INLINE const Words* get(std::size_t block, BlockWords& room) const {
    Vector<Real> line[parts];
    square_block<Real>(vectors<Real>(from + block), line);
#pragma GCC unroll 4
    for (std::size_t p = 0; p < parts; ++p) room[p] = reinterpret_cast<Words>(line[p]);
    return room;
  }
};

/// Where it leaves the new ones: in memory,
template <bool InRows>
struct NewBlocks {
  Block* to;
  TileRows rows;

  BORNITE_INLINE Words* room(std::size_t block, BlockWords&) const {
    return reinterpret_cast<Words*>(to + place_of<InRows>(block, rows));
  }
  BORNITE_INLINE void put(std::size_t, const BlockWords&) const {}
};

/// or their squares in rows of q.
template <typename Real, bool Streamed>
struct NewSquares {
  double* q;
  TileRows rows;

  BORNITE_INLINE Words* room(std::size_t, BlockWords& words) const { return words; }
  BORNITE_INLINE void put(std::size_t block, const BlockWords& words) const {
    put_squares<Real, Streamed>(reinterpret_cast<const Vector<Real>*>(words),
                                vectors(q + place_of<true>(block, rows) * line_width<Real>));
  }
};

/// One old block makes one new one.
template <typename Real, typename Old, typename New>
BORNITE_INLINE void permute_single(const Old& from, const New& to, std::size_t blocks, Renumbering by) {
  const std::uint32_t* const sources = by.map.source.data();
  for (std::size_t block = 0; block != blocks; ++block) {
    const std::size_t source = sources[block] ^ by.offset;
    const Permutation::Order& order = by.map.order[source % line_width<Real>];
    BlockWords old_words;
    BlockWords new_words;
    const Words* const old = from.get(source / line_width<Real>, old_words);
    Words* const room = to.room(block, new_words);
    permute_words<Real, false, Old::lines>(old, old, order, room);
    to.put(block, new_words);
  }
}

/// Two old blocks make two new ones.
template <typename Real, typename Old, typename New>
BORNITE_INLINE void permute_pairs(const Old& from, const New& to, std::size_t blocks, Renumbering by) {
  const Permutation& map = by.map;
  const std::uint32_t* const sources = map.source.data();
  const std::size_t step = map.step;
  const std::size_t partner = map.partner;
  const std::size_t free = (blocks - 1) & ~std::bit_floor(partner);
  std::size_t block = 0;
  do {
    const std::size_t old = (sources[block] ^ by.offset) / line_width<Real>;
    BlockWords old_words[2];
    const Words* const first = from.get(old, old_words[0]);
    const Words* const second = from.get(old ^ step, old_words[1]);
    const std::size_t pair[2] = {block, block ^ partner};
#pragma GCC unroll 2
    for (std::size_t i = 0; i < 2; ++i) {
      const std::size_t lane = (sources[pair[i]] ^ by.offset) % line_width<Real>;
      const Permutation::Order& order = (i == 0 ? map.order : map.partner_order)[lane];
      BlockWords new_words;
      Words* const room = to.room(pair[i], new_words);
      permute_words<Real, true, Old::lines>(first, second, order, room);
      to.put(pair[i], new_words);
    }
    block = next_subset(block, free);
  } while (block != 0);
}

template <typename Real, typename Old, typename New>
BORNITE_INLINE void permute_any(const Old& from, const New& to, std::size_t blocks, Renumbering by) {
  if (by.map.step == 0) return permute_single<Real>(from, to, blocks, by);
  permute_pairs<Real>(from, to, blocks, by);
}

template <typename Real, bool FromRows, bool ToRows>
BORNITE_KERNEL void permute(const Block* from, Block* to, std::size_t blocks, Renumbering by, TileRows rows) {
  permute_any<Real>(OldBlocks<FromRows>{from, rows}, NewBlocks<ToRows>{to, rows}, blocks, by);
}

template <typename Real, bool ToRows>
BORNITE_KERNEL void permute_phased(const Block* from, std::size_t held, Block* to, std::size_t blocks,
                                   PhaseTables tables, Renumbering by, TileRows rows) {
  const NewBlocks<ToRows> target{to, rows};
  if (held == blocks)
    return permute_any<Real>(PhasedBlocks<Real, WholeTile>{{from}, {blocks, tables}}, target, blocks, by);
  permute_any<Real>(PhasedBlocks<Real, HeldBlocks>{{from, held}, {blocks, tables}}, target, blocks, by);
}

template <typename Real, bool Streamed>
BORNITE_KERNEL void permute_squares_to_rows(const Block* from, double* q, std::size_t blocks, Renumbering by,
                                            TileRows rows) {
  permute_any<Real>(SquaredBlocks<Real>{from}, NewSquares<Real, Streamed>{q, rows}, blocks, by);
  if constexpr (Streamed) end_streams();
}

}  // namespace
}  // namespace bornite::statevector
