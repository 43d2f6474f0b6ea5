#pragma once
// Small networks and data drawn at random.

#include "bornite/data/dataset.hpp"
#include "bornite/network/network_spec.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/random.hpp"

#include <algorithm>
#include <vector>

namespace bornite::test {

inline RandomStream test_stream(std::uint32_t number) {
  return RandomStream({.seed = 2, .purpose = StreamPurpose::test, .row = number});
}

inline std::size_t below(RandomStream& random, std::size_t count) { return random() % count; }

template <typename Range>
auto pick(RandomStream& random, const Range& range) {
  return range[below(random, std::size(range))];
}

inline Dataset draw_data(RandomStream& random, const NetworkSpec& spec, std::size_t rows, double scale = 1) {
  Dataset data;
  data.features = spec.widths.front();
  const std::size_t classes = spec.output == OutputKind::binary ? 2 : spec.widths.back();
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < data.features; ++i) data.inputs.push_back(scale * random.normal());
    data.targets.push_back(spec.output == OutputKind::regression ? random.normal()
                                                                 : static_cast<double>(below(random, classes)));
  }
  return data;
}

/// Shapes whose 2^N strings can be enumerated one by one.
inline NetworkSpec random_spec(RandomStream& random) {
  static const std::vector<std::vector<std::size_t>> binary_shapes{{1, 1},    {5, 1},    {9, 1},       {2, 2, 1},
                                                                   {1, 3, 1}, {8, 1, 1}, {2, 1, 2, 1}, {1, 2, 1, 1}};
  static const std::vector<std::vector<std::size_t>> softmax_shapes{{1, 2}, {3, 3}, {1, 2, 2}, {2, 1, 3}, {1, 1, 1, 2}};
  NetworkSpec spec;
  spec.output = pick(random, output_kinds);
  spec.widths = pick(random, spec.output == OutputKind::softmax ? softmax_shapes : binary_shapes);
  spec.loss = spec.output == OutputKind::regression ? Loss::squared_error : pick(random, loss_kinds);
  spec.biases = below(random, 3) > 0;
  const bool hidden = spec.widths.size() > 2;
  spec.activations = {pick(random, activation_kinds)};
  if (hidden && below(random, 2) == 0) spec.activations.push_back(pick(random, activation_kinds));
  spec.values = {{random.normal(), random.normal()}};
  if (below(random, 2) == 0) spec.values.push_back({-1, 1});
  spec.search_units = hidden && below(random, 2) == 0;
  spec.reverse_qubits = below(random, 2) == 0;
  return spec;
}

inline Bitstring random_string(RandomStream& random, std::size_t bits) {
  Bitstring string(bits);
  for (std::size_t bit = 0; bit < bits; ++bit) string.set(bit, below(random, 2) == 1);
  return string;
}

inline BitstringList all_strings(std::size_t bits) {
  BitstringList strings(bits);
  for (std::uint64_t k = 0; k < std::uint64_t{1} << bits; ++k) strings.push_back(Bitstring::from_index(bits, k));
  return strings;
}

}  // namespace bornite::test
