#include "bornite/network/encoding.hpp"

#include "spec_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <stdexcept>

namespace bornite {
namespace {

std::vector<ParameterBlock> default_blocks(const NetworkSpec& spec) {
  std::vector<ParameterBlock> blocks;
  const std::size_t layers = spec.widths.size() - 1;
  for (std::size_t l = 1; l <= layers; ++l) {
    blocks.push_back({fmt::format("W{}", l), 0, spec.widths[l - 1] * spec.widths[l]});
    if (spec.biases) blocks.push_back({fmt::format("b{}", l), 0, spec.widths[l]});
  }
  if (spec.search_units)
    blocks.push_back({"units", 0, std::accumulate(spec.widths.begin() + 1, spec.widths.end() - 1, std::size_t{0})});
  const auto add_choice = [&](const char* name, std::size_t choices) {
    if (choices > 1) blocks.push_back({name, 0, static_cast<std::size_t>(std::countr_zero(choices))});
  };
  add_choice("activation", spec.activations.size());
  add_choice("values", spec.values.size());
  return blocks;
}

Error wrong_order(const NetworkSpec& spec, std::span<const ParameterBlock> blocks, std::string_view what) {
  std::vector<std::string_view> names;
  for (const ParameterBlock& block : blocks) names.push_back(block.name);
  return {ErrorKind::configuration, fmt::format("The network order [{}] {}.", fmt::join(spec.order, ", "), what),
          fmt::format("List each of these blocks once: {}.", fmt::join(names, ", "))};
}

Result<std::vector<ParameterBlock>> ordered_blocks(const NetworkSpec& spec) {
  const std::vector<ParameterBlock> known = default_blocks(spec);
  if (spec.order.empty()) return known;
  std::vector<ParameterBlock> blocks;
  const auto named = [](const std::string& name) { return [&](const ParameterBlock& b) { return b.name == name; }; };
  for (const std::string& name : spec.order) {
    const auto found = std::find_if(known.begin(), known.end(), named(name));
    if (found == known.end())
      return wrong_order(spec, known, fmt::format("names \"{}\", which this network does not have", name));
    if (std::any_of(blocks.begin(), blocks.end(), named(name)))
      return wrong_order(spec, known, fmt::format("names \"{}\" twice", name));
    blocks.push_back(*found);
  }
  for (const ParameterBlock& block : known)
    if (std::none_of(blocks.begin(), blocks.end(), named(block.name)))
      return wrong_order(spec, known, fmt::format("misses \"{}\"", block.name));
  return blocks;
}

/// The name of bit `i` of a block.
std::string parameter_name(const NetworkSpec& spec, const ParameterBlock& block, std::size_t i) {
  if (block.name.front() == 'W') {
    const std::size_t units = spec.widths[std::stoul(block.name.substr(1))];
    return fmt::format("{}[{}][{}]", block.name, i / units, i % units);
  }
  if (block.name != "units") return fmt::format("{}[{}]", block.name, i);
  std::size_t layer = 1;
  for (; i >= spec.widths[layer]; ++layer) i -= spec.widths[layer];
  return fmt::format("unit{}[{}]", layer, i);
}

}  // namespace

Result<Encoding> Encoding::create(NetworkSpec spec) {
  BORNITE_CHECK(check_spec(spec));
  Encoding encoding;
  BORNITE_TRY(encoding.blocks_, ordered_blocks(spec));
  encoding.weights_first_.resize(spec.widths.size() - 1);
  encoding.biases_first_.resize(spec.widths.size() - 1);
  for (ParameterBlock& block : encoding.blocks_) {
    block.first = encoding.bits_;
    encoding.bits_ += block.size;
    if (block.name == "units")
      encoding.units_first_ = block.first;
    else if (block.name == "activation")
      encoding.activation_first_ = block.first;
    else if (block.name == "values")
      encoding.values_first_ = block.first;
    else
      (block.name.front() == 'W' ? encoding.weights_first_
                                 : encoding.biases_first_)[std::stoul(block.name.substr(1)) - 1] = block.first;
  }
  encoding.spec_ = std::move(spec);
  return encoding;
}

std::vector<Parameter> Encoding::parameters() const {
  std::vector<Parameter> parameters;
  parameters.reserve(bits_);
  for (const ParameterBlock& block : blocks_)
    for (std::size_t i = 0; i < block.size; ++i)
      parameters.push_back({parameter_name(spec_, block, i), block.name, qubit(block.first + i)});
  return parameters;
}

std::size_t Encoding::weight_qubit(std::size_t layer, std::size_t input, std::size_t unit) const {
  return qubit(weights_first_[layer] + input * spec_.widths[layer + 1] + unit);
}

std::size_t Encoding::bias_qubit(std::size_t layer, std::size_t unit) const {
  return qubit(biases_first_[layer] + unit);
}

std::size_t Encoding::unit_qubit(std::size_t layer, std::size_t unit) const {
  const auto hidden = spec_.widths.begin() + 1;
  return qubit(std::accumulate(hidden, hidden + static_cast<std::ptrdiff_t>(layer), units_first_) + unit);
}

std::size_t Encoding::choice(BitstringView string, std::size_t first, std::size_t choices) const {
  std::size_t index = 0;
  for (std::size_t bit = 0; (std::size_t{1} << bit) < choices; ++bit)
    index = 2 * index + string[qubit(first + bit)];  // most significant first, as in the printed text
  return index;
}

DenseLayer Encoding::decode_layer(BitstringView string, std::size_t layer, ValueMap values) const {
  const std::size_t inputs = spec_.widths[layer];
  const std::size_t units = spec_.widths[layer + 1];
  const bool last = layer + 2 == spec_.widths.size();
  const auto value = [&](std::size_t q) { return string[q] ? values.one : values.zero; };
  DenseLayer decoded{inputs, units, std::vector<double>(inputs * units), std::vector<double>(units),
                     std::vector<std::uint8_t>(units, 1)};
  for (std::size_t i = 0; i < inputs * units; ++i) decoded.weights[i] = value(qubit(weights_first_[layer] + i));
  for (std::size_t u = 0; u < units; ++u) {
    if (spec_.biases) decoded.biases[u] = value(bias_qubit(layer, u));
    if (spec_.search_units && !last) decoded.exists[u] = string[unit_qubit(layer, u)];
  }
  return decoded;
}

BinaryNetwork Encoding::decode(BitstringView string) const {
  if (string.size() != bits_)
    throw std::invalid_argument(
        fmt::format("a network of {} bits cannot be read from a string of {}", bits_, string.size()));
  BinaryNetwork network;
  if (!spec_.activations.empty())
    network.activation = spec_.activations[choice(string, activation_first_, spec_.activations.size())];
  network.values = spec_.values[choice(string, values_first_, spec_.values.size())];
  network.output = spec_.output;
  for (std::size_t layer = 0; layer + 1 < spec_.widths.size(); ++layer)
    network.layers.push_back(decode_layer(string, layer, network.values));
  return network;
}

}  // namespace bornite
