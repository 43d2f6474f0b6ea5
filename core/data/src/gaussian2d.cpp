#include "bornite/data/builtin.hpp"
#include "data_stream.hpp"

#include <array>
#include <cmath>

namespace bornite {
namespace {

constexpr double variance = 0.1;
constexpr std::size_t train_rows = 10'000;
constexpr std::size_t test_rows = 2'000;

using Point = std::array<double, 2>;
constexpr Point centre_of_class_0{-1, -2};
constexpr std::array<Point, 3> centres_of_class_1{{{-2, 1}, {1, 1}, {2, -2}}};

Dataset draw(std::size_t rows, RandomStream stream) {
  Dataset data{.features = 2};
  for (std::size_t row = 0; row < rows; ++row) {
    const bool second = stream.uniform() < 0.5;
    const auto component = second ? static_cast<std::size_t>(3 * stream.uniform()) : 0;
    const Point& centre = second ? centres_of_class_1[component] : centre_of_class_0;
    for (const double coordinate : centre) data.inputs.push_back(coordinate + std::sqrt(variance) * stream.normal());
    data.targets.push_back(second ? 1 : 0);
  }
  return data;
}

}  // namespace

Result<DataSplit> gaussian2d(std::uint64_t seed) {
  return DataSplit{draw(train_rows, data_stream(seed, DataStream::gaussian_train)),
                   draw(test_rows, data_stream(seed, DataStream::gaussian_test))};
}

}  // namespace bornite
