#include "bornite/network/binary_network.hpp"

#include "naive_network.hpp"
#include "random_problem.hpp"

#include "bornite/network/encoding.hpp"
#include "catch.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// One input that goes through one unit of the activation and leaves as it is.
BinaryNetwork through(Activation activation) {
  return {{{1, 1, {1}, {0}, {1}}, {1, 1, {1}, {0}, {1}}}, activation, {-1, 1}, OutputKind::regression};
}

}  // namespace

TEST_CASE("outputs and mean losses of random networks agree with plain loops") {
  for (std::uint32_t number = 0; number < 100; ++number) {
    RandomStream random = test_stream(2000 + number);
    NetworkSpec spec = random_spec(random);
    if (number % 10 == 0) {
      spec.widths = {20, 17, 9, spec.widths.back()};
      spec.activations = {Activation::tanh};
    }
    const Encoding encoding = Encoding::create(spec).value();
    const Bitstring string = random_string(random, encoding.bits());
    const Dataset data = draw_data(random, spec, 1 + below(random, 300));
    const BinaryNetwork network = encoding.decode(string);
    const NaiveNetwork naive(spec, string);
    const auto outputs = network.outputs(data);
    const std::size_t width = spec.widths.back();
    REQUIRE(outputs.size() == data.rows() * width);
    for (std::size_t row = 0; row < data.rows(); ++row)
      for (std::size_t k = 0; k < width; ++k)
        REQUIRE(outputs[row * width + k] == Approx(naive.prediction(data.row(row))[k]).margin(1e-13).epsilon(1e-12));
    CHECK(network.mean_loss(data, spec.loss) == Approx(naive.cost(data)).margin(1e-13).epsilon(1e-12));
  }
}

TEST_CASE("activations are exact to a few digits of the last place over the whole range of their argument") {
  Dataset data{1, {}, {}};
  for (double z = -50; z <= 50; z += 0.37) data.inputs.push_back(z);
  for (const double z : {0.0, -0.0, 1e-300, -1e-12, 0.41421356, 708.5, -708.5, 745.0, -745.0, 1e4, -1e4, 1e300, -1e300})
    data.inputs.push_back(z);
  data.targets.assign(data.inputs.size(), 0);
  const auto check = [&](Activation activation, auto exact) {
    const auto outputs = through(activation).outputs(data);
    for (std::size_t i = 0; i < data.rows(); ++i) {
      INFO(to_string(activation) << " of " << data.inputs[i]);
      CHECK(outputs[i] == Approx(exact(data.inputs[i])).epsilon(4e-15).margin(4e-16));
    }
  };
  check(Activation::relu, [](double z) { return z > 0 ? z : 0.0; });
  check(Activation::sigmoid, [](double z) { return 1 / (1 + std::exp(-z)); });
  check(Activation::tanh, [](double z) { return std::tanh(z); });
  check(Activation::sign, [](double z) { return z >= -1e-10 ? 1.0 : -1.0; });
  check(Activation::step, [](double z) { return z >= -1e-10 ? 1.0 : 0.0; });
}

TEST_CASE("the cross-entropy is exact for logits of any size") {
  const BinaryNetwork network{{{1, 1, {1}, {0}, {1}}}, Activation::relu, {-1, 1}, OutputKind::binary};
  for (const double z : {0.0, 1e-9, 0.3, 0.8813735870195430, 1.0, 5.0, 36.0, 40.0, 700.0, 1000.0, 1e9})
    for (const double x : {z, -z})
      for (const double target : {0.0, 1.0}) {
        const double against = target == 1 ? -x : x;
        const double exact = against > 0 ? against + std::log1p(std::exp(-against)) : std::log1p(std::exp(against));
        INFO("logit " << x << ", class " << target);
        CHECK(network.mean_loss(Dataset{1, {x}, {target}}, Loss::cross_entropy) ==
              Approx(exact).epsilon(4e-15).margin(1e-300));
      }
}

TEST_CASE("an absent unit outputs nothing, whatever its activation") {
  BinaryNetwork network = through(Activation::sigmoid);
  network.layers[0].exists = {0};
  network.layers[1].biases = {0.25};
  CHECK(network.outputs(Dataset{1, {3.0}, {0}}) == std::vector<double>{0.25});
}

TEST_CASE("a tie between classes goes to the first") {
  const BinaryNetwork binary{{{1, 1, {1}, {0}, {1}}}, Activation::relu, {-1, 1}, OutputKind::binary};
  CHECK(binary.mean_loss(Dataset{1, {0.0}, {0}}, Loss::zero_one) == 0);
  CHECK(binary.mean_loss(Dataset{1, {0.0}, {1}}, Loss::zero_one) == 1);
  CHECK(binary.mean_loss(Dataset{1, {1e-9}, {1}}, Loss::zero_one) == 0);
  const BinaryNetwork softmax{{{1, 3, {0, 1, 1}, {0, 0, 0}, {1, 1, 1}}}, Activation::relu, {0, 1}, OutputKind::softmax};
  CHECK(softmax.mean_loss(Dataset{1, {2.0}, {1}}, Loss::zero_one) == 0);
  CHECK(softmax.mean_loss(Dataset{1, {2.0}, {2}}, Loss::zero_one) == 1);
  CHECK(softmax.mean_loss(Dataset{1, {0.0}, {0}}, Loss::zero_one) == 0);
}

TEST_CASE("the predicted class follows the rule of the zero_one loss") {
  const auto predicted = [](OutputKind output, std::vector<double> p) { return predicted_class(output, p); };
  CHECK(predicted(OutputKind::binary, {0.5}) == 0);
  CHECK(predicted(OutputKind::binary, {0.5 + 1e-14}) == 0);
  CHECK(predicted(OutputKind::binary, {0.5 + 1e-9}) == 1);
  CHECK(predicted(OutputKind::softmax, {0.2, 0.4, 0.4}) == 1);
  CHECK(predicted(OutputKind::softmax, {0.2, 0.3, 0.5}) == 2);
  CHECK_THROWS_AS(predicted(OutputKind::regression, {0.2}), std::invalid_argument);
  CHECK_THROWS_AS(predicted(OutputKind::softmax, {}), std::invalid_argument);
}

TEST_CASE("a network refuses data of another shape and losses of another output") {
  const BinaryNetwork network = through(Activation::relu);
  CHECK_THROWS_AS(network.outputs(Dataset{2, {1, 2}, {0}}), std::invalid_argument);
  CHECK_THROWS_AS(network.mean_loss(Dataset{2, {1, 2}, {0}}, Loss::squared_error), std::invalid_argument);
  CHECK_THROWS_AS(network.mean_loss(Dataset{1, {}, {}}, Loss::squared_error), std::invalid_argument);
  CHECK_THROWS_AS(network.mean_loss(Dataset{1, {1}, {0}}, Loss::zero_one), std::invalid_argument);
  CHECK(network.outputs(Dataset{1, {}, {}}).empty());
}
