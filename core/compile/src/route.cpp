#include "bornite/compile/route.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bornite/util/parallel.hpp"
#include "bornite/util/random.hpp"
#include "swap_search.hpp"

namespace bornite {
namespace {

constexpr int refinements = 2;  // times back and forth before the run that counts

ZzCircuit reversed(const ZzCircuit& circuit) {
  ZzCircuit result(circuit.qubits());
  const auto& operations = circuit.operations();
  for (auto operation = operations.rbegin(); operation != operations.rend(); ++operation)
    if (const auto* zz = std::get_if<ZzOperation>(&*operation)) result.zz(zz->first, zz->second, zz->angle);
  return result;
}

/// A connected part of the device, grown from a qubit by the neighbours with most links into it, the better ones first.
std::vector<Qubit> region(const LayoutProblem& problem, Qubit seed) {
  std::vector<Qubit> grown{seed};
  std::vector<double> merit(problem.device().size(), 0);
  const double taken = -impossible;
  while (grown.size() < problem.qubits()) {
    merit[grown.back()] = taken;
    for (const Link& link : problem.device().links(grown.back())) merit[link.to] += 1 / (1 + link.other);
    Qubit best = grown.back();
    for (Qubit p = 0; p < merit.size(); ++p)
      if (merit[p] > 0 && problem.is_usable(p) && (merit[best] == taken || merit[p] > merit[best])) best = p;
    if (merit[best] == taken) return {};
    grown.push_back(best);
  }
  return grown;
}

double loss_of(const Routed& routed, const LayoutProblem& problem) {
  double loss = 0;
  for (Qubit q = 0; q < problem.qubits(); ++q) loss += problem.loss_at(q, routed.final_layout[q]);
  for (const auto& operation : routed.circuit.operations())
    if (const auto* zz = std::get_if<ZzOperation>(&operation)) {
      const Link* link = problem.device().find(zz->first, zz->second);
      loss += is_fully_entangling(zz->angle) ? link->once : link->other;
    }
  return loss;
}

struct Trial {
  std::optional<Routed> routed;
  double loss = impossible;
};

}  // namespace

ZzCircuit place(const ZzCircuit& circuit, const Layout& layout, const Target& target) {
  ZzCircuit placed(target.qubits.size());
  for (const auto& operation : circuit.operations()) {
    if (const auto* local = std::get_if<LocalOperation>(&operation))
      placed.local(layout.qubits[local->qubit], local->run);
    if (const auto* zz = std::get_if<ZzOperation>(&operation))
      placed.zz(layout.qubits[zz->first], layout.qubits[zz->second], zz->angle);
  }
  return placed;
}

Result<Routed> route(const ZzCircuit& circuit, const Target& target, const LayoutOptions& options) {
  BORNITE_TRY(const LayoutProblem problem, LayoutProblem::make(circuit, target));
  const auto distances = all_distances(problem.device());
  const ZzCircuit backwards = reversed(circuit);
  std::vector<Qubit> up;
  for (Qubit p = 0; p < target.qubits.size(); ++p)
    if (problem.is_usable(p)) up.push_back(p);

  std::vector<Trial> trials(up.empty() ? 0 : options.routing_trials);
  parallel_for(trials.size(), [&](std::size_t t) {
    RandomStream random(
        {.seed = options.seed, .purpose = StreamPurpose::layout, .row = static_cast<std::uint32_t>(t) + 1});
    std::vector<Qubit> layout;
    for (int tries = 0; tries < 20 && layout.empty(); ++tries) layout = region(problem, up[random() % up.size()]);
    if (layout.empty()) return;
    for (std::size_t i = layout.size(); i > 1; --i) std::swap(layout[i - 1], layout[random() % i]);
    for (int r = 0; r < refinements; ++r) {
      layout = route_from(circuit, problem.device(), distances, std::move(layout)).final_layout;
      layout = route_from(backwards, problem.device(), distances, std::move(layout)).final_layout;
    }
    Routed routed = route_from(circuit, problem.device(), distances, std::move(layout));
    trials[t].loss = loss_of(routed, problem);
    trials[t].routed = std::move(routed);
  });
  const auto best = std::ranges::min_element(trials, {}, &Trial::loss);
  if (best != trials.end() && best->routed) return std::move(*best->routed);
  return Error{ErrorKind::unsupported,
               fmt::format("{} has no connected part of {} qubits that work.", target.name, problem.qubits()),
               "Use fewer qubits or another device."};
}

}  // namespace bornite
