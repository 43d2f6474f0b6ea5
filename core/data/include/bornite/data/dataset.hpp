#pragma once
// Labelled examples in memory.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace bornite {

/// Examples as a row-major matrix of inputs with one target each. All numbers are finite: every loader refuses others.
struct Dataset {
  std::size_t features = 0;
  std::vector<double> inputs{};   ///< rows() * features
  std::vector<double> targets{};  ///< rows(); the class 0, 1, ... or, for regression, the value
  std::size_t height = 0;         ///< of images, whose pixels are row-major with height * width == features; else 0
  std::size_t width = 0;

  [[nodiscard]] std::size_t rows() const { return targets.size(); }
  [[nodiscard]] std::span<const double> row(std::size_t i) const { return {inputs.data() + i * features, features}; }
};

struct DataSplit {
  Dataset train;
  Dataset test;  ///< may be empty
};

}  // namespace bornite
