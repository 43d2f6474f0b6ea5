#include "interruption.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <string>

namespace bornite::cli {
namespace {

bool on_terminal() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

/// Asks until the answer is one of the two; no answer at all is to leave them.
OnInterrupt ask() {
  for (std::string answer;;) {
    tell("Leave them running, to go on with them later, or cancel them? [leave/cancel] ");
    if (!std::getline(std::cin, answer)) return OnInterrupt::leave;
    if (answer == "l" || answer == "leave") return OnInterrupt::leave;
    if (answer == "c" || answer == "cancel") return OnInterrupt::cancel;
  }
}

std::string counted(std::size_t jobs) { return fmt::format("{} job{}", jobs, jobs == 1 ? "" : "s"); }

}  // namespace

void settle_jobs(JobSession& session, OnInterrupt wish) {
  const auto under_way = session.jobs_under_way();
  if (!under_way) return tell(describe(under_way.error()) + '\n');
  if (*under_way == 0) return;
  tell(fmt::format("\n{} {} under way on {}.\n", counted(*under_way), *under_way == 1 ? "is" : "are",
                   session.specification()));
  if (wish == OnInterrupt::ask) wish = on_terminal() ? ask() : OnInterrupt::leave;
  if (wish == OnInterrupt::leave) return tell("Left running; --on-interrupt cancel would cancel what is under way.\n");
  const auto cancelled = session.cancel_jobs();
  if (!cancelled) return tell(describe(cancelled.error()) + '\n');
  tell(fmt::format("Cancelled {}.{}\n", counted(*cancelled),
                   *cancelled < *under_way ? " The others have ended, or the provider may not have them." : ""));
}

}  // namespace bornite::cli
