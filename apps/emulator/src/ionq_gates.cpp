#include "ionq_gates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numbers>
#include <numeric>
#include <set>

#include "bornite/circuit/native_circuit.hpp"
#include "fields.hpp"

namespace bornite::emulator {
namespace {

template <typename T>
using Read = boost::system::result<T, IonqComplaint>;

constexpr std::size_t most_qubits = 64;
constexpr double turn = 2 * std::numbers::pi;

/// One entry of the list of gates.
class GateReader {
 public:
  explicit GateReader(const Json& gate) : gate_(gate) {}

  [[nodiscard]] IonqComplaint schema(std::string_view problem) const {
    return {"schema", fmt::format("The gate {} {}.", gate_.dump(), problem)};
  }

  Read<std::string> name(std::initializer_list<std::string_view> keys) const {
    if (!gate_.is_object()) return schema("is not an object");
    if (const auto key = unknown_key(gate_, keys)) return schema(fmt::format("has the unknown field \"{}\"", *key));
    const Json* name = member(gate_, "gate");
    if (name == nullptr || !name->is_string()) return schema("has no name");
    return Read<std::string>(boost::system::in_place_value, name->get<std::string>());
  }

  /// The one under `single`, or those under `many`.
  Read<std::vector<Qubit>> qubits(std::string_view single, std::string_view many) const {
    const Json* one = member(gate_, single);
    const Json* list = member(gate_, many);
    if (one != nullptr && list != nullptr) return schema(fmt::format("has both {} and {}", single, many));
    if (one != nullptr) return numbers(Json::array({*one}), single);
    return list == nullptr ? Read<std::vector<Qubit>>(std::vector<Qubit>()) : numbers(*list, many);
  }

  Read<double> number(std::string_view key) const {
    const Json* value = member(gate_, key);
    if (value == nullptr || !value->is_number()) return schema(fmt::format("has no number {}", key));
    return value->get<double>();
  }

  Read<double> number(std::string_view key, double otherwise) const {
    return member(gate_, key) == nullptr ? Read<double>(otherwise) : number(key);
  }

  Read<std::vector<double>> phases(std::size_t count) const {
    const Json* list = member(gate_, "phases");
    if (list == nullptr || !list->is_array() || list->size() != count)
      return schema(fmt::format("needs {} phases", count));
    if (!std::ranges::all_of(*list, [](const Json& value) { return value.is_number(); }))
      return schema("has a phase that is no number");
    return list->get<std::vector<double>>();
  }

 private:
  Read<std::vector<Qubit>> numbers(const Json& list, std::string_view key) const {
    if (!list.is_array()) return schema(fmt::format("has {} that are no list", key));
    std::vector<Qubit> qubits;
    for (const Json& entry : list) {
      if (!is_count(entry, 0, most_qubits - 1)) return schema(fmt::format("has a {} that is no qubit", key));
      qubits.push_back(entry.get<Qubit>());
    }
    return qubits;
  }

  const Json& gate_;
};

const std::map<std::string_view, GateKind> plain_gates{
    {"x", GateKind::x},    {"not", GateKind::x}, {"y", GateKind::y},     {"z", GateKind::z},
    {"h", GateKind::h},    {"s", GateKind::s},   {"si", GateKind::sdg},  {"t", GateKind::t},
    {"ti", GateKind::tdg}, {"v", GateKind::sx},  {"vi", GateKind::sxdg}, {"rx", GateKind::rx},
    {"ry", GateKind::ry},  {"rz", GateKind::rz}, {"cnot", GateKind::x},  {"swap", GateKind::swap}};

/// exp(-i angle PP/2) for the Pauli matrix P of "xx", "yy" or "zz".
std::vector<Gate> ising(std::string_view name, Qubit a, Qubit b, double angle) {
  const NativeKind kind = name == "zz" ? NativeKind::rzz : NativeKind::rxx;
  std::vector<Gate> gates = expand(NativeGate{kind, {a, b}, {angle}});
  if (name != "yy") return gates;
  std::vector<Gate> turned{{GateKind::sdg, {a}, {}, {}}, {GateKind::sdg, {b}, {}, {}}};
  turned.insert(turned.end(), gates.begin(), gates.end());
  turned.push_back({GateKind::s, {a}, {}, {}});
  turned.push_back({GateKind::s, {b}, {}, {}});
  return turned;
}

Read<std::vector<Gate>> qis_gates(const Json& entry) {
  const GateReader reader(entry);
  BORNITE_TRY(const std::string name, reader.name({"gate", "target", "targets", "control", "controls", "rotation"}));
  BORNITE_TRY(const auto targets, reader.qubits("target", "targets"));
  BORNITE_TRY(const auto controls, reader.qubits("control", "controls"));
  if (name == "xx" || name == "yy" || name == "zz") {
    if (targets.size() != 2 || !controls.empty()) return reader.schema("needs two targets and no control");
    BORNITE_TRY(const double angle, reader.number("rotation"));
    return ising(name, targets[0], targets[1], angle);
  }
  const auto found = plain_gates.find(name);
  if (found == plain_gates.end()) return reader.schema("is not in the gate set qis");
  if (targets.size() != target_count(found->second)) return reader.schema("has the wrong number of targets");
  if (name == "cnot" && controls.empty()) return reader.schema("needs a control");
  Gate gate{found->second, targets, controls, {}};
  if (has_angle(gate.kind)) {
    BORNITE_TRY(const double angle, reader.number("rotation"));
    gate.angle = Angle::constant(angle);
  }
  return std::vector{gate};
}

Read<std::vector<Gate>> native_gates(const Json& entry) {
  const GateReader reader(entry);
  BORNITE_TRY(const std::string name, reader.name({"gate", "target", "targets", "phase", "phases", "angle"}));
  BORNITE_TRY(const auto targets, reader.qubits("target", "targets"));
  const std::size_t wanted = name == "ms" || name == "zz" ? 2 : 1;
  if (targets.size() != wanted) return reader.schema(fmt::format("needs {} targets", wanted));
  if (name == "nop") return std::vector<Gate>();
  if (name == "gpi" || name == "gpi2") {
    BORNITE_TRY(const double phase, reader.number("phase"));
    return expand(NativeGate{name == "gpi" ? NativeKind::gpi : NativeKind::gpi2, {targets[0]}, {phase * turn}});
  }
  if (name != "ms" && name != "zz") return reader.schema("is not in the gate set native");
  BORNITE_TRY(const double angle, reader.number("angle", 0.25));
  if (name == "zz") return expand(NativeGate{NativeKind::rzz, {targets[0], targets[1]}, {angle * turn}});
  BORNITE_TRY(const auto phases, reader.phases(2));
  return expand(
      NativeGate{NativeKind::ms, {targets[0], targets[1]}, {phases[0] * turn, phases[1] * turn, angle * turn}});
}

std::vector<Qubit> qubits_of(const Gate& gate) {
  std::vector<Qubit> qubits = gate.targets;
  qubits.insert(qubits.end(), gate.controls.begin(), gate.controls.end());
  return qubits;
}

bool are_distinct(const std::vector<Qubit>& qubits) {
  return std::set<Qubit>(qubits.begin(), qubits.end()).size() == qubits.size();
}

}  // namespace

Read<Program> read_ionq_circuit(const Json& gates, std::string_view gate_set, std::size_t qubits) {
  if (!gates.is_array()) return IonqComplaint{"schema", "A circuit is a list of gates."};
  std::vector<Gate> all;
  std::size_t needed = 1;
  for (const Json& entry : gates) {
    BORNITE_TRY(const auto some, gate_set == "native" ? native_gates(entry) : qis_gates(entry));
    for (const Gate& gate : some) {
      const auto used = qubits_of(gate);
      if (!are_distinct(used))
        return IonqComplaint{"InvalidInput", fmt::format("A gate uses a qubit twice: {}.", entry.dump())};
      for (const Qubit qubit : used) needed = std::max<std::size_t>(needed, qubit + 1);
      all.push_back(gate);
    }
  }
  if (qubits == 0) qubits = needed;
  if (needed > qubits)
    return IonqComplaint{"InvalidInput",
                         fmt::format("The circuit has {} qubits, but a gate acts on qubit {}.", qubits, needed - 1)};
  Program program{.circuit = Circuit(qubits, std::move(all))};
  program.measured.resize(qubits);
  std::iota(program.measured.begin(), program.measured.end(), Qubit{0});
  return program;
}

IonqGateCounts count_gates(const Circuit& circuit) {
  IonqGateCounts counts;
  for (const Gate& gate : circuit.gates())
    ++(gate.targets.size() + gate.controls.size() > 1 ? counts.two_qubit : counts.one_qubit);
  return counts;
}

}  // namespace bornite::emulator
