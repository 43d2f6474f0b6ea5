#include "network_settings.hpp"

#include <fmt/format.h>

#include <cmath>

namespace bornite {
namespace {

Result<std::vector<std::size_t>> read_hidden(Config& config, const std::vector<std::size_t>& widths) {
  std::vector<double> otherwise(widths.begin() + 1, widths.end() - 1);
  BORNITE_TRY(const std::vector<double> hidden, config.numbers("network.hidden", otherwise));
  std::vector<std::size_t> result{widths.front()};
  for (const double width : hidden) {
    if (width < 1 || width > 1e6 || width != std::floor(width))
      return config.error("network.hidden", "must list whole numbers of units, one per hidden layer.",
                          "Write for instance [4], or [8, 4] for two layers; [] is a network without hidden layers.");
    result.push_back(static_cast<std::size_t>(width));
  }
  result.push_back(widths.back());
  return result;
}

Result<std::vector<Activation>> read_activations(Config& config, const std::vector<Activation>& choices) {
  std::vector<std::string> otherwise;
  for (const Activation choice : choices) otherwise.emplace_back(to_string(choice));
  BORNITE_TRY(const std::vector<std::string> names, config.texts("network.activation", otherwise));
  std::vector<Activation> result;
  for (const std::string& name : names) {
    const auto activation = parse_activation(name);
    if (!activation)
      return config.error("network.activation", "is refused: " + activation.error().message, activation.error().hint);
    result.push_back(*activation);
  }
  return result;
}

Result<std::vector<ValueMap>> read_values(Config& config, const std::vector<ValueMap>& choices) {
  std::vector<std::vector<double>> otherwise;
  for (const ValueMap& map : choices) otherwise.push_back({map.zero, map.one});
  BORNITE_TRY(const auto pairs, config.number_lists("network.values", otherwise));
  std::vector<ValueMap> result;
  for (const std::vector<double>& pair : pairs) {
    if (pair.size() != 2)
      return config.error("network.values", "must be pairs: the value of bit 0 and the value of bit 1.",
                          "Write for instance [-1, 1], or [[0, 1], [-1, 1]] to search among maps.");
    result.push_back({pair[0], pair[1]});
  }
  return result;
}

}  // namespace

Result<OutputKind> read_output_kind(Config& config, OutputKind otherwise) {
  BORNITE_TRY(const std::string name, config.text("network.output", to_string(otherwise)));
  auto kind = parse_output_kind(name);
  if (!kind) return config.error("network.output", "is not a kind of output.", kind.error().hint);
  return kind;
}

Result<NetworkSpec> read_network_settings(Config& config, NetworkSpec spec) {
  BORNITE_TRY(spec.widths, read_hidden(config, spec.widths));
  BORNITE_TRY(spec.biases, config.boolean("network.biases", spec.biases));
  BORNITE_TRY(spec.activations, read_activations(config, spec.activations));
  BORNITE_TRY(spec.values, read_values(config, spec.values));
  BORNITE_TRY(spec.output, read_output_kind(config, spec.output));
  BORNITE_TRY(const std::string loss, config.text("network.loss", to_string(spec.loss)));
  const auto known_loss = parse_loss(loss);
  if (!known_loss) return config.error("network.loss", "is not a loss.", known_loss.error().hint);
  spec.loss = *known_loss;
  BORNITE_TRY(spec.search_units, config.boolean("network.search_units", spec.search_units));
  BORNITE_TRY(spec.order, config.texts("network.order", spec.order));
  BORNITE_TRY(spec.reverse_qubits, config.boolean("network.reverse_qubits", spec.reverse_qubits));
  return spec;
}

}  // namespace bornite
