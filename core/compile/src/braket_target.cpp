#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <numbers>

#include "bornite/compile/target_file.hpp"
#include "description.hpp"
#include "target_builder.hpp"

namespace bornite {
namespace {

/// Braket's names are ours but for case, and for these.
std::optional<NativeKind> native_kind(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name == "cnot") return NativeKind::cx;
  if (name == "zz") return NativeKind::rzz;
  if (name == "xx") return NativeKind::rxx;
  if (name == "v") return NativeKind::sx;
  return parse_native_kind(name);
}

constexpr QubitFigures unknown_qubit{.one_given_zero = unknown, .zero_given_one = unknown};

void limit_angles(TargetGate& gate, const std::vector<std::string>& names) {
  constexpr double half_pi = std::numbers::pi / 2;
  if (gate.kind == NativeKind::ms) gate.ranges[2] = {0, half_pi};
  if (gate.kind == NativeKind::rzz && std::ranges::find(names, "zz") != names.end())
    gate.ranges[0] = {-half_pi, half_pi};
}

Result<void> read_gates(const JsonValue& paradigm, Target& target) {
  BORNITE_TRY(const JsonValue list, paradigm["nativeGateSet"]);
  BORNITE_TRY(const auto entries, list.elements());
  std::vector<std::string> names;
  for (const JsonValue& entry : entries) {
    BORNITE_TRY(std::string name, entry.text());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (const auto kind = native_kind(name)) {
      TargetGate& gate = gate_of(target, *kind);
      gate.everywhere = qubit_count(*kind) == 1;
      if (kind != NativeKind::rz) gate.typical = unknown_figures;  // rz is a change of frame
    }
    names.push_back(std::move(name));
  }
  for (TargetGate& gate : target.gates) limit_angles(gate, names);
  return {};
}

/// The number of a qubit, which is written as the text `label` there.
Result<std::size_t> read_label(const std::string& label, const JsonValue& there, std::size_t most) {
  std::size_t qubit = 0;
  const auto [stop, code] = std::from_chars(label.data(), label.data() + label.size(), qubit);
  if (code != std::errc() || stop != label.data() + label.size() || qubit > most)
    return there.error(fmt::format("belongs to the qubit \"{}\"; qubits are numbered from 0 to {}", label, most));
  return qubit;
}

struct Coupling {
  std::size_t first, second;
};

Result<std::vector<Coupling>> read_graph(const JsonValue& connectivity) {
  std::vector<Coupling> couplings;
  BORNITE_TRY(const JsonValue graph, connectivity["connectivityGraph"]);
  BORNITE_TRY(const auto entries, graph.members());
  for (const auto& [label, neighbours] : entries) {
    BORNITE_TRY(const std::size_t first, read_label(label, neighbours, most_target_qubits - 1));
    couplings.push_back({first, first});  // a qubit that has no neighbour exists all the same
    BORNITE_TRY(const auto nodes, neighbours.elements());
    for (const JsonValue& node : nodes) {
      BORNITE_TRY(const std::string neighbour, node.text());
      BORNITE_TRY(const std::size_t second, read_label(neighbour, node, most_target_qubits - 1));
      couplings.push_back({first, second});
    }
  }
  return couplings;
}

Result<void> read_connectivity(const JsonValue& paradigm, Target& target) {
  BORNITE_TRY(const JsonValue count_node, paradigm["qubitCount"]);
  BORNITE_TRY(const std::size_t count, count_node.count(most_target_qubits));
  if (count == 0) return count_node.error("is 0; a device has at least one qubit");
  target.qubits.resize(count, unknown_qubit);
  BORNITE_TRY(const JsonValue connectivity, paradigm["connectivity"]);
  bool full = false;
  if (const auto told = connectivity.find("fullyConnected")) {
    BORNITE_TRY(full, told->boolean());
  }
  if (full) {
    for (TargetGate& gate : target.gates) gate.everywhere = true;
    return {};
  }
  BORNITE_TRY(const auto couplings, read_graph(connectivity));
  for (const auto& [first, second] : couplings)
    target.qubits.resize(std::max({target.qubits.size(), first + 1, second + 1}), unknown_qubit);
  for (QubitFigures& qubit : target.qubits) qubit.up = false;
  for (const auto& [first, second] : couplings) {
    target.qubits[first].up = target.qubits[second].up = true;
    if (first == second) continue;
    for (TargetGate& gate : target.gates)
      if (qubit_count(gate.kind) == 2)
        gate.places[{static_cast<Qubit>(first), static_cast<Qubit>(second)}] = unknown_figures;
  }
  return {};
}

/// {"value", "unit": "S"}
Result<std::optional<double>> read_time(const JsonValue& properties, std::string_view key) {
  if (!properties.has(key)) return std::optional<double>();
  BORNITE_TRY(const JsonValue node, properties[key]);
  BORNITE_TRY(const JsonValue value, node["value"]);
  BORNITE_TRY(const double seconds, value.number(0, unbounded));
  return std::optional(seconds);
}

Result<void> read_qubit(const JsonValue& properties, Qubit q, Target& target) {
  QubitFigures& qubit = target.qubits[q];
  BORNITE_TRY(qubit.t1, read_time(properties, "T1"));
  BORNITE_TRY(qubit.t2, read_time(properties, "T2"));
  if (!properties.has("oneQubitFidelity")) return {};
  BORNITE_TRY(const JsonValue list, properties["oneQubitFidelity"]);
  BORNITE_TRY(const auto entries, list.elements());
  bool known = false;
  for (const JsonValue& entry : entries) {
    BORNITE_TRY(const JsonValue type, entry["fidelityType"]);
    BORNITE_TRY(const JsonValue name_node, type["name"]);
    BORNITE_TRY(const std::string name, name_node.text());
    BORNITE_TRY(const JsonValue fidelity_node, entry["fidelity"]);
    BORNITE_TRY(const double fidelity, fidelity_node.number(0, 1));
    if (name.starts_with("READOUT")) {
      qubit.one_given_zero = qubit.zero_given_one = 1 - fidelity;
    } else if (!known && name.find("RANDOMIZED_BENCHMARKING") != std::string::npos) {
      known = true;
      for (TargetGate& gate : target.gates)
        if (qubit_count(gate.kind) == 1 && gate.kind != NativeKind::rz) set_error(gate.places[{q, q}], 1 - fidelity);
    }
  }
  return {};
}

Result<void> read_pair(const JsonValue& properties, Place place, Target& target) {
  BORNITE_TRY(const JsonValue list, properties["twoQubitGateFidelity"]);
  BORNITE_TRY(const auto entries, list.elements());
  for (const JsonValue& entry : entries) {
    BORNITE_TRY(const JsonValue name_node, entry["gateName"]);
    BORNITE_TRY(const std::string name, name_node.text());
    BORNITE_TRY(const JsonValue fidelity_node, entry["fidelity"]);
    BORNITE_TRY(const double fidelity, fidelity_node.number(0, 1));
    const auto kind = native_kind(name);
    if (!kind || target.find(*kind) == nullptr) continue;
    TargetGate& gate = gate_of(target, *kind);
    for (const Place way : {place, Place{place[1], place[0]}}) {
      const auto found = gate.places.find(way);
      if (found != gate.places.end() || gate.everywhere) set_error(gate.places[way], 1 - fidelity);
    }
  }
  return {};
}

Result<void> read_standardized(const JsonValue& standardized, Target& target) {
  const std::size_t most = target.qubits.size() - 1;
  if (standardized.has("oneQubitProperties")) {
    BORNITE_TRY(const JsonValue list, standardized["oneQubitProperties"]);
    BORNITE_TRY(const auto entries, list.members());
    for (const auto& [label, properties] : entries) {
      BORNITE_TRY(const std::size_t q, read_label(label, properties, most));
      BORNITE_CHECK(read_qubit(properties, static_cast<Qubit>(q), target));
    }
  }
  if (!standardized.has("twoQubitProperties")) return {};
  BORNITE_TRY(const JsonValue list, standardized["twoQubitProperties"]);
  BORNITE_TRY(const auto entries, list.members());
  for (const auto& [label, properties] : entries) {
    const std::size_t dash = label.find('-');
    const std::string other = dash == std::string::npos ? "" : label.substr(dash + 1);
    BORNITE_TRY(const std::size_t first, read_label(label.substr(0, dash), properties, most));
    BORNITE_TRY(const std::size_t second, read_label(other, properties, most));
    BORNITE_CHECK(read_pair(properties, {static_cast<Qubit>(first), static_cast<Qubit>(second)}, target));
  }
  return {};
}

}  // namespace

Result<Target> read_braket_target(const SourceText& capabilities) {
  BORNITE_TRY(const JsonValue root, read_description(capabilities));
  Target target;
  target.name = capabilities.source;
  BORNITE_TRY(const JsonValue paradigm, root["paradigm"]);
  BORNITE_CHECK(read_gates(paradigm, target));
  BORNITE_CHECK(read_connectivity(paradigm, target));
  if (root.has("standardized")) {
    BORNITE_TRY(const JsonValue standardized, root["standardized"]);
    BORNITE_CHECK(read_standardized(standardized, target));
  }
  settle_unknown(target);
  return target;
}

}  // namespace bornite
