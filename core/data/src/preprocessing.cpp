#include "bornite/data/preprocessing.hpp"

#include "first_non_finite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace bornite {
namespace {

constexpr std::string_view known_steps =
    "The steps are \"resize HEIGHT WIDTH\", \"scale DIVISOR\", \"binarise THRESHOLD [LOW HIGH]\" and \"standardise\".";

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  std::vector<std::string_view> words;
  for (std::size_t start = 0; (start = text.find_first_not_of(blanks, start)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(blanks, start), text.size());
    words.push_back(text.substr(start, end - start));
    start = end;
  }
  return words;
}

template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::vector<double>> finite_numbers(std::span<const std::string_view> words) {
  std::vector<double> values;
  for (const std::string_view word : words) {
    const auto value = parse_number<double>(word);
    if (!value || !std::isfinite(*value)) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

std::optional<PreprocessingStep> parse_resize(std::span<const std::string_view> arguments) {
  if (arguments.size() != 2) return std::nullopt;
  const auto height = parse_number<std::size_t>(arguments[0]);
  const auto width = parse_number<std::size_t>(arguments[1]);
  if (!height || !width || *height == 0 || *width == 0) return std::nullopt;
  return Resize{*height, *width};
}

std::optional<PreprocessingStep> parse_scale(std::span<const std::string_view> arguments) {
  const auto values = finite_numbers(arguments);
  if (!values || values->size() != 1 || values->front() == 0) return std::nullopt;
  return Scale{values->front()};
}

std::optional<PreprocessingStep> parse_binarise(std::span<const std::string_view> arguments) {
  const auto values = finite_numbers(arguments);
  if (!values || (values->size() != 1 && values->size() != 3)) return std::nullopt;
  if (values->size() == 1) return Binarise{.threshold = (*values)[0]};
  return Binarise{(*values)[0], (*values)[1], (*values)[2]};
}

std::optional<PreprocessingStep> parse_standardise(std::span<const std::string_view> arguments) {
  if (!arguments.empty()) return std::nullopt;
  return Standardise{};
}

struct Syntax {
  std::string_view name;
  std::optional<PreprocessingStep> (*parse)(std::span<const std::string_view> arguments);
  std::string_view expected;
};

constexpr Syntax syntaxes[] = {
    {"resize", parse_resize, "\"resize\" takes a height and a width, both whole numbers of at least 1."},
    {"scale", parse_scale, "\"scale\" takes one finite number other than 0, by which inputs are divided."},
    {"binarise", parse_binarise, "\"binarise\" takes a finite threshold, and after it either no or two finite values."},
    {"standardise", parse_standardise, "\"standardise\" takes no arguments."},
};

Result<PreprocessingStep> parse_step(const std::string& text) {
  const std::vector<std::string_view> words = words_of(text);
  const std::string_view name = words.empty() ? std::string_view{} : words[0];
  const auto* const syntax = std::find_if(std::begin(syntaxes), std::end(syntaxes),
                                          [&](const Syntax& candidate) { return candidate.name == name; });
  if (syntax == std::end(syntaxes))
    return Error{ErrorKind::configuration, fmt::format("There is no preprocessing step \"{}\".", text),
                 std::string(known_steps)};
  const auto step = syntax->parse(std::span(words).subspan(1));
  if (!step)
    return Error{ErrorKind::configuration, fmt::format("The preprocessing step \"{}\" has wrong arguments.", text),
                 std::string(syntax->expected)};
  return *step;
}

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

std::string step_name(const PreprocessingStep& step) { return std::string(syntaxes[step.index()].name); }

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
        fmt::format("The training data have {} features ({} x {}) and the test data {} ({} x {}).", data.train.features,
                    data.train.height, data.train.width, data.test.features, data.test.height, data.test.width),
        "Give training and test data of the same shape."};
  for (const PreprocessingStep& step : steps_) {
    BORNITE_CHECK(std::visit(StepRunner{data}, step));
    BORNITE_CHECK(check_result(data.train, "training", step));
    BORNITE_CHECK(check_result(data.test, "test", step));
  }
  return {};
}

}  // namespace bornite
