#include "workspace.hpp"

#include <algorithm>
#include <utility>

namespace bornite::statevector {
namespace {

/// Idle workspaces are kept up to this sum, and the latest one whatever its size.
constexpr std::size_t most_idle_bytes = std::size_t{1} << 30;
constexpr std::size_t most_idle = 64;

}  // namespace

std::size_t Workspace::bytes() const {
  return psi.bytes() + lambda.bytes() + probabilities.bytes() + cost.bytes() + bound.bytes() + sums.bytes();
}

WorkspacePool::Lease WorkspacePool::lend(const Layout& layout) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(idle_, [&](const auto& w) { return w->layout == layout; });
  if (found == idle_.end()) return {*this, std::make_unique<Workspace>(layout)};
  std::unique_ptr<Workspace> workspace = std::move(*found);
  idle_.erase(found);
  idle_bytes_ -= workspace->bytes();
  return {*this, std::move(workspace)};
}

void WorkspacePool::clear() {
  const std::lock_guard lock(mutex_);
  idle_.clear();
  idle_bytes_ = 0;
}

void WorkspacePool::give_back(std::unique_ptr<Workspace> workspace) {
  const std::lock_guard lock(mutex_);
  idle_bytes_ += workspace->bytes();
  idle_.push_front(std::move(workspace));
  while (idle_.size() > 1 && (idle_.size() > most_idle || idle_bytes_ > most_idle_bytes)) {
    idle_bytes_ -= idle_.back()->bytes();
    idle_.pop_back();
  }
}

}  // namespace bornite::statevector
