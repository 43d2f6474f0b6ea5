#include <fmt/format.h>

#include <numbers>

#include "bornite/compile/target_file.hpp"
#include "description.hpp"
#include "target_builder.hpp"

namespace bornite {
namespace {

Result<void> read_gates(const JsonValue& backend, Target& target) {
  std::vector<std::string> names{"gpi", "gpi2", "ms"};
  if (backend.has("supported_native_gates")) {
    names.clear();
    BORNITE_TRY(const JsonValue list, backend["supported_native_gates"]);
    BORNITE_TRY(const auto entries, list.elements());
    for (const JsonValue& entry : entries) {
      BORNITE_TRY(names.emplace_back(), entry.text());
    }
  }
  constexpr double half_pi = std::numbers::pi / 2;
  for (const std::string& name : names) {
    const auto kind = name == "zz" ? NativeKind::rzz : parse_native_kind(name);
    if (!kind) continue;
    TargetGate& gate = gate_of(target, *kind);
    gate.everywhere = true;
    if (kind == NativeKind::ms) gate.ranges[2] = {0, half_pi};
    if (kind == NativeKind::rzz) gate.ranges[0] = {-half_pi, half_pi};
  }
  return {};
}

/// node.KEY.median, or node.KEY itself.
Result<std::optional<double>> read_number(const JsonValue& parent, std::string_view section, std::string_view key,
                                          double most) {
  if (!parent.has(section)) return std::optional<double>();
  BORNITE_TRY(const JsonValue node, parent[section]);
  if (!node.has(key)) return std::optional<double>();
  BORNITE_TRY(JsonValue value, node[key]);
  if (value.has("median")) {
    BORNITE_TRY(value, value["median"]);
  }
  BORNITE_TRY(const double number, value.number(0, most));
  return std::optional(number);
}

Result<void> read_couplings(const JsonValue& characterization, Target& target) {
  if (!characterization.has("connectivity")) return {};
  BORNITE_TRY(const JsonValue list, characterization["connectivity"]);
  BORNITE_TRY(const auto pairs, list.elements());
  for (TargetGate& gate : target.gates) {
    if (qubit_count(gate.kind) == 1) continue;
    gate.everywhere = false;
    for (const JsonValue& pair : pairs) {
      BORNITE_TRY(const auto ends, pair.elements());
      if (ends.size() != 2) return pair.error(fmt::format("has {} entries, not two qubits", ends.size()));
      BORNITE_TRY(const std::size_t first, ends[0].count(target.qubits.size() - 1));
      BORNITE_TRY(const std::size_t second, ends[1].count(target.qubits.size() - 1));
      gate.places[{static_cast<Qubit>(first), static_cast<Qubit>(second)}] = gate.typical;
    }
  }
  return {};
}

Result<void> read_characterization(const JsonValue& node, Target& target) {
  BORNITE_TRY(const auto spam, read_number(node, "fidelity", "spam", 1));
  BORNITE_TRY(const auto t1, read_number(node, "timing", "t1", unbounded));
  BORNITE_TRY(const auto t2, read_number(node, "timing", "t2", unbounded));
  for (QubitFigures& qubit : target.qubits) {
    qubit.one_given_zero = qubit.zero_given_one = 1 - spam.value_or(1);
    qubit.t1 = t1;
    qubit.t2 = t2;
  }
  for (TargetGate& gate : target.gates) {
    const std::string_view key = qubit_count(gate.kind) == 1 ? "1q" : "2q";
    BORNITE_TRY(const auto fidelity, read_number(node, "fidelity", key, 1));
    BORNITE_TRY(const auto duration, read_number(node, "timing", key, unbounded));
    set_error(gate.typical, 1 - fidelity.value_or(1));
    gate.typical.duration = duration.value_or(0);
  }
  return read_couplings(node, target);
}

}  // namespace

Result<Target> read_ionq_target(const SourceText& backend, const SourceText& characterization) {
  BORNITE_TRY(const JsonValue root, read_description(backend));
  Target target;
  BORNITE_TRY(const JsonValue name, root["backend"]);
  BORNITE_TRY(target.name, name.text());
  BORNITE_TRY(const JsonValue count, root["qubits"]);
  BORNITE_TRY(const std::size_t qubits, count.count(most_target_qubits));
  if (qubits == 0) return count.error("is 0; a device has at least one qubit");
  target.qubits.resize(qubits);
  BORNITE_CHECK(read_gates(root, target));
  if (characterization.text.empty()) {
    BORNITE_CHECK(read_characterization(root, target));
    return target;
  }
  BORNITE_TRY(const JsonValue second, read_description(characterization));
  BORNITE_CHECK(read_characterization(second, target));
  return target;
}

}  // namespace bornite
