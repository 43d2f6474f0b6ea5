#pragma once
// How a state lies in memory, and the tiles that a pass over it works on.

#include "primitive.hpp"

#include "bornite/statevector/precision.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace bornite::statevector {

inline constexpr std::size_t line_bytes = 64;

/// Amplitudes that lie together: a cache line of real parts, then one of imaginary parts. Only the kernels look inside.
struct alignas(line_bytes) Block {
  std::byte bytes[2][line_bytes];
};

/// Doubles of a cache line.
inline constexpr std::size_t line_doubles = line_bytes / sizeof(double);
/// The next multiple of line_doubles.
[[nodiscard]] constexpr std::size_t round_up(std::size_t doubles) {
  return (doubles + line_doubles - 1) / line_doubles * line_doubles;
}

/// States of at most 2^tile_bits blocks are one tile; larger ones are cut into tiles of that size, which stay in the
/// second-level cache while all gates of a pass are applied. Circuits that need far fewer passes so get tiles of
/// 2^most_tile_bits blocks.
inline constexpr std::size_t tile_bits = 9;
inline constexpr std::size_t most_tile_bits = 10;
/// Qubits of a tile, at most.
inline constexpr std::size_t most_tile_qubits = most_tile_bits + 4;
/// A tile is gathered in runs of 2^run_bits blocks.
inline constexpr std::size_t run_bits = 1;

/// Blocks left free before a second state or tile that is worked on together with one that begins with a page. With
/// them, lines of one number in both lie in different sets of the first-level cache, each of which has room for 8 to 12
/// lines: a loop over three rotations of the highest qubits takes 8 lines of one set from each.
inline constexpr std::size_t blocks_between_states = 16;

/// The place of each amplitude. A gap after every tile keeps the rows of a gathered tile, which are a power of two
/// apart, from competing for the same cache sets.
struct Layout {
  Layout(std::size_t circuit_qubits, Precision real, std::size_t bits = tile_bits)
      : precision(real),
        lane_qubits(real == Precision::complex128 ? 3 : 4),
        qubits(std::max(circuit_qubits, lane_qubits)),
        tile(std::min(qubits, bits + lane_qubits)),
        columns(qubits == tile ? qubits : run_bits + lane_qubits),
        gap(qubits == tile ? 0 : std::size_t{1} << run_bits) {}

  Precision precision;
  std::size_t lane_qubits;  ///< lowest qubits, inside a block
  std::size_t qubits;       ///< simulated; at least lane_qubits, the added ones stay |0>
  std::size_t tile;         ///< qubits of a tile
  std::size_t columns;      ///< lowest qubits, in every tile
  std::size_t gap;          ///< blocks

  [[nodiscard]] std::size_t amplitudes() const { return std::size_t{1} << qubits; }
  /// Amplitudes of a block.
  [[nodiscard]] std::size_t lanes() const { return std::size_t{1} << lane_qubits; }
  /// Blocks that so many amplitudes, a multiple of lanes(), are.
  [[nodiscard]] std::size_t blocks(std::size_t count) const { return count >> lane_qubits; }
  [[nodiscard]] std::size_t tile_blocks() const { return blocks(std::size_t{1} << tile); }
  /// Blocks that a state takes.
  [[nodiscard]] std::size_t size() const { return position(amplitudes()); }
  /// Number of the block that begins with amplitude x, a multiple of lanes().
  [[nodiscard]] std::size_t position(std::size_t x) const { return blocks(x) + (x >> tile) * gap; }

  bool operator==(const Layout&) const = default;
};

/// The next number whose ones all lie in `free`, in ascending order; 0 after the last.
[[nodiscard]] constexpr std::size_t next_subset(std::size_t subset, std::size_t free) { return (subset - free) & free; }

/// The qubits of a tile: the columns 0..columns-1, and any others that number its rows.
struct Window {
  std::size_t columns;
  QubitSet rows;

  [[nodiscard]] std::size_t size() const { return columns + static_cast<std::size_t>(std::popcount(rows)); }
  [[nodiscard]] QubitSet members() const { return (qubit_set(columns) - 1) | rows; }
  /// Whether a tile is one piece of memory.
  [[nodiscard]] bool contiguous() const { return members() == qubit_set(size()) - 1; }
  /// The qubit's place inside the tile's index.
  [[nodiscard]] std::size_t local(std::size_t qubit) const {
    return qubit < columns ? qubit : columns + static_cast<std::size_t>(std::popcount(rows & (qubit_set(qubit) - 1)));
  }
  /// The members of a set, as bits of the tile's index.
  [[nodiscard]] QubitSet local_set(QubitSet set) const {
    QubitSet result = 0;
    for (QubitSet rest = set & members(); rest != 0; rest &= rest - 1)
      result |= qubit_set(local(static_cast<std::size_t>(std::countr_zero(rest))));
    return result;
  }
};

}  // namespace bornite::statevector
