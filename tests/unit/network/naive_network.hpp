#pragma once
// The definition of a network's loss in plain loops, sharing no code with the library's evaluation.

#include "bornite/data/dataset.hpp"
#include "bornite/network/network_spec.hpp"
#include "bornite/util/bitstring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace bornite::test {

/// Reads its bits block by block, in parameter order, off the string.
class NaiveNetwork {
 public:
  NaiveNetwork(const NetworkSpec& spec, BitstringView string) : spec_(spec) {
    std::map<std::string, std::vector<bool>> bits;
    std::size_t parameter = 0;
    for (const auto& [name, size] : blocks())
      for (std::size_t i = 0; i < size; ++i, ++parameter)
        bits[name].push_back(string[spec.reverse_qubits ? string.size() - 1 - parameter : parameter]);
    const ValueMap map = spec.values[number(bits["values"])];
    if (spec.widths.size() > 2) activation_ = spec.activations[number(bits["activation"])];
    for (std::size_t l = 1; l < spec.widths.size(); ++l) {
      weights_.push_back(mapped(bits[fmt::format("W{}", l)], map));
      biases_.push_back(mapped(bits[fmt::format("b{}", l)], map));
    }
    units_ = bits["units"];
  }

  /// The last layer's sums at one row.
  [[nodiscard]] std::vector<double> sums(std::span<const double> row) const {
    std::vector<double> h(row.begin(), row.end());
    std::size_t hidden_before = 0;
    for (std::size_t l = 0; l < weights_.size(); ++l) {
      std::vector<double> next(spec_.widths[l + 1]);
      for (std::size_t u = 0; u < next.size(); ++u) {
        for (std::size_t i = 0; i < h.size(); ++i) next[u] += h[i] * weights_[l][i * next.size() + u];
        if (spec_.biases) next[u] += biases_[l][u];
        if (l + 1 == weights_.size()) continue;
        next[u] = activated(next[u]);
        if (spec_.search_units && !units_[hidden_before + u]) next[u] = 0;
      }
      hidden_before += next.size();
      h = next;
    }
    return h;
  }

  /// p(y=1), the probabilities of the classes, or the value.
  [[nodiscard]] std::vector<double> prediction(std::span<const double> row) const {
    std::vector<double> z = sums(row);
    if (spec_.output == OutputKind::regression) return z;
    if (spec_.output == OutputKind::binary) return {1 / (1 + std::exp(-z[0]))};
    const double largest = *std::max_element(z.begin(), z.end());
    double sum = 0;
    for (const double x : z) sum += std::exp(x - largest);
    for (double& x : z) x = std::exp(x - largest) / sum;
    return z;
  }

  [[nodiscard]] double loss(std::span<const double> row, double target) const {
    if (spec_.loss == Loss::squared_error) return squared_error(prediction(row), target);
    const auto z = sums(row);
    const auto y = static_cast<std::size_t>(target);
    if (spec_.loss == Loss::zero_one) return predicted(z) == y ? 0 : 1;
    if (spec_.output == OutputKind::binary) {
      const double against = y == 1 ? -z[0] : z[0];
      return std::max(against, 0.0) + std::log1p(std::exp(-std::abs(against)));
    }
    long double sum = 0;
    for (const double x : z) sum += std::exp(static_cast<long double>(x) - z[y]);
    return static_cast<double>(std::log(sum));
  }

  [[nodiscard]] double cost(const Dataset& data) const {
    double sum = 0;
    for (std::size_t row = 0; row < data.rows(); ++row) sum += loss(data.row(row), data.targets[row]);
    return sum / static_cast<double>(data.rows());
  }

 private:
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> blocks() const {
    std::vector<std::pair<std::string, std::size_t>> blocks;
    std::size_t hidden = 0;
    for (std::size_t l = 1; l < spec_.widths.size(); ++l) {
      blocks.emplace_back(fmt::format("W{}", l), spec_.widths[l - 1] * spec_.widths[l]);
      if (spec_.biases) blocks.emplace_back(fmt::format("b{}", l), spec_.widths[l]);
      if (l + 1 < spec_.widths.size()) hidden += spec_.widths[l];
    }
    const auto log2 = [](std::size_t n) { return static_cast<std::size_t>(std::lround(std::log2(n))); };
    if (spec_.search_units) blocks.emplace_back("units", hidden);
    if (spec_.activations.size() > 1) blocks.emplace_back("activation", log2(spec_.activations.size()));
    if (spec_.values.size() > 1) blocks.emplace_back("values", log2(spec_.values.size()));
    if (spec_.order.empty()) return blocks;
    std::vector<std::pair<std::string, std::size_t>> ordered;
    for (const auto& name : spec_.order)
      for (const auto& block : blocks)
        if (block.first == name) ordered.push_back(block);
    return ordered;
  }

  static std::size_t number(const std::vector<bool>& bits) {
    std::size_t number = 0;
    for (const bool bit : bits) number = 2 * number + (bit ? 1 : 0);
    return number;
  }

  static std::vector<double> mapped(const std::vector<bool>& bits, ValueMap map) {
    std::vector<double> values;
    for (const bool bit : bits) values.push_back(bit ? map.one : map.zero);
    return values;
  }

  [[nodiscard]] double activated(double z) const {
    switch (activation_) {
      case Activation::sign: return z >= -1e-10 ? 1 : -1;
      case Activation::step: return z >= -1e-10 ? 1 : 0;
      case Activation::relu: return z > 0 ? z : 0;
      case Activation::sigmoid: return 1 / (1 + std::exp(-z));
      case Activation::tanh: return std::tanh(z);
    }
    return 0;
  }

  [[nodiscard]] std::size_t predicted(const std::vector<double>& z) const {
    if (spec_.output == OutputKind::binary) return z[0] > 1e-10 ? 1 : 0;
    std::size_t best = 0;
    for (std::size_t k = 1; k < z.size(); ++k)
      if (z[k] > z[best] + 1e-10) best = k;
    return best;
  }

  [[nodiscard]] double squared_error(const std::vector<double>& p, double target) const {
    double sum = 0;
    for (std::size_t k = 0; k < p.size(); ++k) {
      const double wanted =
          spec_.output == OutputKind::softmax ? (static_cast<double>(k) == target ? 1.0 : 0.0) : target;
      sum += (p[k] - wanted) * (p[k] - wanted);
    }
    return sum;
  }

  const NetworkSpec& spec_;
  Activation activation_ = Activation::relu;
  std::vector<std::vector<double>> weights_, biases_;
  std::vector<bool> units_;
};

}  // namespace bornite::test
