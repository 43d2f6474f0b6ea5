#pragma once
// The memory that one evaluation needs, and a pool of it for many evaluations at once.

#include "bornite/util/buffer.hpp"
#include "layout.hpp"

#include <list>
#include <memory>
#include <mutex>

namespace bornite::statevector {

struct Workspace {
  explicit Workspace(const Layout& state_layout) : layout(state_layout) {}

  Layout layout;
  Buffer<Block> psi;
  Buffer<Block> lambda;  ///< begins with blocks_between_states that are not used
  Buffer<double> probabilities;
  Buffer<double> cost;
  Buffer<double> bound;  ///< what Plan::bind writes
  Buffer<double> sums;   ///< what the derivatives are made of

  /// Where lambda begins.
  [[nodiscard]] Block* lambda_state() { return lambda.data() + blocks_between_states; }
  [[nodiscard]] std::size_t bytes() const;
};

/// Lends workspaces and keeps those given back for the next caller. All functions may be called from several threads.
class WorkspacePool {
 public:
  /// A workspace that goes back to its pool at the end of its life.
  class Lease {
   public:
    Lease(WorkspacePool& pool, std::unique_ptr<Workspace> workspace) : pool_(&pool), workspace_(std::move(workspace)) {}
    ~Lease() {
      if (workspace_) pool_->give_back(std::move(workspace_));
    }
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;

    Workspace& operator*() const { return *workspace_; }
    Workspace* operator->() const { return workspace_.get(); }

   private:
    WorkspacePool* pool_;
    std::unique_ptr<Workspace> workspace_;
  };

  [[nodiscard]] Lease lend(const Layout& layout);
  /// Frees what nobody uses.
  void clear();

 private:
  void give_back(std::unique_ptr<Workspace> workspace);

  std::mutex mutex_;
  std::list<std::unique_ptr<Workspace>> idle_;  // latest first
  std::size_t idle_bytes_ = 0;
};

}  // namespace bornite::statevector
