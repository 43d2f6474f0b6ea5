#include "permutation.hpp"

#include "cycles.hpp"

namespace bornite::statevector {
namespace {

/// Where the amplitude `y` of a tile comes from, if the qubits of `outside` are 1.
std::uint32_t trace_back(std::span<const Primitive> flips, const Window& window, QubitSet y, QubitSet outside) {
  for (auto place = flips.rbegin(); place != flips.rend(); ++place) {
    const Primitive& flip = *place;
    const QubitSet inner = window.local_set(flip.ones);
    const QubitSet outer = flip.ones & ~window.members();
    if ((y & inner) == inner && (outside & outer) == outer) y ^= qubit_set(window.local(flip.target));
  }
  return static_cast<std::uint32_t>(y);
}

/// Fills in which new block shares the old ones of another: exactly one does.
void pair_blocks(Permutation& map, std::size_t lanes) {
  const auto step_of = [&](std::size_t block) { return map.source[block] / lanes; };
  map.partner = 1;
  while (step_of(map.partner) != 0 && step_of(map.partner) != map.step) ++map.partner;
  map.partner_order = map.order;
  if (step_of(map.partner) == 0) return;
  constexpr auto line_words = static_cast<std::int32_t>(std::tuple_size_v<Permutation::Order>);
  for (Permutation::Order& order : map.partner_order)
    for (std::int32_t& word : order) word ^= line_words;
}

/// The old block of each lane, less that of lane 0, for lanes with one bit.
std::vector<std::uint32_t> block_steps(std::span<const Primitive> flips, const Window& window,
                                       std::size_t lane_qubits) {
  std::vector<std::uint32_t> result(lane_qubits);
  const std::uint32_t offset = trace_back(flips, window, 0, 0);
  for (std::size_t bit = 0; bit != lane_qubits; ++bit)
    result[bit] = (trace_back(flips, window, qubit_set(bit), 0) ^ offset) >> lane_qubits;
  return result;
}

}  // namespace

bool is_permutation(std::span<const Primitive> flips, const Window& window, std::size_t lane_qubits) {
  std::uint32_t step = 0;
  for (const std::uint32_t other : block_steps(flips, window, lane_qubits)) {
    if (step != 0 && other != 0 && other != step) return false;
    step |= other;
  }
  return true;
}

Permutation make_permutation(std::span<const Primitive> flips, const Window& window, std::size_t lane_qubits,
                             std::size_t blocks) {
  Permutation result{};
  result.offset = trace_back(flips, window, 0, 0);
  QubitSet controls = 0;
  for (const Primitive& flip : flips) controls |= flip.ones & ~window.members();
  for (; controls != 0; controls &= controls - 1) {
    const QubitSet qubit = controls & -controls;
    result.outside.push_back({qubit, trace_back(flips, window, 0, qubit) ^ result.offset});
  }
  const std::size_t lanes = std::size_t{1} << lane_qubits;
  const std::size_t words = std::tuple_size_v<Permutation::Order> / lanes;
  for (std::size_t block = 0; block != blocks; ++block)
    result.source.push_back(trace_back(flips, window, block * lanes, 0) ^ result.offset);
  for (const std::uint32_t step : block_steps(flips, window, lane_qubits)) result.step |= step;
  for (std::size_t lane = 0; lane != lanes; ++lane) {
    const std::size_t from = trace_back(flips, window, lane, 0) ^ result.offset;
    const std::size_t second = from < lanes ? 0 : lanes;
    for (std::size_t offset = 0; offset != lanes; ++offset)
      for (std::size_t word = 0; word != words; ++word)
        result.order[offset][lane * words + word] =
            static_cast<std::int32_t>(((from % lanes ^ offset) | second) * words + word);
  }
  if (result.step != 0) pair_blocks(result, lanes);
  result.cycles = make_cycles(result, lane_qubits);
  return result;
}

}  // namespace bornite::statevector
