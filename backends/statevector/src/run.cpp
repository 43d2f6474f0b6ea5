#include "run.hpp"

#include "bind.hpp"
#include "tile.hpp"

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

/// Calls body(x, end) for pieces of the state that lie in one piece of memory.
template <typename Body>
void for_each_piece(const Layout& layout, const Body& body) {
  const std::size_t piece = std::size_t{1} << layout.tile;
  if (layout.qubits < parallel_qubits) {
    for (std::size_t x = 0; x != layout.amplitudes(); x += piece) body(x, x + piece);
  } else {
    parallel_blocks(layout.amplitudes(), piece, body);
  }
}

/// The first pass makes its own zeros but for the first tile's columns; where no pass writes, there must be zeros, too.
void set_to_zero_state(const Plan& plan, Block* psi) {
  const Layout& layout = plan.layout;
  if (plan.complete)
    std::memset(psi, 0, layout.blocks(std::size_t{1} << layout.columns) * sizeof(Block));
  else
    for_each_piece(layout, [&](std::size_t x, std::size_t end) {
      std::memset(psi + layout.position(x), 0, layout.blocks(end - x) * sizeof(Block));
    });
}

void start(const BoundPlan& run, Block* psi) {
  set_to_zero_state(run.plan, psi);
  run.kernels.start(psi, tail_scale(run.plan, run.bound));
}

void run_pass(const BoundPlan& run, const Pass& pass, Block* psi) {
  for_each_tile(pass, run.plan.layout, [&](std::size_t, std::size_t t) { forward_tile(run, pass, pass.base(t), psi); });
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

void run_probabilities(const Plan& plan, const Kernels& kernels, Workspace& workspace, double* q, bool keep_state) {
  Block* const psi = workspace.psi.data();
  if (plan.passes.empty() || !plan.complete) {  // the last pass does not see all amplitudes
    run_forward(plan, kernels, workspace);
    for_each_piece(plan.layout, [&](std::size_t x, std::size_t end) {
      kernels.square(psi + plan.layout.position(x), q + x, plan.layout.blocks(end - x));
    });
    return;
  }
  const BoundPlan run{plan, kernels, workspace.bound.data()};
  start(run, psi);
  for (std::size_t p = 0; p + 1 != plan.passes.size(); ++p) run_pass(run, plan.passes[p], psi);
  const Pass& last = plan.passes.back();
  for_each_tile(last, plan.layout,
                [&](std::size_t, std::size_t t) { measure_tile(run, last, last.base(t), psi, q, keep_state); });
}

void run_backward(const Plan& plan, const Kernels& kernels, Workspace& workspace, double unit, std::span<double> out) {
  const BoundPlan run{plan, kernels, workspace.bound.data()};
  const TilePair states{workspace.psi.data(), workspace.lambda_state()};
  double* const sums = workspace.sums.data();
  const std::size_t stride = sums_stride(plan);
  for (std::size_t p = plan.passes.size(); p-- != 0;) {
    const Pass& pass = plan.passes[p];
    if (!pass.differentiates) return;
    const bool last = p == 0 || !plan.passes[p - 1].differentiates;
    for (std::size_t part = 0; part != parts_of(pass, plan.layout); ++part)
      std::fill(sums + part * stride + pass.first_term, sums + part * stride + pass.end_term, 0.0);
    for_each_tile(pass, plan.layout, [&](std::size_t part, std::size_t t) {
      backward_tile(run, pass, pass.base(t), states, last, sums + part * stride);
    });
    add_derivatives(plan, pass, run.bound + plan.weights_at, sums, unit, out);
  }
}

namespace {

/// A power of two near the largest magnitude; 1 if that is zero or not finite.
double unit_of(const Kernels& kernels, const Layout& layout, const double* cost) {
  if (layout.precision == Precision::complex128) return 1.0;
  std::atomic<double> largest = 0.0;
  for_each_piece(layout, [&](std::size_t x, std::size_t end) {
    const double here = kernels.largest(cost + x, end - x);
    double before = largest;
    while (before < here && !largest.compare_exchange_weak(before, here)) {
    }
  });
  return largest > 0.0 && std::isfinite(largest) ? std::exp2(std::clamp(std::ilogb(largest), -1000, 1000)) : 1.0;
}

}  // namespace

std::optional<double> weigh_state(const Plan& plan, const Kernels& kernels, Workspace& workspace, const double* cost) {
  const Layout& layout = workspace.layout;
  const double tail = tail_scale(plan, workspace.bound.data());
  const double unit = unit_of(kernels, layout, cost);
  std::atomic<bool> finite = true;
  for_each_piece(layout, [&](std::size_t x, std::size_t end) {
    const Block* const psi = workspace.psi.data() + layout.position(x);
    Block* const lambda = workspace.lambda_state() + layout.position(x);
    if (!kernels.weigh(psi, cost + x, tail * tail / unit, lambda, layout.blocks(end - x))) finite = false;
  });
  if (!finite) return std::nullopt;
  return unit;
}

}  // namespace bornite::statevector
