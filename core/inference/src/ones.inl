// How many ones the words of a vector have, and what a kernel is at such distances: by the best instructions there are.

#include <cstdint>

#if BORNITE_WIDTH > 2
#include <immintrin.h>
#endif

namespace bornite {
namespace {

[[maybe_unused]] constexpr unsigned long long half_bytes = 0x0f0f0f0f0f0f0f0f;

#if BORNITE_WIDTH == 8

#ifdef BORNITE_VECTOR_POPCOUNT
BORNITE_INLINE void add_ones(IndexVector& counts, const IndexVector& v) {
  counts += reinterpret_cast<IndexVector>(_mm512_popcnt_epi64(reinterpret_cast<__m512i>(v)));
}
#else
/// The ones of each half byte are looked up, then the bytes of each word summed.
BORNITE_INLINE void add_ones(IndexVector& counts, const IndexVector& v) {
  const auto low_table = 0x0302020102010100, high_table = 0x0403030203020201;
  const __m512i table =
      _mm512_set_epi64(high_table, low_table, high_table, low_table, high_table, low_table, high_table, low_table);
  const __m512i low = _mm512_shuffle_epi8(table, reinterpret_cast<__m512i>(v & half_bytes));
  const __m512i high = _mm512_shuffle_epi8(table, reinterpret_cast<__m512i>((v >> 4) & half_bytes));
  counts += reinterpret_cast<IndexVector>(_mm512_sad_epu8(_mm512_add_epi8(low, high), _mm512_setzero_si512()));
}
#endif

/// Looks numbers up in memory. Masked, though with all lanes, because without it the compiler warns of what the header
/// leaves undefined.
BORNITE_INLINE void look_up(Vector& k, const IndexVector& distances, const double* values) {
  k = reinterpret_cast<Vector>(
      _mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, reinterpret_cast<__m512i>(distances), values, 8));
}

/// Looks numbers up in registers.
#define BORNITE_FACTORED_TABLES
struct RegisterTable {
  Vector low[2];
  Vector high[2];

  BORNITE_INLINE explicit RegisterTable(const DistanceTable::Factors& factors) {
    for (std::size_t i = 0; i != 2; ++i) load(low[i], factors.low + 8 * i), load(high[i], factors.high + 8 * i);
  }
  BORNITE_INLINE void add(Vector& k, const IndexVector& distances) const {
    k += pick(low, distances) * pick(high, distances >> 4);
  }

 private:
  BORNITE_INLINE static Vector pick(const Vector* sixteen, const IndexVector& index) {
    return reinterpret_cast<Vector>(_mm512_permutex2var_pd(reinterpret_cast<__m512d>(sixteen[0]),
                                                           reinterpret_cast<__m512i>(index),
                                                           reinterpret_cast<__m512d>(sixteen[1])));
  }
};

#elif BORNITE_WIDTH == 4

BORNITE_INLINE void add_ones(IndexVector& counts, const IndexVector& v) {
  const __m256i table = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
  const __m256i low = _mm256_shuffle_epi8(table, reinterpret_cast<__m256i>(v & half_bytes));
  const __m256i high = _mm256_shuffle_epi8(table, reinterpret_cast<__m256i>((v >> 4) & half_bytes));
  counts += reinterpret_cast<IndexVector>(_mm256_sad_epu8(_mm256_add_epi8(low, high), _mm256_setzero_si256()));
}

BORNITE_INLINE void look_up(Vector& k, const IndexVector& distances, const double* values) {
  k = reinterpret_cast<Vector>(_mm256_i64gather_pd(values, reinterpret_cast<__m256i>(distances), 8));
}

#else

/// Sums of neighbouring bits, then of pairs, half bytes, bytes and so on.
BORNITE_INLINE void add_ones(IndexVector& counts, const IndexVector& v) {
  constexpr unsigned long long pairs = 0x5555555555555555, fours = 0x3333333333333333;
  IndexVector x = v - ((v >> 1) & pairs);
  x = (x & fours) + ((x >> 2) & fours);
  x = (x + (x >> 4)) & half_bytes;
  x += x >> 8;
  x += x >> 16;
  x += x >> 32;
  counts += x & 0x7f;
}

BORNITE_INLINE void look_up(Vector& k, const IndexVector& distances, const double* values) {
  for (std::size_t lane = 0; lane != width; ++lane) k[lane] = values[distances[lane]];
}

#endif

}  // namespace
}  // namespace bornite
