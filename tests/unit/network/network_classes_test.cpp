// Networks that have equal costs for a reason that an enumeration makes use of.

#include "bornite/network/network_cost.hpp"
#include "bornite/network/prediction.hpp"

#include "naive_network.hpp"
#include "random_problem.hpp"

#include "catch.hpp"

#include <numeric>

using namespace bornite;
using namespace bornite::test;

namespace {

/// The string whose last hidden layer has its units in another order: unit u moves to order[u].
Bitstring permuted(const Encoding& encoding, BitstringView string, std::span<const std::size_t> order) {
  const NetworkSpec& spec = encoding.spec();
  const std::size_t layer = spec.widths.size() - 3;
  Bitstring result(string);
  for (std::size_t u = 0; u < order.size(); ++u) {
    for (std::size_t i = 0; i < spec.widths[layer]; ++i)
      result.set(encoding.weight_qubit(layer, i, order[u]), string[encoding.weight_qubit(layer, i, u)]);
    for (std::size_t k = 0; k < spec.widths.back(); ++k)
      result.set(encoding.weight_qubit(layer + 1, order[u], k), string[encoding.weight_qubit(layer + 1, u, k)]);
    if (spec.biases) result.set(encoding.bias_qubit(layer, order[u]), string[encoding.bias_qubit(layer, u)]);
    if (spec.search_units) result.set(encoding.unit_qubit(layer, order[u]), string[encoding.unit_qubit(layer, u)]);
  }
  return result;
}

NetworkSpec spec_of(std::vector<std::size_t> widths, bool biases, bool search_units) {
  NetworkSpec spec;
  spec.widths = std::move(widths);
  spec.biases = biases;
  spec.search_units = search_units;
  spec.activations = {Activation::relu, Activation::sigmoid};
  if (spec.widths.back() > 1) spec.output = OutputKind::softmax;
  return spec;
}

/// Shapes whose exchanged units fill one half, two, and all parts of an enumeration, and one that is too large to.
const std::vector<NetworkSpec> specs{spec_of({2, 2, 1}, true, true),   spec_of({1, 5, 1}, true, false),
                                     spec_of({1, 6, 1}, false, false), spec_of({1, 3, 2}, true, false),
                                     spec_of({3, 3, 1}, true, false),  spec_of({1, 2, 3, 1}, false, false),
                                     spec_of({7, 2, 1}, false, false), spec_of({1, 4, 1}, true, true)};

}  // namespace

TEST_CASE("networks that differ by the order of hidden units have the same bits of cost in a table") {
  for (std::uint32_t number = 0; number < specs.size(); ++number) {
    RandomStream random = test_stream(4000 + number);
    const NetworkSpec& spec = specs[number];
    INFO("case " << number);
    const Encoding encoding = Encoding::create(spec).value();
    const Dataset data = draw_data(random, spec, 70);
    const CostTable table = NetworkCost::create(encoding, data).value().enumerate().value();
    std::vector<std::size_t> order(spec.widths[spec.widths.size() - 2]);
    for (std::size_t i = 0; i < 200; ++i) {
      const Bitstring string = random_string(random, encoding.bits());
      std::iota(order.begin(), order.end(), std::size_t{0});
      for (std::size_t u = order.size(); u > 1; --u) std::swap(order[u - 1], order[below(random, u)]);
      REQUIRE(table[string.index()] == table[permuted(encoding, string, order).index()]);
      REQUIRE(table[string.index()] == Approx(NaiveNetwork(spec, string).cost(data)).margin(1e-12).epsilon(1e-12));
    }
  }
}

TEST_CASE("every loss of every output is right where hidden units are exchanged") {
  RandomStream random = test_stream(4100);
  for (const OutputKind output : output_kinds)
    for (const Loss loss : loss_kinds)
      for (const double scale : {1.0, 500.0}) {  // by exponentials, and by sums too large for them
        if (output == OutputKind::regression && loss != Loss::squared_error) continue;
        NetworkSpec spec =
            spec_of({1, 4, output == OutputKind::softmax ? std::size_t{2} : std::size_t{1}}, true, false);
        spec.output = output;
        spec.loss = loss;
        const Encoding encoding = Encoding::create(spec).value();
        const Dataset data = draw_data(random, spec, 35, scale);
        const CostTable table = NetworkCost::create(encoding, data).value().enumerate().value();
        for (std::size_t i = 0; i < 200; ++i) {
          const Bitstring string = random_string(random, encoding.bits());
          REQUIRE(table[string.index()] == Approx(NaiveNetwork(spec, string).cost(data)).margin(1e-12).epsilon(1e-12));
        }
      }
}

TEST_CASE("the posterior predictive counts every network whose hidden units are in another order") {
  for (std::uint32_t number = 0; number < specs.size(); ++number) {
    const NetworkSpec& spec = specs[number];
    RandomStream random = test_stream(4200 + number);
    const Encoding encoding = Encoding::create(spec).value();
    if (encoding.bits() > 15) continue;  // the plain loops take too long
    const Dataset data = draw_data(random, spec, 2);
    const BitstringList strings = all_strings(encoding.bits());
    const std::size_t width = spec.widths.back();
    std::vector<double> weights, naive(data.rows() * width);
    for (std::size_t s = 0; s < strings.size(); ++s) {
      weights.push_back(random.uniform() / static_cast<double>(strings.size()));
      const NaiveNetwork network(spec, strings[s]);
      for (std::size_t row = 0; row < data.rows(); ++row)
        for (std::size_t k = 0; k < width; ++k)
          naive[row * width + k] += weights[s] * network.prediction(data.row(row))[k];
    }
    const auto predictive = posterior_predictive(encoding, data, strings, weights).value();
    for (std::size_t i = 0; i < naive.size(); ++i) REQUIRE(predictive[i] == Approx(naive[i]).margin(1e-12));
  }
}
