#pragma once
// The results for people and for programs.

#include <string>
#include <vector>

#include "ceilings.hpp"
#include "machine.hpp"
#include "measurement.hpp"
#include "options.hpp"

namespace bornite::bench {

/// Who measured, and the ceilings; lines with ends.
[[nodiscard]] std::string describe(const Machine& machine, const Ceilings& ceilings);

/// A table whose lines can be printed one by one while the benchmarks run.
class ResultTable {
 public:
  explicit ResultTable(std::size_t name_width) : name_width_(name_width) {}

  [[nodiscard]] std::string header() const;
  [[nodiscard]] std::string line(const Measurement& measurement, const Ceilings& ceilings) const;
  /// What the columns mean.
  [[nodiscard]] static std::string legend();

 private:
  std::size_t name_width_;
};

/// Everything as one JSON document.
[[nodiscard]] std::string to_json(const Machine& machine, const Options& options, const Ceilings& ceilings,
                                  const std::vector<Measurement>& measurements);

}  // namespace bornite::bench
