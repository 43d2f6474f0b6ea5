// Loops over whole states.

namespace bornite::statevector {
namespace {

/// |psi|^2 of a block, as a line of the block's own numbers.
template <typename Real>
BORNITE_INLINE void square_block(const Vector<Real>* block, Vector<Real> (&line)[parts]) {
#pragma GCC unroll 4
  for (std::size_t p = 0; p < parts; ++p) line[p] = block[p] * block[p] + block[parts + p] * block[parts + p];
}

/// The same as vectors of doubles.
template <typename Real>
constexpr std::size_t double_vectors = line_width<Real> / width<double>;

template <typename Real>
BORNITE_INLINE void square_block(const Block& block, Vector<double> (&q)[double_vectors<Real>]) {
  Vector<Real> line[parts];
  square_block<Real>(vectors<Real>(&block), line);
  widen_line<Real>(line, q);
}

template <typename Real>
BORNITE_KERNEL void square(const Block* psi, double scale, double* q, std::size_t blocks) {
  LooseVector* to = reinterpret_cast<LooseVector*>(q);
  for (std::size_t b = 0; b != blocks; ++b, to += double_vectors<Real>) {
    Vector<double> squares[double_vectors<Real>];
    square_block<Real>(psi[b], squares);
#pragma GCC unroll 8
    for (std::size_t i = 0; i < double_vectors<Real>; ++i) to[i] = scale * squares[i];
  }
}

/// A line of squares into q.
template <typename Real, bool Streamed>
BORNITE_INLINE void put_squares(const Vector<Real>* line, Vector<double>* to) {
  Vector<double> squares[double_vectors<Real>];
  widen_line<Real>(line, squares);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < double_vectors<Real>; ++i) {
    if constexpr (Streamed)
      stream(to + i, squares[i]);
    else
      to[i] = squares[i];
  }
}

template <typename Real, bool Streamed>
BORNITE_KERNEL void square_to_rows(const Block* tile, double* q, std::size_t blocks, TileRows rows) {
  const std::size_t row_blocks = std::size_t{1} << rows.bits;
  for (std::size_t row = 0; row != blocks >> rows.bits; ++row) {
    Vector<double>* to = vectors(q + rows.starts[row] * line_width<Real>);
    for (std::size_t b = 0; b != row_blocks; ++b, ++tile, to += double_vectors<Real>) {
      Vector<Real> line[parts];
      square_block<Real>(vectors<Real>(tile), line);
      put_squares<Real, Streamed>(line, to);
    }
  }
  if constexpr (Streamed) end_streams();
}

/// Sums of squares of a block, in parts that need not wait for each other.
template <typename Real>
struct BlockSums {
  static constexpr std::size_t size = std::is_same_v<Real, double> ? 2 * parts : double_vectors<Real>;
  Vector<double> of[size] = {};

  BORNITE_INLINE void add(const Block& block) {
    if constexpr (std::is_same_v<Real, double>) {
      const Vector<double>* const at = vectors<double>(&block);
#pragma GCC unroll 8
      for (std::size_t i = 0; i < size; ++i) of[i] += at[i] * at[i];
    } else {
      Vector<double> squares[size];
      square_block<Real>(block, squares);
#pragma GCC unroll 8
      for (std::size_t i = 0; i < size; ++i) of[i] += squares[i];
    }
  }
};

template <typename Real>
BORNITE_KERNEL void sum_squares(const Block* psi, std::size_t group_blocks, double* sums, std::size_t groups) {
  for (std::size_t g = 0; g != groups; ++g, psi += group_blocks) {
    BlockSums<Real> even;
    BlockSums<Real> odd;
    std::size_t b = 0;
    for (; b + 2 <= group_blocks; b += 2) {
      even.add(psi[b]);
      odd.add(psi[b + 1]);
    }
    if (b != group_blocks) even.add(psi[b]);
    Vector<double> total{};
#pragma GCC unroll 8
    for (std::size_t i = 0; i < BlockSums<Real>::size; ++i) total += even.of[i] + odd.of[i];
    sums[g] = sum(total);
  }
}

/// x - x, which is added to `differences`, is zero exactly for finite x.
template <typename Real>
BORNITE_INLINE void weigh_block(const Vector<Real>* from, const double* cost, double scale, Vector<Real>* to,
                                Vector<Real>& differences) {
#pragma GCC unroll 4
  for (std::size_t p = 0; p < parts; ++p, cost += width<Real>) {
    const Vector<Real> g = rounded<Real>(cost, scale);
    differences += g - g;
    to[p] = g * from[p];
    to[parts + p] = g * from[parts + p];
  }
}

template <typename Real>
BORNITE_KERNEL bool weigh(const Block* psi, const double* cost, double scale, Block* lambda, std::size_t blocks) {
  Vector<Real> differences{};
  for (std::size_t b = 0; b != blocks; ++b)
    weigh_block<Real>(vectors<Real>(psi + b), cost + b * line_width<Real>, scale, vectors<Real>(lambda + b),
                      differences);
  return sum(differences) == 0.0;
}

template <typename Real>
BORNITE_KERNEL bool weigh_rows(const Block* psi, TileRows psi_rows, const double* cost, TileRows cost_rows,
                               double scale, Block* lambda, std::size_t blocks) {
  Vector<Real> differences{};
  const std::size_t row_blocks = std::size_t{1} << psi_rows.bits;
  for (std::size_t row = 0; row != blocks >> psi_rows.bits; ++row) {
    const Block* const from = psi + psi_rows.starts[row];
    const double* const by = cost + cost_rows.starts[row] * line_width<Real>;
    for (std::size_t b = 0; b != row_blocks; ++b, ++lambda)
      weigh_block<Real>(vectors<Real>(from + b), by + b * line_width<Real>, scale, vectors<Real>(lambda), differences);
  }
  return sum(differences) == 0.0;
}

template <typename Real>
BORNITE_KERNEL void start(Block* block, double amplitude) {
  *block = {};
  vectors<Real>(block)[0][0] = static_cast<Real>(amplitude);
}

template <typename Real>
BORNITE_KERNEL void read(const Block* psi, std::complex<double>* amplitudes, std::size_t blocks) {
  for (std::size_t b = 0; b != blocks; ++b) {
    const Vector<Real>* const at = vectors<Real>(psi + b);
    for (std::size_t x = 0; x != line_width<Real>; ++x, ++amplitudes)
      *amplitudes = {at[x / width<Real>][x % width<Real>], at[parts + x / width<Real>][x % width<Real>]};
  }
}

}  // namespace
}  // namespace bornite::statevector
