#pragma once
// The time of one benchmark, and what it amounts to.

#include <optional>
#include <string>

#include "benchmark_case.hpp"
#include "ceilings.hpp"

namespace bornite::bench {

struct Measurement {
  std::string name;  ///< with the number of threads
  std::string group;
  std::size_t bits = 0;
  std::size_t threads = 1;
  std::string error{};  ///< empty if it ran; else the times mean nothing
  std::size_t repetitions = 0;
  double seconds = 0;  ///< median over the repetitions
  double least = 0;
  double most = 0;
  double cpu = 0;  ///< seconds of processor time of all threads, median
  Items items{};
  Work work{};
};

/// How near a time is to what the machine can do.
struct Nearness {
  std::string ceiling;  ///< "multiply-add", or "scale" with its level: the one that allows less
  double share;         ///< time at that ceiling over time measured
};
/// Nothing where no work is counted or no ceiling was measured.
[[nodiscard]] std::optional<Nearness> nearness(const Measurement& measurement, const Ceilings& ceilings);

/// Passes over the data that the measured bandwidth allows in the measured time: it made no more. Nothing where no pass
/// is defined or no ceiling was measured.
[[nodiscard]] std::optional<double> most_passes(const Measurement& measurement, const Ceilings& ceilings);

}  // namespace bornite::bench
