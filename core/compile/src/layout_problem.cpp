#include "layout_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "bornite/compile/emit.hpp"

namespace bornite {
namespace {

constexpr double half_pi = 1.5707963267948966;

/// Pairs with a two-qubit gate that works, lower qubit first.
std::vector<Place> coupled_pairs(const Target& target) {
  std::vector<Place> pairs;
  for (const TargetGate& gate : target.gates) {
    if (qubit_count(gate.kind) == 1) continue;
    for (const auto& [place, figures] : gate.places)
      pairs.push_back({std::min(place[0], place[1]), std::max(place[0], place[1])});
    for (Qubit a = 0; gate.everywhere && a < target.qubits.size(); ++a)
      for (Qubit b = a + 1; b < target.qubits.size(); ++b) pairs.push_back({a, b});
  }
  std::ranges::sort(pairs);
  const auto [first, last] = std::ranges::unique(pairs);
  pairs.erase(first, last);
  return pairs;
}

/// The gates of the target for a circuit of so many qubits, everywhere and without errors.
Target idealised(const Target& target, std::size_t qubits) {
  Target ideal{target.name, std::vector<QubitFigures>(qubits), target.gates};
  for (TargetGate& gate : ideal.gates) {
    gate.everywhere = true;
    gate.places.clear();
    gate.typical = {};
  }
  return ideal;
}

/// How many gates of each kind each qubit takes on its own, wherever it is placed.
Result<std::vector<std::map<NativeKind, double>>> count_local_gates(const ZzCircuit& circuit, const Target& target) {
  BORNITE_TRY(const NativeCircuit native, emit(circuit, idealised(target, circuit.qubits()), true));
  std::vector<std::map<NativeKind, double>> counts(circuit.qubits());
  for (const NativeGate& gate : native.gates)
    if (qubit_count(gate.kind) == 1) ++counts[gate.qubits[0]][gate.kind];
  return counts;
}

double local_loss(const std::map<NativeKind, double>& counts, Qubit place, const Target& target) {
  if (!target.qubits[place].up) return impossible;
  double loss = -std::log1p(-target.qubits[place].readout_error());
  for (const auto& [kind, count] : counts) {
    const auto figures = target.figures(kind, place);
    if (!figures) return impossible;
    loss -= count * std::log1p(-figures->error);
  }
  return loss;
}

std::vector<std::vector<Interaction>> count_interactions(const ZzCircuit& circuit) {
  std::vector<std::vector<Interaction>> all(circuit.qubits());
  for (const auto& operation : circuit.operations()) {
    const auto* zz = std::get_if<ZzOperation>(&operation);
    if (zz == nullptr) continue;
    for (const auto& [from, to] : {std::pair(zz->first, zz->second), std::pair(zz->second, zz->first)}) {
      auto found = std::ranges::find(all[from], to, &Interaction::with);
      if (found == all[from].end()) found = all[from].insert(found, {to});
      ++(is_fully_entangling(zz->angle) ? found->once : found->other);
    }
  }
  return all;
}

}  // namespace

DeviceGraph::DeviceGraph(const Target& target) : links_(target.qubits.size()) {
  for (const auto& [a, b] : coupled_pairs(target)) {
    const auto once = choose_zz_gate(target, a, b, half_pi);
    const auto other = choose_zz_gate(target, a, b, Angle::of(0));
    if (!once || !other) continue;
    links_[a].push_back({b, once->loss, other->loss});
    links_[b].push_back({a, once->loss, other->loss});
  }
  for (auto& links : links_) std::ranges::sort(links, {}, &Link::to);
}

const Link* DeviceGraph::find(Qubit from, Qubit to) const {
  const auto found = std::ranges::lower_bound(links_[from], to, {}, &Link::to);
  return found == links_[from].end() || found->to != to ? nullptr : &*found;
}

std::vector<std::uint32_t> DeviceGraph::distances(Qubit from) const {
  std::vector<std::uint32_t> distance(size(), std::numeric_limits<std::uint32_t>::max());
  std::vector<Qubit> reached{from};
  distance[from] = 0;
  for (std::size_t i = 0; i < reached.size(); ++i)
    for (const Link& link : links_[reached[i]])
      if (distance[link.to] > distance[reached[i]] + 1) {
        distance[link.to] = distance[reached[i]] + 1;
        reached.push_back(link.to);
      }
  return distance;
}

Result<LayoutProblem> LayoutProblem::make(const ZzCircuit& circuit, const Target& target) {
  const auto up = static_cast<std::size_t>(std::ranges::count(target.qubits, true, &QubitFigures::up));
  if (circuit.qubits() > up)
    return Error{ErrorKind::unsupported,
                 fmt::format("The circuit has {} qubits; {} has {} that work.", circuit.qubits(), target.name, up),
                 "Use fewer qubits or another device."};
  LayoutProblem problem(target);
  problem.interactions_ = count_interactions(circuit);
  BORNITE_TRY(const auto counts, count_local_gates(circuit, target));
  for (const auto& of_qubit : counts)
    for (Qubit place = 0; place < target.qubits.size(); ++place)
      problem.losses_.push_back(local_loss(of_qubit, place, target));
  return problem;
}

double LayoutProblem::loss(std::span<const Qubit> layout) const {
  double loss = 0;
  for (Qubit q = 0; q < qubits(); ++q) {
    loss += loss_at(q, layout[q]);
    for (const Interaction& interaction : interactions(q))
      if (q < interaction.with) loss += loss_between(interaction, layout[q], layout[interaction.with]);
  }
  return loss;
}

}  // namespace bornite
