#pragma once
// What a restart has learnt so far: every evaluation of its objective in order. Optimisers are deterministic, so
// feeding the log back to one brings it to where it was; nothing that was computed or paid for is asked for twice.

#include "bornite/train/estimator.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

struct RecordedEvaluation {
  std::uint32_t stage = 0;  ///< of the warm-up, counted from 0; the objective itself is the last
  Estimate estimate;
  double seconds = 0;
  std::vector<double> gradient;  ///< empty if it was not wanted
};

/// The evaluations of each restart.
using EvaluationLog = std::vector<std::vector<RecordedEvaluation>>;

/// `run` identifies what is trained (the resolved configuration): a log is only good for the same run. The file is
/// replaced in one step and carries a checksum.
[[nodiscard]] Result<void> save_checkpoint(const std::filesystem::path& path, std::string_view run,
                                           const EvaluationLog& log);
/// Refuses a file that is damaged, of another version, or of another run, and says which.
[[nodiscard]] Result<EvaluationLog> load_checkpoint(const std::filesystem::path& path, std::string_view run);

}  // namespace bornite
