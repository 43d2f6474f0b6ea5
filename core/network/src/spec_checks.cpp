#include "spec_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cmath>

namespace bornite {
namespace {

// Far above any device, and far below where the sizes of the blocks overflow.
constexpr std::size_t most_bits = std::size_t{1} << 32;

Error refusal(std::string message, std::string hint) {
  return {ErrorKind::configuration, std::move(message), std::move(hint)};
}

Result<void> check_widths(const NetworkSpec& spec) {
  const std::string widths = fmt::format("[{}]", fmt::join(spec.widths, ", "));
  if (spec.widths.size() < 2)
    return refusal(fmt::format("The network widths {} name fewer than two layers.", widths),
                   "Give the number of inputs, the units of each hidden layer and the number of outputs.");
  std::size_t bits = 0;
  for (std::size_t layer = 0; layer < spec.widths.size(); ++layer) {
    const std::size_t units = spec.widths[layer];
    if (units == 0)
      return refusal(fmt::format("Width {} of the network widths {} is 0.", layer, widths),
                     "Every width is at least 1.");
    if (layer > 0 && units < most_bits && spec.widths[layer - 1] < most_bits / units)
      bits += units * (spec.widths[layer - 1] + 2);
    else if (layer > 0)
      bits = most_bits;
    if (bits >= most_bits)
      return refusal(fmt::format("A network of widths {} has more than 2^32 parameters.", widths), "Make it smaller.");
  }
  return {};
}

Result<void> check_output(const NetworkSpec& spec) {
  const std::size_t outputs = spec.widths.back();
  if (spec.output == OutputKind::softmax && outputs < 2)
    return refusal("A softmax output has a unit per class, but the last width is 1.",
                   "Use output binary for two classes, or a last width of 2 or more.");
  if (spec.output != OutputKind::softmax && outputs != 1)
    return refusal(
        fmt::format("A {} output is one unit, but the last width is {}.", to_string(spec.output), outputs),
        spec.output == OutputKind::binary ? "Use output softmax, or a last width of 1." : "Use a last width of 1.");
  if (spec.output == OutputKind::regression && spec.loss != Loss::squared_error)
    return refusal(fmt::format("The loss {} needs classes, but the output is regression.", to_string(spec.loss)),
                   "Use loss squared_error, or output binary or softmax.");
  return {};
}

Result<void> check_choices(const NetworkSpec& spec) {
  const auto check_count = [](std::string_view what, std::size_t count) -> Result<void> {
    if (std::has_single_bit(count)) return {};
    return refusal(fmt::format("The network has {} choices of {}, which is not a power of two.", count, what),
                   "Bits choose among 1, 2, 4, 8, ... of them.");
  };
  const bool hidden = spec.widths.size() > 2;
  if (hidden || !spec.activations.empty()) BORNITE_CHECK(check_count("activations", spec.activations.size()));
  BORNITE_CHECK(check_count("values", spec.values.size()));
  if (!hidden && spec.activations.size() > 1)
    return refusal(fmt::format("The network has {} choices of activations, but no hidden layer that would use them.",
                               spec.activations.size()),
                   "Give one activation, or a hidden layer.");
  if (!hidden && spec.search_units)
    return refusal("The network searches over hidden units, but has no hidden layer.",
                   "Turn search_units off, or give a hidden layer.");
  return {};
}

Result<void> check_values(const NetworkSpec& spec) {
  for (const ValueMap& map : spec.values) {
    if (!std::isfinite(map.zero) || !std::isfinite(map.one))
      return refusal(fmt::format("The network values [{}, {}] are not finite.", map.zero, map.one),
                     "Give two finite numbers.");
    if (map.zero == map.one)
      return refusal(fmt::format("The network values [{}, {}] give both bits the same number.", map.zero, map.one),
                     "Give two different numbers.");
  }
  return {};
}

}  // namespace

Result<void> check_spec(const NetworkSpec& spec) {
  BORNITE_CHECK(check_widths(spec));
  BORNITE_CHECK(check_output(spec));
  BORNITE_CHECK(check_choices(spec));
  return check_values(spec);
}

}  // namespace bornite
