#pragma once
// How a state lies in memory, and the tiles that a pass over it works on.

#include "primitive.hpp"

#include <algorithm>
#include <cstddef>

namespace bornite::statevector {

/// Amplitudes come in blocks of `lanes`: their real parts, then their imaginary parts, each one cache line.
inline constexpr std::size_t lane_qubits = 3;
inline constexpr std::size_t lanes = std::size_t{1} << lane_qubits;

/// The next multiple of `lanes`: whole cache lines of doubles.
[[nodiscard]] constexpr std::size_t round_up(std::size_t doubles) { return (doubles + lanes - 1) / lanes * lanes; }

/// States of at most so many qubits are one tile; larger ones are cut into tiles of 2^tile_limit amplitudes, which stay
/// in the second-level cache while all gates of a pass are applied.
inline constexpr std::size_t tile_limit = 12;
/// The lowest qubits, which belong to every tile: a tile is gathered in runs of 2^column_limit amplitudes.
inline constexpr std::size_t column_limit = 4;

/// The place of each amplitude. A gap after every 2^tile amplitudes keeps the rows of a gathered tile, which are a
/// power of two apart, from competing for the same cache sets.
struct Layout {
  explicit Layout(std::size_t circuit_qubits)
      : qubits(std::max(circuit_qubits, lane_qubits)),
        tile(std::min(qubits, tile_limit)),
        columns(qubits <= tile_limit ? qubits : column_limit),
        gap(qubits <= tile_limit ? 0 : std::size_t{2} << column_limit) {}

  std::size_t qubits;   ///< simulated; at least lane_qubits, the added ones stay |0>
  std::size_t tile;     ///< qubits of a tile
  std::size_t columns;  ///< lowest qubits, in every tile
  std::size_t gap;      ///< doubles

  [[nodiscard]] std::size_t amplitudes() const { return std::size_t{1} << qubits; }
  /// Doubles that a state takes.
  [[nodiscard]] std::size_t doubles() const { return position(amplitudes()); }
  /// Index of the real part of amplitude x, a multiple of `lanes`; the imaginary parts follow after `lanes` doubles.
  [[nodiscard]] std::size_t position(std::size_t x) const { return 2 * x + (x >> tile) * gap; }
};

/// The qubits of a tile: the columns 0..columns-1, and tile - columns neighbouring ones from `first` on.
struct Window {
  std::size_t columns;
  std::size_t rows;   ///< number of neighbouring qubits
  std::size_t first;  ///< the lowest of them, >= columns

  [[nodiscard]] QubitSet members() const { return (qubit_set(columns) - 1) | ((qubit_set(rows) - 1) << first); }
  /// Whether a tile is one piece of memory.
  [[nodiscard]] bool contiguous() const { return first == columns; }
  /// The qubit's place inside the tile's index.
  [[nodiscard]] std::size_t local(std::size_t qubit) const { return qubit < columns ? qubit : qubit - first + columns; }
  /// The members of a set, as bits of the tile's index.
  [[nodiscard]] QubitSet local_set(QubitSet set) const {
    const QubitSet inside = set & members();
    const QubitSet column_part = inside & (qubit_set(columns) - 1);
    return column_part | (((inside ^ column_part) >> first) << columns);
  }
};

}  // namespace bornite::statevector
