#include "bornite/data/preprocessing.hpp"

#include "first_non_finite.hpp"
#include "preprocessing_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace bornite {
namespace {

Result<void> resize(Dataset& data, const Resize& to) {
  if (data.height == 0 || data.width == 0)
    return Error{ErrorKind::input,
                 fmt::format("The step \"resize {} {}\" needs images, and the data have no height "
                             "and width.",
                             to.height, to.width),
                 "Use it with images from IDX files or arrays of three dimensions, or leave it out."};
  if (to.height > data.height || to.width > data.width)
    return Error{ErrorKind::input,
                 fmt::format("The step \"resize {} {}\" would enlarge images of {} x {} pixels.", to.height, to.width,
                             data.height, data.width),
                 "Give at most the height and width of the images."};
  std::vector<std::size_t> chosen;  // pixels of an image, as features
  for (std::size_t i = 0; i < to.height; ++i)
    for (std::size_t j = 0; j < to.width; ++j)
      chosen.push_back((2 * i + 1) * data.height / (2 * to.height) * data.width +
                       (2 * j + 1) * data.width / (2 * to.width));
  std::vector<double> inputs;
  inputs.reserve(data.rows() * chosen.size());
  for (std::size_t row = 0; row < data.rows(); ++row)
    for (const std::size_t pixel : chosen) inputs.push_back(data.row(row)[pixel]);
  data.inputs = std::move(inputs);
  data.features = chosen.size();
  data.height = to.height;
  data.width = to.width;
  return {};
}

struct FeatureScale {
  double mean;
  double inverse_deviation;  // 0 for a constant feature, which makes it 0
};

FeatureScale measure(const Dataset& data, std::size_t feature) {
  const auto rows = static_cast<double>(data.rows());
  double sum = 0;
  bool constant = true;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    sum += data.row(row)[feature];
    constant = constant && data.row(row)[feature] == data.row(0)[feature];
  }
  // Decided by comparison: rounding in the mean would leave a tiny deviation to divide by.
  if (constant) return {0, 0};
  const double mean = sum / rows;
  double squares = 0;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    const double difference = data.row(row)[feature] - mean;
    squares += difference * difference;
  }
  return {mean, 1 / std::sqrt(squares / rows)};
}

void standardise(Dataset& data, const std::vector<FeatureScale>& scales) {
  for (std::size_t i = 0; i < data.inputs.size(); ++i) {
    const FeatureScale& scale = scales[i % data.features];
    data.inputs[i] = (data.inputs[i] - scale.mean) * scale.inverse_deviation;
  }
}

struct StepRunner {
  DataSplit& data;

  Result<void> operator()(const Resize& step) const {
    BORNITE_CHECK(resize(data.train, step));
    return data.test.rows() == 0 ? Result<void>{} : resize(data.test, step);
  }

  Result<void> operator()(const Scale& step) const {
    for_all_inputs([&](double x) { return x / step.divisor; });
    return {};
  }

  Result<void> operator()(const Binarise& step) const {
    for_all_inputs([&](double x) { return x > step.threshold ? step.high : step.low; });
    return {};
  }

  Result<void> operator()(const Standardise&) const {
    std::vector<FeatureScale> scales;
    for (std::size_t feature = 0; feature < data.train.features; ++feature)
      scales.push_back(measure(data.train, feature));
    standardise(data.train, scales);
    standardise(data.test, scales);
    return {};
  }

  template <typename Function>
  void for_all_inputs(Function function) const {
    for (Dataset* part : {&data.train, &data.test})
      std::transform(part->inputs.begin(), part->inputs.end(), part->inputs.begin(), function);
  }
};

std::string shape_text(const Dataset& data) {
  if (data.height == 0) return fmt::format("{} features", data.features);
  return fmt::format("{} features ({} x {})", data.features, data.height, data.width);
}

Result<void> check_result(const Dataset& data, std::string_view part, const PreprocessingStep& step) {
  const auto i = first_non_finite(data.inputs);
  if (!i) return {};
  return Error{ErrorKind::numeric,
               fmt::format("The step \"{}\" makes feature {} of row {} of the {} data (both counted from 0) {}.",
                           step_name(step), *i % data.features, *i / data.features, part, data.inputs[*i]),
               "Rescale the data: the numbers leave the range of double precision."};
}

}  // namespace

Result<Preprocessing> Preprocessing::parse(std::span<const std::string> steps) {
  std::vector<PreprocessingStep> parsed;
  for (const std::string& text : steps) {
    BORNITE_TRY(const PreprocessingStep step, parse_step(text));
    parsed.push_back(step);
  }
  return Preprocessing(std::move(parsed));
}

Result<void> Preprocessing::apply(DataSplit& data) const {
  const bool same_shape = data.train.features == data.test.features && data.train.height == data.test.height &&
                          data.train.width == data.test.width;
  if (data.test.rows() != 0 && !same_shape)
    return Error{
        ErrorKind::input,
        fmt::format("The training data have {} and the test data {}.", shape_text(data.train), shape_text(data.test)),
        "Give training and test data of the same shape."};
  for (const PreprocessingStep& step : steps_) {
    BORNITE_CHECK(std::visit(StepRunner{data}, step));
    BORNITE_CHECK(check_result(data.train, "training", step));
    BORNITE_CHECK(check_result(data.test, "test", step));
  }
  return {};
}

}  // namespace bornite
