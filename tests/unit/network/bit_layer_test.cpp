// Wide layers that read two-valued inputs or activations count bits: the same sums as by multiplications.

#include "bit_kernels.hpp"
#include "lanes.hpp"

#include "bornite/network/network_cost.hpp"
#include "bornite/network/prediction.hpp"

#include "naive_network.hpp"
#include "random_problem.hpp"

#include "catch.hpp"

#include <bit>

using namespace bornite;
using namespace bornite::test;

namespace {

Dataset two_valued_data(RandomStream& random, const NetworkSpec& spec, std::size_t rows, ValueMap values) {
  Dataset data = draw_data(random, spec, rows);
  for (double& x : data.inputs) x = below(random, 2) == 0 ? values.zero : values.one;
  return data;
}

/// Compares costs and predictions with the definition.
void require_definition(RandomStream& random, const NetworkSpec& spec, const Dataset& data, double tolerance) {
  const Encoding encoding = Encoding::create(spec).value();
  BitstringList strings(encoding.bits());
  for (std::size_t i = 0; i < 7; ++i) strings.push_back(random_string(random, encoding.bits()));
  const std::vector<double> weights(strings.size(), 1.0 / 7);
  std::vector<double> costs(strings.size());
  NetworkCost::create(encoding, data).value().costs(strings, costs).value();
  const auto predictive = posterior_predictive(encoding, data, strings, weights).value();
  std::vector<double> naive(predictive.size());
  for (std::size_t i = 0; i < strings.size(); ++i) {
    const NaiveNetwork network(spec, strings[i]);
    CHECK(costs[i] == Approx(network.cost(data)).margin(tolerance).epsilon(tolerance));
    for (std::size_t row = 0; row < data.rows(); ++row) {
      const auto prediction = network.prediction(data.row(row));
      for (std::size_t k = 0; k < prediction.size(); ++k) naive[row * prediction.size() + k] += prediction[k] / 7;
    }
  }
  for (std::size_t i = 0; i < naive.size(); ++i) REQUIRE(predictive[i] == Approx(naive[i]).margin(tolerance));
}

}  // namespace

TEST_CASE("bits in common are counted right, with and without an instruction for it") {
  RandomStream random = test_stream(6000);
  for (const std::size_t words : {1, 2, 13, 31, 32, 70}) {
    const std::size_t columns = 3 * bit_column_block;
    std::vector<std::uint64_t> panel(words * tile_width), weights(columns * words);
    for (auto* bits : {&panel, &weights})
      for (std::uint64_t& word : *bits) word = below(random, 4) == 0 ? ~std::uint64_t{0} : random();
    std::vector<std::int64_t> counts(columns * tile_width), portable(counts.size());
    count_common_bits(panel.data(), words, weights.data(), columns, counts.data());
    count_common_bits_portably(panel.data(), words, weights.data(), columns, portable.data());
    for (std::size_t c = 0; c < columns; ++c)
      for (std::size_t row = 0; row < tile_width; ++row) {
        std::int64_t expected = 0;
        for (std::size_t w = 0; w < words; ++w)
          expected +=
              std::popcount(panel[w * tile_width + row] &
                            weights[(c / bit_column_block * words + w) * bit_column_block + c % bit_column_block]);
        REQUIRE(counts[c * tile_width + row] == expected);
        REQUIRE(portable[c * tile_width + row] == expected);
      }
  }
}

TEST_CASE("networks that read two-valued inputs agree with the definition") {
  RandomStream random = test_stream(6001);
  for (const std::size_t inputs : {31, 32, 63, 64, 65, 130})
    for (const ValueMap data_values : {ValueMap{-1, 1}, ValueMap{0, 1}, ValueMap{0.3, -1.7}})
      for (const ValueMap values : {ValueMap{-1, 1}, ValueMap{-3, 1}, ValueMap{0, 0.7}}) {
        INFO(inputs << " inputs " << data_values.zero << " " << values.zero);
        NetworkSpec spec;
        spec.widths = {inputs, 1};
        spec.values = {values, {-0.5, 0.25}};
        require_definition(random, spec, two_valued_data(random, spec, 37, data_values), 1e-12);
        spec.widths = {inputs, 3, 3};
        spec.output = OutputKind::softmax;
        spec.activations = {Activation::tanh};
        require_definition(random, spec, two_valued_data(random, spec, 21, data_values), 1e-12);
      }
}

TEST_CASE("deep networks of two-valued activations agree with the definition") {
  RandomStream random = test_stream(6002);
  for (const Activation activation : {Activation::sign, Activation::step})
    for (const bool search_units : {false, true})
      for (const bool bits : {false, true}) {
        NetworkSpec spec;
        spec.widths = {40, 70, 33, 2};
        spec.output = OutputKind::softmax;
        spec.activations = {activation};
        spec.search_units = search_units;
        spec.values = {{-0.1, 0.1}};
        const Dataset data = bits ? two_valued_data(random, spec, 35, {-1, 1}) : draw_data(random, spec, 35);
        require_definition(random, spec, data, 1e-12);
      }
}

TEST_CASE("inputs that are all the same number, or of three numbers, make no difference") {
  RandomStream random = test_stream(6003);
  NetworkSpec spec;
  spec.widths = {50, 1};
  Dataset data = two_valued_data(random, spec, 20, {2.5, 2.5});
  require_definition(random, spec, data, 1e-12);
  data.inputs.back() = -1;
  require_definition(random, spec, data, 1e-12);
  data.inputs.front() = 4;
  require_definition(random, spec, data, 1e-12);
}

TEST_CASE("a network of weights that are not its two values is not taken for one") {
  BinaryNetwork network;
  network.layers = {{40, 1, std::vector<double>(40, 1.0), {0.5}, {1}}};
  network.output = OutputKind::regression;
  network.layers[0].weights[3] = 0.25;
  Dataset data{40, std::vector<double>(40, 1.0), {0.0}};
  data.inputs[7] = -1;
  CHECK(network.outputs(data).front() == 38 + 0.25 - 1 + 0.5);
}
