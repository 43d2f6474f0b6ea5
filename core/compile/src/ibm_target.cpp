#include <fmt/format.h>

#include <numbers>

#include "bornite/compile/target_file.hpp"
#include "description.hpp"
#include "target_builder.hpp"

namespace bornite {
namespace {

Result<Place> read_place(const JsonValue& node, NativeKind kind, std::size_t qubits) {
  BORNITE_TRY(const auto elements, node.elements());
  if (elements.size() != qubit_count(kind))
    return node.error(
        fmt::format("has {} qubits; the gate {} takes {}", elements.size(), to_string(kind), qubit_count(kind)));
  BORNITE_TRY(const std::size_t first, elements.front().count(qubits - 1));
  BORNITE_TRY(const std::size_t second, elements.back().count(qubits - 1));
  return Place{static_cast<Qubit>(first), static_cast<Qubit>(second)};
}

/// {"name", "value", "unit"} in seconds or in no unit.
Result<double> read_value(const JsonValue& parameter) {
  BORNITE_TRY(const JsonValue value, parameter["value"]);
  BORNITE_TRY(const double number, value.number(-unbounded, unbounded));
  std::string unit;
  if (parameter.has("unit")) {
    BORNITE_TRY(const JsonValue node, parameter["unit"]);
    BORNITE_TRY(unit, node.text());
  }
  constexpr std::array<std::pair<std::string_view, double>, 4> units{
      {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}}};
  for (const auto& [name, factor] : units)
    if (unit == name) return number * factor;
  return number;
}

Result<double> read_probability(const JsonValue& parameter) {
  BORNITE_TRY(const JsonValue value, parameter["value"]);
  return value.number(0, 1);
}

Result<std::string> read_name(const JsonValue& node, std::string_view key) {
  BORNITE_TRY(const JsonValue name, node[key]);
  return name.text();
}

/// The gates of "gates" that are in "basis_gates", with the places that they work at.
Result<void> read_gates(const JsonValue& configuration, Target& target) {
  BORNITE_TRY(const JsonValue basis, configuration["basis_gates"]);
  BORNITE_TRY(const auto names, basis.elements());
  for (const JsonValue& node : names) {
    BORNITE_TRY(const std::string name, node.text());
    if (const auto kind = parse_native_kind(name)) {
      TargetGate& gate = gate_of(target, *kind);
      gate.everywhere = qubit_count(*kind) == 1;
      gate.typical = unknown_figures;
    }
  }
  BORNITE_TRY(const JsonValue gates, configuration["gates"]);
  BORNITE_TRY(const auto entries, gates.elements());
  for (const JsonValue& entry : entries) {
    BORNITE_TRY(const std::string name, read_name(entry, "name"));
    const auto kind = parse_native_kind(name);
    if (!kind || target.find(*kind) == nullptr || !entry.has("coupling_map")) continue;
    TargetGate& gate = gate_of(target, *kind);
    gate.everywhere = false;
    BORNITE_TRY(const JsonValue map, entry["coupling_map"]);
    BORNITE_TRY(const auto places, map.elements());
    for (const JsonValue& node : places) {
      BORNITE_TRY(const Place place, read_place(node, *kind, target.qubits.size()));
      gate.places[place] = unknown_figures;
    }
  }
  return {};
}

/// A two-qubit gate without places of its own works on all couplings.
Result<void> read_couplings(const JsonValue& configuration, Target& target) {
  for (TargetGate& gate : target.gates) {
    if (qubit_count(gate.kind) == 1 || !gate.places.empty()) continue;
    gate.everywhere = !configuration.has("coupling_map");
    if (gate.everywhere) continue;
    BORNITE_TRY(const JsonValue map, configuration["coupling_map"]);
    BORNITE_TRY(const auto places, map.elements());
    for (const JsonValue& node : places) {
      BORNITE_TRY(const Place place, read_place(node, gate.kind, target.qubits.size()));
      gate.places[place] = unknown_figures;
    }
  }
  return {};
}

Result<void> read_qubit(const JsonValue& node, QubitFigures& qubit) {
  BORNITE_TRY(const auto parameters, node.elements());
  bool both = false;
  for (const JsonValue& parameter : parameters) {
    BORNITE_TRY(const std::string name, read_name(parameter, "name"));
    if (name == "T1" || name == "T2") {
      BORNITE_TRY((name == "T1" ? qubit.t1 : qubit.t2), read_value(parameter));
    } else if (name == "prob_meas0_prep1") {
      BORNITE_TRY(qubit.zero_given_one, read_probability(parameter));
      both = true;
    } else if (name == "prob_meas1_prep0") {
      BORNITE_TRY(qubit.one_given_zero, read_probability(parameter));
      both = true;
    } else if (name == "readout_error" && !both) {
      BORNITE_TRY(qubit.zero_given_one, read_probability(parameter));
      qubit.one_given_zero = qubit.zero_given_one;
    } else if (name == "operational") {
      BORNITE_TRY(const double operational, read_value(parameter));
      qubit.up = operational != 0;
    }
  }
  return {};
}

Result<void> read_gate_properties(const JsonValue& entry, Target& target) {
  BORNITE_TRY(const std::string name, read_name(entry, "gate"));
  const auto kind = parse_native_kind(name);
  if (!kind || target.find(*kind) == nullptr) return {};
  BORNITE_TRY(const JsonValue qubits, entry["qubits"]);
  BORNITE_TRY(const Place place, read_place(qubits, *kind, target.qubits.size()));
  TargetGate& gate = gate_of(target, *kind);
  if (!gate.everywhere && !gate.places.contains(place)) return {};  // the configuration has no such coupling
  GateFigures& figures = gate.places.try_emplace(place, unknown_figures).first->second;
  BORNITE_TRY(const JsonValue list, entry["parameters"]);
  BORNITE_TRY(const auto parameters, list.elements());
  for (const JsonValue& parameter : parameters) {
    BORNITE_TRY(const std::string what, read_name(parameter, "name"));
    if (what == "gate_error") {
      BORNITE_TRY(const double error, read_probability(parameter));
      set_error(figures, error);
    } else if (what == "gate_length") {
      BORNITE_TRY(figures.duration, read_value(parameter));
    } else if (what == "operational") {
      BORNITE_TRY(const double operational, read_value(parameter));
      figures.up = figures.up && operational != 0;
    }
  }
  return {};
}

Result<void> read_properties(const JsonValue& properties, Target& target) {
  BORNITE_TRY(const JsonValue qubits, properties["qubits"]);
  BORNITE_TRY(const auto entries, qubits.elements());
  if (entries.size() != target.qubits.size())
    return qubits.error(
        fmt::format("has {} entries; the configuration has {} qubits", entries.size(), target.qubits.size()));
  for (std::size_t q = 0; q < entries.size(); ++q) BORNITE_CHECK(read_qubit(entries[q], target.qubits[q]));
  BORNITE_TRY(const JsonValue list, properties["gates"]);
  BORNITE_TRY(const auto gates, list.elements());
  for (const JsonValue& gate : gates) BORNITE_CHECK(read_gate_properties(gate, target));
  return {};
}

Result<Target> read_parts(const JsonValue& configuration, const JsonValue* properties) {
  Target target;
  BORNITE_TRY(const JsonValue count, configuration["n_qubits"]);
  BORNITE_TRY(const std::size_t qubits, count.count(most_target_qubits));
  if (qubits == 0) return count.error("is 0; a device has at least one qubit");
  target.qubits.resize(qubits, {.one_given_zero = unknown, .zero_given_one = unknown});
  if (configuration.has("backend_name")) {
    BORNITE_TRY(target.name, read_name(configuration, "backend_name"));
  }
  BORNITE_CHECK(read_gates(configuration, target));
  BORNITE_CHECK(read_couplings(configuration, target));
  if (target.find(NativeKind::rzz) != nullptr) gate_of(target, NativeKind::rzz).ranges[0] = {0, std::numbers::pi / 2};
  if (properties != nullptr) BORNITE_CHECK(read_properties(*properties, target));
  settle_unknown(target);
  return target;
}

}  // namespace

Result<Target> read_ibm_target(const SourceText& configuration, const SourceText& properties) {
  BORNITE_TRY(const JsonValue root, read_description(configuration));
  if (root.has("configuration")) {
    BORNITE_TRY(const JsonValue inner, root["configuration"]);
    if (!root.has("properties")) return read_parts(inner, nullptr);
    BORNITE_TRY(const JsonValue more, root["properties"]);
    return read_parts(inner, &more);
  }
  if (properties.text.empty()) return read_parts(root, nullptr);
  BORNITE_TRY(const JsonValue second, read_description(properties));
  return read_parts(root, &second);
}

}  // namespace bornite
