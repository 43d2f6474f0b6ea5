#include "progress_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.hpp"

namespace bornite::cli {
namespace {

std::string duration_text(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

/// What fits on one line of the terminal: a longer text would wrap, and could not be rewritten.
std::string fitted(std::string text) {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 && text.size() >= size.ws_col)
    text.resize(size.ws_col - 1u);
  return text;
}

}  // namespace

ProgressLine::ProgressLine(std::size_t restarts) : restarts_(restarts), terminal_(::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (open_) tell("\n");
}

std::string ProgressLine::line(const TrainingProgress& progress) const {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const double rate = static_cast<double>(progress.evaluations - replayed_) / std::max(seconds, 1e-9);
  const double left = static_cast<double>(progress.planned - progress.evaluations) / std::max(rate, 1e-9);
  const std::string best = progress.best_objective ? fmt::format("  best {:.6f}", *progress.best_objective) : "";
  return fmt::format("step {}/{}  restart {}/{}  {} {:.6f}{}  {:.{}f} steps/s  at most {} left", progress.evaluations,
                     progress.planned, progress.restart + 1, restarts_, progress.warming_up ? "warm-up" : "objective",
                     progress.terms.value, best, rate, rate < 10 ? 1 : 0, duration_text(left));
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
    tell(fmt::format("\r{}\x1b[K", fitted(line(progress))));
    open_ = true;
  } else {
    tell(line(progress) + '\n');
  }
}

void ProgressLine::phase(const std::string& what) {
  tell(fmt::format("{}{}\n", open_ ? "\r\x1b[K" : "", what));
  open_ = false;
}

}  // namespace bornite::cli
