#include "progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace bornite::cli {
namespace {

std::string duration_text(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

ProgressLine::ProgressLine(std::size_t restarts) : restarts_(restarts), terminal_(::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (open_) fmt::print(stderr, "\n");
}

std::string ProgressLine::line(const TrainingProgress& progress) const {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const double rate = static_cast<double>(progress.evaluations - replayed_) / std::max(seconds, 1e-9);
  const double left = static_cast<double>(progress.planned - progress.evaluations) / std::max(rate, 1e-9);
  return fmt::format("step {}/{}  restart {}/{}  objective {:.6f}  best {:.6f}  {:.0f} steps/s  at most {} left",
                     progress.evaluations, progress.planned, progress.restart + 1, restarts_, progress.terms.value,
                     progress.best_objective, rate, duration_text(left));
}

void ProgressLine::show(const TrainingProgress& progress) {
  const auto now = Clock::now();
  if (!started_) {
    started_ = true;
    start_ = shown_ = now;
    replayed_ = progress.evaluations - 1;
    return;
  }
  if (now - shown_ < (terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5000))) return;
  shown_ = now;
  if (terminal_) {
    fmt::print(stderr, "\r{}\x1b[K", line(progress));
    std::fflush(stderr);
    open_ = true;
  } else {
    fmt::print(stderr, "{}\n", line(progress));
  }
}

void ProgressLine::phase(const std::string& what) {
  fmt::print(stderr, "{}{}\n", open_ ? "\r\x1b[K" : "", what);
  open_ = false;
}

}  // namespace bornite::cli
