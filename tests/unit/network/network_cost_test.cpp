#include "bornite/network/network_cost.hpp"

#include "naive_network.hpp"
#include "random_problem.hpp"

#include "bornite/util/parallel.hpp"
#include "catch.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

using namespace bornite;
using namespace bornite::test;

namespace {

NetworkCost cost_of(const NetworkSpec& spec, const Dataset& data) {
  return NetworkCost::create(Encoding::create(spec).value(), data).value();
}

std::vector<double> costs_of(const NetworkCost& cost, const BitstringList& strings) {
  std::vector<double> out(strings.size());
  cost.costs(strings, out).value();
  return out;
}

std::string story(const NetworkSpec& spec) {
  std::string text(to_string(spec.output));
  for (const std::size_t width : spec.widths) text += fmt::format(" {}", width);
  text += fmt::format(" {}{}", to_string(spec.loss), spec.biases ? " biases" : "");
  for (const Activation a : spec.activations) text += fmt::format(" {}", to_string(a));
  return text + (spec.search_units ? " units" : "") + (spec.values.size() > 1 ? " values" : "");
}

/// Compares both ways of the library with the definition, for all strings.
void require_agreement(const NetworkSpec& spec, const Dataset& data, double tolerance = 1e-12) {
  INFO(story(spec));
  const NetworkCost cost = cost_of(spec, data);
  const BitstringList strings = all_strings(cost.bits());
  const CostTable table = cost.enumerate().value();
  const std::vector<double> costs = costs_of(cost, strings);
  double worst_table = 0, worst_costs = 0;
  for (std::size_t k = 0; k < strings.size(); ++k) {
    const double naive = NaiveNetwork(spec, strings[k]).cost(data);
    worst_table = std::max(worst_table, std::abs(table[k] - naive) / std::max(1.0, naive));
    worst_costs = std::max(worst_costs, std::abs(costs[k] - naive) / std::max(1.0, naive));
  }
  CHECK(worst_table < tolerance);
  CHECK(worst_costs < tolerance);
}

}  // namespace

TEST_CASE("enumerated and single costs of random networks agree with the definition in plain loops") {
  for (std::uint32_t number = 0; number < 100; ++number) {
    RandomStream random = test_stream(number);
    const NetworkSpec spec = random_spec(random);
    require_agreement(spec, draw_data(random, spec, 1 + below(random, 20)));
  }
}

TEST_CASE("every loss of every output is right for a shallow, a hidden and a deep network") {
  RandomStream random = test_stream(1000);
  for (const OutputKind output : output_kinds)
    for (const Loss loss : loss_kinds)
      for (const std::size_t depth : {0, 1, 2}) {
        if (output == OutputKind::regression && loss != Loss::squared_error) continue;
        NetworkSpec spec;
        spec.widths = {2};
        spec.widths.insert(spec.widths.end(), depth, 2);
        spec.widths.push_back(output == OutputKind::softmax ? 3 : 1);
        if (output == OutputKind::softmax && depth == 2) spec.widths = {1, 1, 2, 3};
        spec.output = output;
        spec.loss = loss;
        spec.activations = {Activation::tanh};
        require_agreement(spec, draw_data(random, spec, 11));
      }
}

TEST_CASE("enumeration is right where halves, outer groups and blocks of rows all have several members") {
  RandomStream random = test_stream(1001);
  NetworkSpec spec;
  spec.widths = {16, 1};
  spec.values = {{-3, 1}};
  spec.reverse_qubits = true;
  const Dataset data = draw_data(random, spec, 4096 + 37);
  const NetworkCost cost = cost_of(spec, data);
  const CostTable table = cost.enumerate().value();
  BitstringList strings(17);
  for (std::size_t i = 0; i < 40; ++i) strings.push_back(random_string(random, 17));
  for (std::size_t i = 0; i < strings.size(); ++i) {
    const double naive = NaiveNetwork(spec, strings[i]).cost(data);
    CHECK(table[strings[i].index()] == Approx(naive).margin(0).epsilon(1e-12));
    CHECK(costs_of(cost, strings)[i] == Approx(naive).margin(0).epsilon(1e-12));
  }
}

TEST_CASE("the first paper's search over a 2-4-1 network agrees with the definition") {
  RandomStream random = test_stream(1002);
  NetworkSpec spec;
  spec.widths = {2, 4, 1};
  spec.activations = {Activation::relu, Activation::sigmoid};
  spec.loss = Loss::squared_error;
  spec.order = {"W1", "W2", "b2", "b1", "activation"};
  const Dataset data = draw_data(random, spec, 333);
  const NetworkCost cost = cost_of(spec, data);
  REQUIRE(cost.bits() == 18);
  const CostTable table = cost.enumerate().value();
  for (std::size_t i = 0; i < 200; ++i) {
    const Bitstring string = random_string(random, 18);
    CHECK(table[string.index()] == Approx(NaiveNetwork(spec, string).cost(data)).margin(0).epsilon(1e-12));
  }
}

TEST_CASE("a hidden unit with more bits than a table holds is enumerated too") {
  RandomStream random = test_stream(1003);
  NetworkSpec spec;
  spec.widths = {11, 1, 1};
  spec.search_units = true;
  spec.activations = {Activation::sigmoid};
  require_agreement(spec, draw_data(random, spec, 5));
  spec.widths = {1, 1, 7};
  spec.output = OutputKind::softmax;
  require_agreement(spec, draw_data(random, spec, 3));
}

TEST_CASE("logits far beyond the range of the exponential take a direct way to the same costs") {
  RandomStream random = test_stream(1004);
  for (const double scale : {30.0, 200.0, 3000.0})
    for (const OutputKind output : {OutputKind::binary, OutputKind::softmax})
      for (const Loss loss : loss_kinds) {
        NetworkSpec spec;
        spec.widths = {4, output == OutputKind::softmax ? std::size_t{2} : std::size_t{1}};
        spec.output = output;
        spec.loss = loss;
        require_agreement(spec, draw_data(random, spec, 66, scale));
      }
}

TEST_CASE("classes and signs that are tied on paper do not hang on rounding") {
  // 0.1 + 0.2 - 0.3 is 5.6e-17 in binary, 0.1 - 0.3 + 0.2 is 2.8e-17, and -0.3 + 0.2 + 0.1 is 2.8e-17 too: all mean 0.
  NetworkSpec spec;
  spec.widths = {3, 1};
  spec.biases = false;
  spec.loss = Loss::zero_one;
  Dataset data{3, {0.1, 0.2, 0.3, 0.2, 0.3, 0.1, -0.3, 0.2, 0.1}, {0, 0, 0}};
  for (const double target : {0.0, 1.0}) {
    data.targets = {target, target, target};
    const CostTable table = cost_of(spec, data).enumerate().value();
    const auto costs = costs_of(cost_of(spec, data), all_strings(3));
    for (const auto& [index, row] : {std::pair{0b011, 0}, {0b100, 0}, {0b101, 1}, {0b010, 1}, {0b111, 2}, {0b000, 2}}) {
      Dataset one{3, {data.inputs.begin() + 3 * row, data.inputs.begin() + 3 * row + 3}, {target}};
      CHECK(cost_of(spec, one).enumerate().value()[index] == target);  // class 0
      CHECK(costs_of(cost_of(spec, one), all_strings(3))[index] == target);
    }
    for (std::size_t k = 0; k < 8; ++k) CHECK(table[k] == costs[k]);
  }
}

TEST_CASE("costs are the same bits with one thread and with two") {
  RandomStream random = test_stream(1005);
  NetworkSpec spec;
  spec.widths = {3, 3, 1};
  const Dataset data = draw_data(random, spec, 9000);
  const NetworkCost cost = cost_of(spec, data);
  const BitstringList strings = all_strings(cost.bits());
  BitstringList some(cost.bits());
  for (std::size_t i = 0; i < 300; ++i) some.push_back(strings[i * 100]);
  const auto run = [&](std::size_t threads) {
    const ThreadLimit limit(threads);
    const CostTable table = cost.enumerate().value();
    std::vector<double> all(table.costs().begin(), table.costs().end());
    const auto single = costs_of(cost, some);
    all.insert(all.end(), single.begin(), single.end());
    return all;
  };
  const auto one = run(1), two = run(2);
  REQUIRE(one.size() == two.size());
  CHECK(std::memcmp(one.data(), two.data(), one.size() * sizeof(double)) == 0);
}

TEST_CASE("the cost of a string does not depend on the strings asked for with it") {
  RandomStream random = test_stream(1006);
  NetworkSpec spec;
  spec.widths = {6, 1};
  const NetworkCost cost = cost_of(spec, draw_data(random, spec, 50));
  const BitstringList strings = all_strings(7);
  const auto together = costs_of(cost, strings);
  for (std::size_t i = 0; i < strings.size(); i += 13) {
    BitstringList one(7);
    one.push_back(strings[i]);
    CHECK(costs_of(cost, one).front() == together[i]);
  }
  CHECK(costs_of(cost, BitstringList(7)).empty());
}

TEST_CASE("data that a network cannot learn from are refused with the reason") {
  NetworkSpec spec;
  spec.widths = {2, 1};
  const auto refusal = [&](const Dataset& data) {
    const auto result = NetworkCost::create(Encoding::create(spec).value(), data);
    REQUIRE(result.has_error());
    return describe(result.error());
  };
  CHECK_THAT(refusal(Dataset{2, {}, {}}), Catch::Contains("no rows"));
  CHECK_THAT(refusal(Dataset{3, {1, 2, 3}, {0}}), Catch::Contains("3 features") && Catch::Contains("2 inputs"));
  CHECK_THAT(refusal(Dataset{2, {1, 2, 3, 4}, {0, 2}}), Catch::Contains("target 2 of row 1"));
  CHECK_THAT(refusal(Dataset{2, {1, 2}, {-1}}), Catch::Contains("target -1 of row 0"));
  CHECK_THAT(refusal(Dataset{2, {1, 2}, {0.5}}), Catch::Contains("target 0.5 of row 0"));
  CHECK_THAT(refusal(Dataset{2, {1, 2}, {std::nan("")}}), Catch::Contains("row 0"));
  spec.output = OutputKind::regression;
  spec.loss = Loss::squared_error;
  CHECK_THAT(refusal(Dataset{2, {1, 2}, {std::numeric_limits<double>::infinity()}}), Catch::Contains("not finite"));
}

TEST_CASE("costs that overflow are refused") {
  NetworkSpec spec;
  spec.widths = {2, 1};
  const NetworkCost cost = cost_of(spec, Dataset{2, {1e308, 1e308}, {0}});
  std::vector<double> out(8);
  const auto costs = cost.costs(all_strings(3), out);
  REQUIRE(costs.has_error());
  CHECK(costs.error().kind == ErrorKind::numeric);
  CHECK(cost.enumerate().has_error());
}

TEST_CASE("a network too large to enumerate is refused with the memory it would take, but single costs work") {
  RandomStream random = test_stream(1007);
  NetworkSpec spec;
  spec.widths = {70, 1};
  const Dataset data = draw_data(random, spec, 20);
  const NetworkCost cost = cost_of(spec, data);
  const auto table = cost.enumerate();
  REQUIRE(table.has_error());
  CHECK(table.error().kind == ErrorKind::resource);
  CHECK_THAT(table.error().message, Catch::Contains("2^71") && Catch::Contains("GiB"));
  BitstringList strings(71);
  for (std::size_t i = 0; i < 5; ++i) strings.push_back(random_string(random, 71));
  const auto costs = costs_of(cost, strings);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(costs[i] == Approx(NaiveNetwork(spec, strings[i]).cost(data)).epsilon(1e-12));
  std::vector<double> too_few(4);
  CHECK_THROWS_AS(cost.costs(strings, too_few), std::invalid_argument);
  std::vector<double> one(1);
  BitstringList wrong(70);
  wrong.push_back(Bitstring(70));
  CHECK_THROWS_AS(cost.costs(wrong, one), std::invalid_argument);
}
