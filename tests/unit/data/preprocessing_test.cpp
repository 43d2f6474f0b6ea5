#include "bornite/data/preprocessing.hpp"

#include "bornite/util/random.hpp"
#include "catch.hpp"
#include "files.hpp"

#include <cmath>
#include <numeric>

using namespace bornite;
using namespace bornite_test;
using Numbers = std::vector<double>;
using Steps = std::vector<std::string>;

namespace {

Result<void> run(const Steps& steps, DataSplit& data) {
  BORNITE_TRY(const Preprocessing preprocessing, Preprocessing::parse(steps));
  return preprocessing.apply(data);
}

DataSplit one_feature(const Numbers& train, const Numbers& test) {
  return {{.features = 1, .inputs = train, .targets = Numbers(train.size())},
          {.features = 1, .inputs = test, .targets = Numbers(test.size())}};
}

Dataset numbered_image(std::size_t height, std::size_t width) {
  Dataset image{
      .features = height * width, .inputs = Numbers(height * width), .targets = {0}, .height = height, .width = width};
  std::iota(image.inputs.begin(), image.inputs.end(), 0.0);
  return image;
}

Dataset normal_data(std::size_t rows, std::size_t features, std::uint32_t block) {
  RandomStream stream({.seed = 3, .purpose = StreamPurpose::test, .block = block});
  Dataset data{.features = features, .targets = Numbers(rows)};
  for (std::size_t i = 0; i < rows * features; ++i) data.inputs.push_back(100 + 7 * stream.normal());
  return data;
}

}  // namespace

TEST_CASE("scale divides both parts") {
  DataSplit data = one_feature({255, 51}, {-510});
  require_success(run({"scale 255"}, data));
  CHECK(data.train.inputs == Numbers{1, 0.2});
  CHECK(data.test.inputs == Numbers{-2});
}

TEST_CASE("binarise gives -1 and 1, or the two values named, and puts the threshold itself low") {
  DataSplit data = one_feature({0.4, 0.5, 0.6}, {-9, 9});
  DataSplit named = data;
  require_success(run({"binarise 0.5"}, data));
  CHECK(data.train.inputs == Numbers{-1, -1, 1});
  CHECK(data.test.inputs == Numbers{-1, 1});
  require_success(run({"  binarise\t0.5  0 1 "}, named));
  CHECK(named.train.inputs == Numbers{0, 0, 1});
}

TEST_CASE("standardise uses mean and deviation of the training part for both parts") {
  DataSplit data = one_feature({1, 3, 5, 7}, {4, 9});
  require_success(run({"standardise"}, data));
  const double deviation = std::sqrt(5.0);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(data.train.inputs[i] == Approx((2.0 * static_cast<double>(i) - 3) / deviation).epsilon(1e-15));
  CHECK(data.test.inputs[0] == 0);
  CHECK(data.test.inputs[1] == Approx(5 / deviation).epsilon(1e-15));
}

TEST_CASE("standardised random data have mean 0 and variance 1 per feature") {
  DataSplit data{normal_data(500, 3, 0), normal_data(10, 3, 1)};
  require_success(run({"standardise"}, data));
  for (std::size_t feature = 0; feature < 3; ++feature) {
    double sum = 0, squares = 0;
    for (std::size_t row = 0; row < 500; ++row) {
      sum += data.train.row(row)[feature];
      squares += std::pow(data.train.row(row)[feature], 2);
    }
    CHECK(std::abs(sum / 500) < 1e-12);
    CHECK(std::abs(squares / 500 - 1) < 1e-12);
  }
}

TEST_CASE("a feature that is constant in training becomes 0 in both parts") {
  DataSplit data = one_feature({0.1, 0.1, 0.1}, {0.1, 4});
  require_success(run({"standardise"}, data));
  CHECK(data.train.inputs == Numbers{0, 0, 0});
  CHECK(data.test.inputs == Numbers{0, 0});
}

TEST_CASE("resize takes rows and columns 3, 10, 17 and 24 of a 28 x 28 image") {
  DataSplit data{numbered_image(28, 28), {}};
  require_success(run({"resize 4 4"}, data));
  Numbers expected;
  for (const double y : {3, 10, 17, 24})
    for (const double x : {3, 10, 17, 24}) expected.push_back(28 * y + x);
  CHECK(data.train.inputs == expected);
  CHECK(data.train.features == 16);
  CHECK(data.train.height == 4);
  CHECK(data.train.width == 4);
}

TEST_CASE("resize agrees with its formula for every height and width") {
  for (std::size_t height = 1; height <= 9; ++height)
    for (std::size_t to = 1; to <= height; ++to) {
      DataSplit data{numbered_image(height, 10), numbered_image(height, 10)};
      require_success(run({"resize " + std::to_string(to) + " 1"}, data));
      for (std::size_t i = 0; i < to; ++i) {
        const double row =
            std::floor((static_cast<double>(i) + 0.5) * static_cast<double>(height) / static_cast<double>(to));
        CHECK(data.train.inputs[i] == 10 * row + 5);
      }
      CHECK(data.test.inputs == data.train.inputs);
    }
}

TEST_CASE("steps run in the order given") {
  DataSplit data = one_feature({255, 100}, {});
  DataSplit reversed = data;
  require_success(run({"scale 255", "binarise 0.5 0 10"}, data));
  require_success(run({"binarise 0.5 0 10", "scale 255"}, reversed));
  CHECK(data.train.inputs == Numbers{10, 0});
  CHECK(reversed.train.inputs == Numbers{10.0 / 255, 10.0 / 255});
}

TEST_CASE("no steps change nothing") {
  DataSplit data = one_feature({1, 2}, {3});
  require_success(run({}, data));
  CHECK(data.train.inputs == Numbers{1, 2});
}

TEST_CASE("unknown steps are refused with the list of steps") {
  for (const std::string step : {"normalise", "", "Scale 2", "standardize"})
    require_refusal(Preprocessing::parse(Steps{"scale 2", step}), "no preprocessing step \"" + step + "\"",
                    "\"resize HEIGHT WIDTH\", \"scale DIVISOR\"");
}

TEST_CASE("wrong arguments are refused with the step and what it takes") {
  for (const std::string step : {"scale", "scale 0", "scale x", "scale 1 2", "scale inf", "scale 2x"})
    require_refusal(Preprocessing::parse(Steps{step}), "\"" + step + "\" has wrong arguments", "other than 0");
  for (const std::string step : {"resize 4", "resize 0 4", "resize -4 4", "resize 4.5 4", "resize 4 4 4"})
    require_refusal(Preprocessing::parse(Steps{step}), "\"" + step + "\" has wrong arguments", "a height and a width");
  for (const std::string step : {"binarise", "binarise 1 2", "binarise nan", "binarise 1 2 3 4"})
    require_refusal(Preprocessing::parse(Steps{step}), "\"" + step + "\" has wrong arguments", "a finite threshold");
  require_refusal(Preprocessing::parse(Steps{"standardise 1"}), "\"standardise 1\" has wrong arguments");
}

TEST_CASE("resize is refused without images and beyond their size") {
  DataSplit plain = one_feature({1, 2}, {});
  require_refusal(run({"resize 1 1"}, plain), "The step \"resize 1 1\" needs images");
  DataSplit small{numbered_image(2, 3), {}};
  require_refusal(run({"resize 3 3"}, small), "would enlarge images of 2 x 3 pixels");
}

TEST_CASE("parts of different shapes are refused") {
  DataSplit data{numbered_image(2, 3), numbered_image(3, 2)};
  require_refusal(run({"scale 2"}, data),
                  "The training data have 6 features (2 x 3) and the test data 6 features (3 x 2)");
  DataSplit mixed{one_feature({1, 2}, {}).train, numbered_image(1, 2)};
  require_refusal(run({}, mixed), "The training data have 1 features and the test data 2 features (1 x 2)");
}

TEST_CASE("a step that leaves the finite numbers is refused with the place") {
  DataSplit data = one_feature({1, 2}, {1e300});
  require_refusal(run({"scale 1e-300"}, data), "The step \"scale\" makes feature 0 of row 0 of the test data", "inf");
  DataSplit huge = one_feature({1e308, -1e308, 1.5e308, 1.5e308}, {});
  const auto result = run({"standardise"}, huge);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::numeric);
}
