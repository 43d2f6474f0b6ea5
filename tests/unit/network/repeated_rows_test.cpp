// Data with equal rows: what they cost and what is predicted for them.

#include "bornite/network/network_cost.hpp"
#include "bornite/network/prediction.hpp"

#include "naive_network.hpp"
#include "random_problem.hpp"

#include "catch.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// Few different inputs, in any order; the first one makes up half of the rows.
Dataset repeated_data(RandomStream& random, const NetworkSpec& spec, std::size_t different, std::size_t rows,
                      double scale) {
  const Dataset some = draw_data(random, spec, different, scale);
  const Dataset targets = draw_data(random, spec, rows);
  Dataset data{.features = some.features};
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t from = below(random, 2) == 0 ? 0 : below(random, different);
    data.inputs.insert(data.inputs.end(), some.row(from).begin(), some.row(from).end());
    data.targets.push_back(spec.output == OutputKind::regression ? some.targets[from] : targets.targets[row]);
  }
  return data;
}

}  // namespace

TEST_CASE("equal rows count as often as they occur, for every output and loss and for logits of any size") {
  RandomStream random = test_stream(5000);
  for (const OutputKind output : output_kinds)
    for (const Loss loss : loss_kinds)
      for (const double scale : {1.0, 400.0})
        for (const std::size_t different : {1, 3, 150}) {
          if (output == OutputKind::regression && loss != Loss::squared_error) continue;
          NetworkSpec spec;
          spec.widths = {2, 2, output == OutputKind::softmax ? std::size_t{2} : std::size_t{1}};
          spec.output = output;
          spec.loss = loss;
          const Dataset data = repeated_data(random, spec, different, 300, scale);
          const Encoding encoding = Encoding::create(spec).value();
          const NetworkCost cost = NetworkCost::create(encoding, data).value();
          const CostTable table = cost.enumerate().value();
          BitstringList strings(encoding.bits());
          for (std::size_t i = 0; i < 50; ++i) strings.push_back(random_string(random, encoding.bits()));
          std::vector<double> costs(strings.size());
          cost.costs(strings, costs).value();
          for (std::size_t i = 0; i < strings.size(); ++i) {
            const double naive = NaiveNetwork(spec, strings[i]).cost(data);
            CHECK(costs[i] == Approx(naive).margin(1e-12).epsilon(1e-12));
            CHECK(table[strings[i].index()] == Approx(naive).margin(1e-12).epsilon(1e-12));
          }
        }
}

TEST_CASE("rows that differ by the sign of a zero or by the target alone are told apart where it matters") {
  NetworkSpec spec;
  spec.widths = {2, 1};
  const Dataset data{2, {0.0, 1, -0.0, 1, 0.0, 1, 1, 0.0}, {1, 1, 0, 1}};
  const NetworkCost cost = NetworkCost::create(Encoding::create(spec).value(), data).value();
  const CostTable table = cost.enumerate().value();
  const BitstringList strings = all_strings(3);
  for (std::size_t k = 0; k < strings.size(); ++k)
    CHECK(table[k] == Approx(NaiveNetwork(spec, strings[k]).cost(data)).epsilon(1e-14));
}

TEST_CASE("equal rows get equal predictions, each in its place") {
  RandomStream random = test_stream(5001);
  NetworkSpec spec;
  spec.widths = {2, 1, 3};
  spec.output = OutputKind::softmax;
  const Encoding encoding = Encoding::create(spec).value();
  const Dataset data = repeated_data(random, spec, 5, 40, 1);
  for (const std::size_t count : {10, 2000}) {  // on their own, and by tables
    BitstringList strings(encoding.bits());
    std::vector<double> naive(data.rows() * 3);
    for (std::size_t i = 0; i < count; ++i) {
      strings.push_back(random_string(random, encoding.bits()));
      const NaiveNetwork network(spec, strings[i]);
      for (std::size_t row = 0; row < data.rows(); ++row) {
        const auto prediction = network.prediction(data.row(row));
        for (std::size_t k = 0; k < 3; ++k) naive[row * 3 + k] += prediction[k] / static_cast<double>(count);
      }
    }
    const std::vector<double> weights(count, 1 / static_cast<double>(count));
    const auto predictive = posterior_predictive(encoding, data, strings, weights).value();
    REQUIRE(predictive.size() == naive.size());
    for (std::size_t i = 0; i < naive.size(); ++i) CHECK(predictive[i] == Approx(naive[i]).margin(1e-12));
  }
}
