#include "tile_memory.hpp"

#include <bit>
#include <cstring>
#include <utility>

namespace bornite::statevector {
namespace {

/// Probabilities of so many bytes are written past the caches, which hold no more than that.
constexpr std::size_t streamed_bytes = std::size_t{1} << 24;

/// Calls action(row, first) for the rows of the window, `row` their number and `above` their qubits that are 1.
template <typename Action>
void for_each_row(const Window& window, const Action& action) {
  std::size_t row = 0;
  QubitSet above = 0;
  do {
    action(row++, above);
    above = next_subset(above, window.rows);
  } while (above != 0);
}

}  // namespace

// In one piece of memory, renumberings that are not in place go there and back, or by a third place where that brings
// the last one home.
TileMemory::TileMemory(const Plan& plan, const Kernels& kernels, const Pass& pass, std::size_t base, Block* state,
                       TileCopies& copies)
    : plan_(plan),
      kernels_(kernels),
      pass_(pass),
      base_(base),
      home_(state + plan.layout.position(base)),
      now_(pass.window.contiguous() ? home_ : copies[0]),
      spare_(pass.window.contiguous() ? copies[0] : copies[1]),
      further_(pass.window.contiguous() && pass.permutations % 3 == 0 ? copies[1] : nullptr) {}

void TileMemory::fetch(QubitSet zero, std::size_t blocks) {
  const std::size_t size = std::size_t{1} << rows().bits;
  const QubitSet zero_rows = zero & pass_.window.rows;
  if (now_ == home_ && zero_rows == 0) return;
  for_each_row(pass_.window, [&](std::size_t row, QubitSet above) {
    if (row * size >= blocks) return;
    if ((above & zero_rows) != 0)
      std::memset(now_ + row * size, 0, size * sizeof(Block));
    else if (now_ != home_)
      std::memcpy(now_ + row * size, home_ + pass_.row_starts[row], size * sizeof(Block));
  });
}

void TileMemory::put_back(QubitSet unused) const {
  const std::size_t size = std::size_t{1} << rows().bits;
  if (now_ == home_) return;
  for_each_row(pass_.window, [&](std::size_t row, QubitSet above) {
    if ((above & unused) == 0) std::memcpy(home_ + pass_.row_starts[row], now_ + row * size, size * sizeof(Block));
  });
}

void TileMemory::write_probabilities(double* q) const {
  const auto square = streams_probabilities() ? kernels_.stream_squares_to_rows : kernels_.square_to_rows;
  square(now_, q + base_, blocks(), probability_rows());
}

void TileMemory::write_permuted_probabilities(double* q, const Permutation& map) const {
  const auto square =
      streams_probabilities() ? kernels_.stream_permuted_squares_to_rows : kernels_.permute_squares_to_rows;
  square(now_, q + base_, blocks(), here(map), probability_rows());
}

bool TileMemory::streams_probabilities() const { return plan_.layout.amplitudes() * sizeof(double) >= streamed_bytes; }

bool TileMemory::renumbers_rows(std::size_t size, QubitSet zero) const {
  return size == blocks() && !pass_.window.contiguous() && (zero & pass_.window.rows) == 0;
}

void TileMemory::fetch_permuted(const Permutation& map) {
  kernels_.permute_from_rows(home_, now_, blocks(), here(map), rows());
}

void TileMemory::put_back_permuted(const PhasedMap& map) const {
  if (map.phased)
    kernels_.permute_phased_to_rows(now_, map.held, home_, blocks(), map.phases, here(map.map), rows());
  else
    kernels_.permute_to_rows(now_, home_, blocks(), here(map.map), rows());
}

bool TileMemory::fetch_weighed(const Block* psi, Weights weights) const {
  return kernels_.weigh_rows(psi + plan_.layout.position(base_), rows(), weights.cost + base_, probability_rows(),
                             weights.scale, now_, blocks());
}

void TileMemory::permute(std::size_t size, const PhasedMap& map) {
  if (map.map.in_place(size)) return permute_in_place(size, map);
  if (map.phased)
    kernels_.permute_phased(now_, map.held, spare_, size, map.phases, here(map.map), rows());
  else
    kernels_.permute(now_, spare_, size, here(map.map), rows());
  Block* const old = std::exchange(now_, spare_);
  spare_ = further_ != nullptr ? std::exchange(further_, old) : old;
}

void TileMemory::permute_in_place(std::size_t size, const PhasedMap& map) {
  if (!map.phased) return kernels_.permute_in_place(now_, map.map.cycles);
  if (map.held == size) return kernels_.permute_phased_in_place(now_, map.phases, map.map.cycles);
  std::memcpy(spare_, now_, map.held * sizeof(Block));  // they are overwritten before they are no longer needed
  kernels_.spread_along_cycles(spare_, map.held, now_, map.phases, map.map.cycles);
}

void TileMemory::clear(std::size_t begin, std::size_t end) {
  if (begin < end) std::memset(now_ + begin, 0, (end - begin) * sizeof(Block));
}

TileRows TileMemory::rows() const {
  const std::size_t row_blocks = plan_.layout.blocks(std::size_t{1} << pass_.window.columns);
  return {pass_.row_starts.data(), static_cast<std::size_t>(std::countr_zero(row_blocks))};
}

}  // namespace bornite::statevector
