#include "signals.hpp"

#include <csignal>

namespace bornite::cli {
namespace {

std::atomic<bool> requested{false};

extern "C" void request_stop(int signal) {
  requested = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void end_on_signals() {
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
}

const std::atomic<bool>& stop_requested() { return requested; }

}  // namespace bornite::cli
