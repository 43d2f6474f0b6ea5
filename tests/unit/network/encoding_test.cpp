#include "bornite/network/encoding.hpp"

#include "random_problem.hpp"

#include "catch.hpp"

#include <rapidcheck/catch.h>

#include <limits>
#include <set>

using namespace bornite;
using namespace bornite::test;

namespace {

/// Every number of a network that a bit can decide, in a fixed order.
std::vector<double> numbers(const BinaryNetwork& network) {
  std::vector<double> all{static_cast<double>(network.activation), network.values.zero, network.values.one};
  for (const DenseLayer& layer : network.layers) {
    all.insert(all.end(), layer.weights.begin(), layer.weights.end());
    all.insert(all.end(), layer.biases.begin(), layer.biases.end());
    all.insert(all.end(), layer.exists.begin(), layer.exists.end());
  }
  return all;
}

Encoding encoding_of(const NetworkSpec& spec) { return Encoding::create(spec).value(); }

std::string refusal(const NetworkSpec& spec) {
  const auto result = Encoding::create(spec);
  REQUIRE(result.has_error());
  CHECK(result.error().kind == ErrorKind::configuration);
  return describe(result.error());
}

NetworkSpec shape(std::vector<std::size_t> widths) {
  NetworkSpec spec;
  spec.widths = std::move(widths);
  return spec;
}

/// The number in a network that a weight, bias or unit parameter decides, by its name.
double number_named(const BinaryNetwork& network, const std::string& name) {
  std::size_t layer = 0, first = 0, second = 0;
  if (std::sscanf(name.c_str(), "W%zu[%zu][%zu]", &layer, &first, &second) == 3) {
    const DenseLayer& into = network.layers[layer - 1];
    return into.weights[first * into.units + second];
  }
  if (std::sscanf(name.c_str(), "b%zu[%zu]", &layer, &first) == 2) return network.layers[layer - 1].biases[first];
  REQUIRE(std::sscanf(name.c_str(), "unit%zu[%zu]", &layer, &first) == 2);
  return network.layers[layer - 1].exists[first];
}

}  // namespace

TEST_CASE("flipping a weight, bias or unit bit changes the number of that name and no other") {
  rc::prop("", [] {
    RandomStream random = test_stream(*rc::gen::arbitrary<std::uint32_t>());
    const Encoding encoding = encoding_of(random_spec(random));
    const Bitstring string = random_string(random, encoding.bits());
    for (const Parameter& parameter : encoding.parameters()) {
      if (parameter.block == "activation" || parameter.block == "values") continue;
      Bitstring flipped = string;
      flipped.set(parameter.qubit, !string[parameter.qubit]);
      const auto before = encoding.decode(string), after = encoding.decode(flipped);
      RC_ASSERT(number_named(before, parameter.name) != number_named(after, parameter.name));
      std::size_t changes = 0;
      const auto a = numbers(before), b = numbers(after);
      for (std::size_t i = 0; i < a.size(); ++i) changes += a[i] != b[i] ? 1 : 0;
      RC_ASSERT(changes == 1U);
    }
  });
}

TEST_CASE("parameters have distinct names and sit on distinct qubits that fill the string") {
  rc::prop("", [] {
    RandomStream random = test_stream(*rc::gen::arbitrary<std::uint32_t>());
    const Encoding encoding = encoding_of(random_spec(random));
    std::set<std::string> names;
    std::set<std::size_t> qubits;
    for (const Parameter& parameter : encoding.parameters()) {
      names.insert(parameter.name);
      qubits.insert(parameter.qubit);
    }
    RC_ASSERT(names.size() == encoding.bits());
    RC_ASSERT(qubits.size() == encoding.bits());
    RC_ASSERT(*qubits.rbegin() == encoding.bits() - 1);
  });
}

TEST_CASE("reverse_qubits mirrors the string") {
  rc::prop("", [] {
    RandomStream random = test_stream(*rc::gen::arbitrary<std::uint32_t>());
    NetworkSpec spec = random_spec(random);
    spec.reverse_qubits = false;
    const Encoding forward = encoding_of(spec);
    spec.reverse_qubits = true;
    const Encoding backward = encoding_of(spec);
    const Bitstring string = random_string(random, forward.bits());
    Bitstring mirror(string.size());
    for (std::size_t i = 0; i < string.size(); ++i) mirror.set(string.size() - 1 - i, string[i]);
    RC_ASSERT(numbers(forward.decode(string)) == numbers(backward.decode(mirror)));
    for (std::size_t i = 0; i < string.size(); ++i)
      RC_ASSERT(backward.parameters()[i].qubit == string.size() - 1 - forward.parameters()[i].qubit);
  });
}

TEST_CASE("the accessors of single bits agree with the names") {
  NetworkSpec spec = shape({3, 2, 4, 2});
  spec.output = OutputKind::softmax;
  spec.search_units = true;
  spec.order = {"b3", "units", "W2", "W1", "b1", "b2", "W3"};
  const Encoding encoding = encoding_of(spec);
  for (const Parameter& parameter : encoding.parameters()) {
    std::size_t layer = 0, first = 0, second = 0;
    if (std::sscanf(parameter.name.c_str(), "W%zu[%zu][%zu]", &layer, &first, &second) == 3)
      CHECK(encoding.weight_qubit(layer - 1, first, second) == parameter.qubit);
    else if (std::sscanf(parameter.name.c_str(), "b%zu[%zu]", &layer, &first) == 2)
      CHECK(encoding.bias_qubit(layer - 1, first) == parameter.qubit);
    else if (std::sscanf(parameter.name.c_str(), "unit%zu[%zu]", &layer, &first) == 2)
      CHECK(encoding.unit_qubit(layer - 1, first) == parameter.qubit);
  }
}

TEST_CASE("the paper's 2-4-1 network is laid out as the paper says") {
  NetworkSpec spec = shape({2, 4, 1});
  spec.activations = {Activation::relu, Activation::sigmoid};
  spec.order = {"W1", "W2", "b2", "b1", "activation"};
  const Encoding encoding = encoding_of(spec);
  REQUIRE(encoding.bits() == 18);
  const auto parameters = encoding.parameters();
  CHECK(parameters[5].name == "W1[1][1]");
  CHECK(parameters[8].name == "W2[0][0]");
  CHECK(parameters[12].name == "b2[0]");
  CHECK(parameters[13].name == "b1[0]");
  CHECK(parameters[17].name == "activation[0]");
  CHECK(parameters[17].qubit == 17);
  CHECK(encoding.decode(Bitstring(18)).activation == Activation::relu);
  CHECK(encoding.decode(Bitstring::from_index(18, 1U << 17)).activation == Activation::sigmoid);
  spec.reverse_qubits = true;
  CHECK(encoding_of(spec).parameters()[17].qubit == 0);
}

TEST_CASE("bits that choose are read most significant first, as printed") {
  NetworkSpec spec = shape({16, 1});
  spec.values = {{0, 1}, {-1, 1}, {-2, 1}, {-3, 1}};
  const Encoding encoding = encoding_of(spec);
  REQUIRE(encoding.bits() == 19);
  const auto chosen = [&](const char* last_bits) {
    return encoding.decode(Bitstring::from_text(std::string(17, '0') + last_bits).value()).values;
  };
  CHECK(chosen("00") == ValueMap{0, 1});
  CHECK(chosen("01") == ValueMap{-1, 1});
  CHECK(chosen("10") == ValueMap{-2, 1});
  CHECK(chosen("11") == ValueMap{-3, 1});
  CHECK(encoding.decode(Bitstring::from_text(std::string(17, '0') + "10").value()).layers[0].weights[3] == -2);
}

TEST_CASE("a network of 238,510 bits is decoded") {
  NetworkSpec spec = shape({784, 300, 10});
  spec.output = OutputKind::softmax;
  const Encoding encoding = encoding_of(spec);
  REQUIRE(encoding.bits() == 784 * 300 + 300 + 300 * 10 + 10);
  Bitstring string(encoding.bits());
  string.set(encoding.weight_qubit(0, 783, 299), true);
  string.set(encoding.bias_qubit(1, 9), true);
  const BinaryNetwork network = encoding.decode(string);
  double ones = 0;
  for (const DenseLayer& layer : network.layers) {
    for (const double w : layer.weights) ones += w == 1 ? 1 : 0;
    for (const double b : layer.biases) ones += b == 1 ? 1 : 0;
  }
  CHECK(ones == 2);
  CHECK(network.layers[0].weights.back() == 1);
  CHECK(network.layers[1].biases.back() == 1);
  CHECK_THROWS_AS(encoding.decode(Bitstring(5)), std::invalid_argument);
}

TEST_CASE("impossible networks are refused with what is wrong and what to do") {
  using Catch::Contains;
  CHECK_THAT(refusal(shape({})), Contains("fewer than two"));
  CHECK_THAT(refusal(shape({3})), Contains("[3]") && Contains("fewer than two"));
  CHECK_THAT(refusal(shape({3, 0, 1})), Contains("Width 1 of the network widths [3, 0, 1] is 0"));
  CHECK_THAT(refusal(shape({std::size_t{1} << 40, std::size_t{1} << 40, 1})), Contains("2^32"));
  CHECK_THAT(refusal(shape({3, 2})), Contains("binary output is one unit") && Contains("softmax"));

  NetworkSpec softmax = shape({3, 1});
  softmax.output = OutputKind::softmax;
  CHECK_THAT(refusal(softmax), Contains("last width is 1"));

  for (const Loss loss : {Loss::cross_entropy, Loss::zero_one}) {
    NetworkSpec regression = shape({3, 1});
    regression.output = OutputKind::regression;
    regression.loss = loss;
    CHECK_THAT(refusal(regression), Contains(std::string(to_string(loss))) && Contains("regression"));
  }

  NetworkSpec choices = shape({3, 2, 1});
  choices.activations = {Activation::relu, Activation::tanh, Activation::sign};
  CHECK_THAT(refusal(choices), Contains("3 choices of activations") && Contains("power of two"));
  choices.activations = {};
  CHECK_THAT(refusal(choices), Contains("0 choices of activations"));
  choices = shape({3, 2, 1});
  choices.values = {{0, 1}, {-1, 1}, {-2, 1}};
  CHECK_THAT(refusal(choices), Contains("3 choices of values"));
  choices.values = {};
  CHECK_THAT(refusal(choices), Contains("0 choices of values"));

  NetworkSpec shallow = shape({3, 1});
  shallow.activations = {Activation::relu, Activation::tanh};
  CHECK_THAT(refusal(shallow), Contains("no hidden layer"));
  shallow = shape({3, 1});
  shallow.search_units = true;
  CHECK_THAT(refusal(shallow), Contains("no hidden layer"));

  NetworkSpec values = shape({3, 1});
  values.values = {{1, std::numeric_limits<double>::infinity()}};
  CHECK_THAT(refusal(values), Contains("[1, inf]"));
  values.values = {{2, 2}};
  CHECK_THAT(refusal(values), Contains("[2, 2]"));
}

TEST_CASE("an order that is not a permutation of the blocks is refused with their list") {
  using Catch::Contains;
  NetworkSpec spec = shape({3, 2, 1});
  spec.search_units = true;
  const std::string list = "W1, b1, W2, b2, units";
  spec.order = {"W1", "W2", "b2", "units"};
  CHECK_THAT(refusal(spec), Contains("misses \"b1\"") && Contains(list));
  spec.order = {"W1", "W1", "b1", "W2", "b2", "units"};
  CHECK_THAT(refusal(spec), Contains("\"W1\" twice") && Contains(list));
  spec.order = {"W1", "b1", "W2", "b2", "units", "activation"};
  CHECK_THAT(refusal(spec), Contains("\"activation\"") && Contains(list));
}

TEST_CASE("names of activations, outputs and losses round-trip, and others are refused with the choices") {
  for (const Activation a : activation_kinds) CHECK(parse_activation(to_string(a)).value() == a);
  for (const OutputKind o : output_kinds) CHECK(parse_output_kind(to_string(o)).value() == o);
  for (const Loss l : loss_kinds) CHECK(parse_loss(to_string(l)).value() == l);
  CHECK(describe(parse_activation("ReLU").error()) ==
        "There is no activation named \"ReLU\". Choose sign, step, relu, sigmoid or tanh.");
  CHECK_THAT(describe(parse_output_kind("").error()), Catch::Contains("binary, softmax or regression"));
  CHECK_THAT(describe(parse_loss("mse").error()), Catch::Contains("cross_entropy, squared_error or zero_one"));
}
