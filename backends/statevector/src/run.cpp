#include "run.hpp"

#include "bind.hpp"
#include "tile.hpp"
#include "whole_state.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>

namespace bornite::statevector {
namespace {

/// Tiles are dealt out in at most so many parts. Fixed, because each part collects its own sums.
constexpr std::size_t most_parts = 64;

std::size_t parts_of(const Pass& pass, const Layout& layout) {
  return layout.qubits < parallel_qubits ? 1 : std::min(most_parts, pass.tiles());
}

/// Calls body(part, tile) for all tiles; the tiles of one part in ascending order.
template <typename Body>
void for_each_tile(const Pass& pass, const Layout& layout, const Body& body) {
  const std::size_t parts = parts_of(pass, layout);
  const std::size_t size = pass.tiles() / parts;  // both are powers of two
  const auto run_part = [&](std::size_t part) {
    for (std::size_t t = part * size; t != (part + 1) * size; ++t) body(part, t);
  };
  if (parts == 1)
    run_part(0);
  else
    parallel_for(parts, run_part);
}

/// Doubles between the sums of two parts: whole cache lines.
std::size_t sums_stride(const Plan& plan) { return round_up(plan.terms.size()); }

void add_derivatives(const Plan& plan, const Pass& pass, const double* weights, const double* sums, double unit,
                     std::span<double> out) {
  const std::size_t parts = parts_of(pass, plan.layout);
  const std::size_t stride = sums_stride(plan);
  for (std::size_t i = pass.first_term; i != pass.end_term; ++i) {
    const Term& term = plan.terms[i];
    if (term.weight == 0.0) continue;
    double total = 0.0;
    for (std::size_t part = 0; part != parts; ++part) total += sums[part * stride + i];
    out[static_cast<std::size_t>(term.angle.parameter)] += unit * (term.weight * (weights[i] * total));
  }
}

/// Passes make their own zeros, but where none writes, there must be zeros, too.
void start(const BoundPlan& run, Block* psi) {
  const Layout& layout = run.plan.layout;
  if (!run.plan.complete)
    for_each_piece(layout, [&](std::size_t x, std::size_t end) {
      std::memset(psi + layout.position(x), 0, layout.blocks(end - x) * sizeof(Block));
    });
  run.kernels.start(psi, tail_scale(run.plan, run.bound));
}

void run_pass(const BoundPlan& run, const Pass& pass, Block* psi) {
  for_each_tile(pass, run.plan.layout, [&](std::size_t, std::size_t t) { forward_tile(run, pass, t, psi); });
}

}  // namespace

void prepare(const Plan& plan, Workspace& workspace, bool adjoint) {
  workspace.psi.reserve(plan.layout.size());
  workspace.bound.reserve(plan.bound_numbers);
  if (!adjoint) return;
  workspace.lambda.reserve(blocks_between_states + plan.layout.size());
  workspace.probabilities.reserve(plan.layout.amplitudes());
  workspace.cost.reserve(plan.layout.amplitudes());
  std::size_t parts = 1;
  for (const Pass& pass : plan.passes) parts = std::max(parts, parts_of(pass, plan.layout));
  workspace.sums.reserve(parts * sums_stride(plan));
}

void run_forward(const Plan& plan, const Kernels& kernels, Workspace& workspace) {
  const BoundPlan run{plan, kernels, workspace.bound.data()};
  start(run, workspace.psi.data());
  for (const Pass& pass : plan.passes) run_pass(run, pass, workspace.psi.data());
}

void run_probabilities(const Plan& plan, const Kernels& kernels, Workspace& workspace, double* q) {
  if (!plan.complete) {  // the last pass does not see all amplitudes
    run_forward(plan, kernels, workspace);
    return square_state(kernels, workspace, q);
  }
  Block* const psi = workspace.psi.data();
  const BoundPlan run{plan, kernels, workspace.bound.data()};
  start(run, psi);
  for (std::size_t p = 0; p + 1 != plan.passes.size(); ++p) run_pass(run, plan.passes[p], psi);
  const Pass& last = plan.passes.back();
  for_each_tile(last, plan.layout, [&](std::size_t, std::size_t t) { measure_tile(run, last, t, psi, q); });
}

namespace {

/// False if a cost is not finite.
bool weigh_state(const Layout& layout, const Kernels& kernels, TilePair states, Weights weights) {
  std::atomic<bool> finite = true;
  for_each_piece(layout, [&](std::size_t x, std::size_t end) {
    const std::size_t place = layout.position(x);
    if (!kernels.weigh(states.psi + place, weights.cost + x, weights.scale, states.lambda + place,
                       layout.blocks(end - x)))
      finite = false;
  });
  return finite;
}

/// One pass on all tiles; each part of them adds to sums of its own. False if a cost is not finite.
bool undo_pass(const BoundPlan& run, const Pass& pass, TilePair states, BackwardEnds ends, double* sums) {
  const std::size_t stride = sums_stride(run.plan);
  for (std::size_t part = 0; part != parts_of(pass, run.plan.layout); ++part)
    std::fill(sums + part * stride + pass.first_term, sums + part * stride + pass.end_term, 0.0);
  std::atomic<bool> finite = true;
  for_each_tile(pass, run.plan.layout, [&](std::size_t part, std::size_t t) {
    if (!backward_tile(run, pass, t, states, ends, sums + part * stride)) finite = false;
  });
  return finite;
}

}  // namespace

bool run_backward(const Plan& plan, const Kernels& kernels, Workspace& workspace, std::span<double> out) {
  const BoundPlan run{plan, kernels, workspace.bound.data()};
  const TilePair states{workspace.psi.data(), workspace.lambda_state()};
  const double unit = prepare_cost(kernels, workspace);
  const double tail = tail_scale(plan, run.bound);
  const Weights weights{workspace.cost.data(), tail * tail / unit};
  const std::size_t passes = plan.passes.size();
  const bool weighs_tiles = plan.complete && plan.passes.back().differentiates;  // the last pass sees all amplitudes
  if (!weighs_tiles && !weigh_state(plan.layout, kernels, states, weights)) return false;
  double* const sums = workspace.sums.data();
  for (std::size_t p = passes; p-- != 0 && plan.passes[p].differentiates;) {
    const Pass& pass = plan.passes[p];
    const BackwardEnds ends{.weights = weighs_tiles && p + 1 == passes ? &weights : nullptr,
                            .last = p == 0 || !plan.passes[p - 1].differentiates};
    if (!undo_pass(run, pass, states, ends, sums)) return false;
    add_derivatives(plan, pass, run.bound + plan.weights_at, sums, unit, out);
  }
  return true;
}

}  // namespace bornite::statevector
