#include "layout_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

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

/// The gates that rotations of one qubit may take, whatever stands around them.
Result<std::set<NativeKind>> rotation_kinds(const Target& target) {
  Circuit any(4);
  any.rx(0, Angle::of(0)).ry(0, Angle::of(1)).rz(0, Angle::of(2));
  any.rx(1, Angle::constant(0.4)).ry(1, Angle::constant(0.7)).h(2).x(3);
  BORNITE_TRY(const NativeCircuit native, emit(to_zz_circuit(any), idealised(target, 4), false));
  std::set<NativeKind> kinds;
  for (const NativeGate& gate : native.gates) kinds.insert(gate.kind);
  return kinds;
}

/// Places that are up and have all these gates.
std::vector<bool> usable_places(const Target& target, const std::set<NativeKind>& kinds) {
  std::vector<bool> usable(target.qubits.size());
  for (Qubit p = 0; p < target.qubits.size(); ++p)
    usable[p] = target.qubits[p].up && target.qubits[p].readout_error() < 1 &&
                std::ranges::all_of(kinds, [&](NativeKind kind) { return target.figures(kind, p).has_value(); });
  return usable;
}

double local_loss(const std::map<NativeKind, double>& counts, Qubit place, const Target& target) {
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

DeviceGraph::DeviceGraph(const Target& target, const std::vector<bool>& usable) : links_(target.qubits.size()) {
  for (const auto& [a, b] : coupled_pairs(target)) {
    if (!usable[a] || !usable[b]) continue;
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
  BORNITE_TRY(const auto kinds, rotation_kinds(target));
  LayoutProblem problem(target, usable_places(target, kinds));
  const auto usable = static_cast<std::size_t>(std::ranges::count(problem.usable_, true));
  if (circuit.qubits() > usable)
    return Error{ErrorKind::unsupported,
                 fmt::format("The circuit has {} qubits; {} has {} that work.", circuit.qubits(), target.name, usable),
                 "Use fewer qubits or another device."};
  problem.interactions_ = count_interactions(circuit);
  BORNITE_TRY(const auto counts, count_local_gates(circuit, target));
  for (const auto& of_qubit : counts)
    for (Qubit place = 0; place < target.qubits.size(); ++place)
      problem.losses_.push_back(problem.usable_[place] ? local_loss(of_qubit, place, target) : impossible);
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
