#include "bornite/network/prediction.hpp"

#include "naive_network.hpp"
#include "random_problem.hpp"

#include "bornite/util/parallel.hpp"
#include "catch.hpp"

#include <limits>

using namespace bornite;
using namespace bornite::test;

TEST_CASE("the posterior predictive is the weighted sum of the networks' predictions") {
  for (std::uint32_t number = 0; number < 60; ++number) {
    RandomStream random = test_stream(3000 + number);
    const NetworkSpec spec = random_spec(random);
    const Encoding encoding = Encoding::create(spec).value();
    const Dataset data = draw_data(random, spec, 1 + below(random, 150));
    const std::size_t width = spec.widths.back();
    BitstringList strings(encoding.bits());
    std::vector<double> weights, naive(data.rows() * width);
    for (std::size_t s = 0; s < 1 + below(random, 200); ++s) {
      strings.push_back(random_string(random, encoding.bits()));
      weights.push_back(below(random, 5) == 0 ? 0.0 : 2 * random.uniform());
      const NaiveNetwork network(spec, strings[s]);
      for (std::size_t row = 0; row < data.rows(); ++row)
        for (std::size_t k = 0; k < width; ++k)
          naive[row * width + k] += weights[s] * network.prediction(data.row(row))[k];
    }
    const auto predictive = posterior_predictive(encoding, data, strings, weights).value();
    REQUIRE(predictive.size() == naive.size());
    for (std::size_t i = 0; i < naive.size(); ++i)
      REQUIRE(predictive[i] == Approx(naive[i]).margin(1e-12).epsilon(1e-12));
  }
}

TEST_CASE("more strings than one batch holds are all counted") {
  NetworkSpec spec;
  spec.widths = {3, 1};
  spec.biases = false;
  const Encoding encoding = Encoding::create(spec).value();
  const Dataset data{3, {0.3, -1, 2, 1, 1, 0.5}, {0, 0}};
  BitstringList strings(3);
  std::vector<double> weights;
  for (std::size_t i = 0; i < 10000; ++i) {
    strings.push_back(Bitstring::from_index(3, i % 5));
    weights.push_back(1.0 / 10000);
  }
  const auto many = posterior_predictive(encoding, data, strings, weights).value();
  BitstringList five(3);
  for (std::size_t i = 0; i < 5; ++i) five.push_back(strings[i]);
  const auto few = posterior_predictive(encoding, data, five, std::vector<double>(5, 0.2)).value();
  for (std::size_t i = 0; i < 2; ++i) CHECK(many[i] == Approx(few[i]).epsilon(1e-12));
}

TEST_CASE("the posterior predictive over all strings agrees with plain loops") {
  const std::vector<std::vector<std::size_t>> shapes{{1, 1}, {9, 1},    {2, 2, 1},   {10, 1, 1},
                                                     {3, 3}, {1, 2, 3}, {1, 1, 2, 1}};
  for (std::uint32_t number = 0; number < 28; ++number) {
    RandomStream random = test_stream(3200 + number);
    NetworkSpec spec = random_spec(random);
    spec.widths = shapes[number % shapes.size()];
    spec.output = spec.widths.back() > 1 ? OutputKind::softmax : OutputKind::binary;
    spec.loss = Loss::cross_entropy;
    spec.search_units = spec.widths.size() > 2;
    spec.activations.resize(1);
    const double scale = number < 14 ? 1 : number < 21 ? 60 : 1000;  // the last overflow any exponential
    const Encoding encoding = Encoding::create(spec).value();
    const Dataset data = draw_data(random, spec, 1 + below(random, 40), scale);
    const std::size_t width = spec.widths.back();
    const BitstringList strings = all_strings(encoding.bits());
    std::vector<double> weights, naive(data.rows() * width);
    double sum = 0;
    for (std::size_t s = 0; s < strings.size(); ++s) {
      weights.push_back(random.uniform());
      sum += weights.back();
      const NaiveNetwork network(spec, strings[s]);
      for (std::size_t row = 0; row < data.rows(); ++row) {
        const auto prediction = network.prediction(data.row(row));
        for (std::size_t k = 0; k < width; ++k) naive[row * width + k] += weights[s] * prediction[k];
      }
    }
    const auto predictive = posterior_predictive(encoding, data, strings, weights).value();
    REQUIRE(predictive.size() == naive.size());
    for (std::size_t i = 0; i < naive.size(); ++i)
      REQUIRE(predictive[i] / sum == Approx(naive[i] / sum).margin(1e-12).epsilon(1e-12));
  }
}

TEST_CASE("the posterior predictive is the same bits with one thread and with two") {
  RandomStream random = test_stream(3100);
  NetworkSpec spec;
  spec.widths = {3, 2, 1};
  const Encoding encoding = Encoding::create(spec).value();
  const Dataset data = draw_data(random, spec, 700);
  for (const std::size_t count : {100, 2000}) {  // on their own, and by tables
    BitstringList strings(encoding.bits());
    std::vector<double> weights;
    for (std::size_t i = 0; i < count; ++i) {
      strings.push_back(random_string(random, encoding.bits()));
      weights.push_back(random.uniform());
    }
    const auto run = [&](std::size_t threads) {
      const ThreadLimit limit(threads);
      return posterior_predictive(encoding, data, strings, weights).value();
    };
    CHECK(run(1) == run(2));
  }
}

TEST_CASE("the posterior predictive refuses data and weights that do not fit") {
  NetworkSpec spec;
  spec.widths = {3, 1};
  const Encoding encoding = Encoding::create(spec).value();
  BitstringList strings(4);
  strings.push_back(Bitstring(4));
  const std::vector<double> one{1.0}, two{0.5, 0.5};
  const auto refused = posterior_predictive(encoding, Dataset{2, {1, 2}, {0}}, strings, one);
  REQUIRE(refused.has_error());
  CHECK_THAT(refused.error().message, Catch::Contains("2 features") && Catch::Contains("3 inputs"));
  const Dataset data{3, {1, 2, 3}, {0}};
  CHECK_THROWS_AS(posterior_predictive(encoding, data, strings, two), std::invalid_argument);
  BitstringList wrong(5);
  wrong.push_back(Bitstring(5));
  CHECK_THROWS_AS(posterior_predictive(encoding, data, wrong, one), std::invalid_argument);
  CHECK(posterior_predictive(encoding, data, BitstringList(4), {}).value() == std::vector<double>{0.0});
}
