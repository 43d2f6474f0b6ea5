#pragma once
// Steps that prepare inputs for a network, as a problem declares them.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace bornite {

/// "resize H W": point-samples images at rows floor((i + 0.5) * height / H), and columns likewise.
struct Resize {
  std::size_t height;
  std::size_t width;
};

/// "scale D": divides every input by D.
struct Scale {
  double divisor;
};

/// "binarise T" or "binarise T LOW HIGH": an input above T becomes HIGH, any other LOW.
struct Binarise {
  double threshold;
  double low = -1;
  double high = 1;
};

/// "standardise": subtracts each feature's mean and divides by its standard deviation (that of the population), both
/// over the training part. A feature that is constant in the training part becomes 0 in both parts.
struct Standardise {};

using PreprocessingStep = std::variant<Resize, Scale, Binarise, Standardise>;

class Preprocessing {
 public:
  /// Reads one step per text, for example {"resize 4 4", "scale 255", "binarise 0.5 0 1", "standardise"}. Refuses
  /// unknown steps and wrong arguments, naming the step.
  static Result<Preprocessing> parse(std::span<const std::string> steps);

  explicit Preprocessing(std::vector<PreprocessingStep> steps = {}) : steps_(std::move(steps)) {}

  [[nodiscard]] const std::vector<PreprocessingStep>& steps() const { return steps_; }

  /// Changes the inputs of both parts, step by step. Refuses parts of different shapes, a resize of data that are not
  /// images or to more rows or columns than they have, and a step that leaves the finite numbers. After an error the
  /// data may have gone through some of the steps.
  [[nodiscard]] Result<void> apply(DataSplit& data) const;

 private:
  std::vector<PreprocessingStep> steps_;
};

}  // namespace bornite
