#include "preprocessing_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

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

// In the order of the alternatives of PreprocessingStep.
constexpr Syntax syntaxes[] = {
    {"resize", parse_resize, "\"resize\" takes a height and a width, both whole numbers of at least 1."},
    {"scale", parse_scale, "\"scale\" takes one finite number other than 0, by which inputs are divided."},
    {"binarise", parse_binarise, "\"binarise\" takes a finite threshold, and after it either no or two finite values."},
    {"standardise", parse_standardise, "\"standardise\" takes no arguments."},
};

}  // namespace

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

std::string_view step_name(const PreprocessingStep& step) { return syntaxes[step.index()].name; }

}  // namespace bornite
