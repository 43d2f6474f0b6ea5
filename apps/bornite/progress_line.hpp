#pragma once
// Tells on stderr how a training goes: one line that is rewritten on a terminal, a line now and then elsewhere.

#include "bornite/train/trainer.hpp"

#include <chrono>
#include <string>

namespace bornite::cli {

class ProgressLine {
 public:
  explicit ProgressLine(std::size_t restarts);
  /// Ends the line.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const TrainingProgress& progress);
  void phase(const std::string& what);

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] std::string line(const TrainingProgress& progress) const;

  std::size_t restarts_;
  bool terminal_;
  bool open_ = false;  // a line on the terminal waits for its end
  Clock::time_point start_ = Clock::now();
  std::uint64_t replayed_ = 0;  // evaluations known before the first new one
  bool started_ = false;
  Clock::time_point shown_{};
};

}  // namespace bornite::cli
