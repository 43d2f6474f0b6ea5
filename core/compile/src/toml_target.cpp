#include <fmt/format.h>

#include <toml++/toml.h>

#include <algorithm>

#include "bornite/compile/target_file.hpp"
#include "target_builder.hpp"

namespace bornite {
namespace {

/// A value of the file with its key, for errors.
class Entry {
 public:
  Entry(toml::node_view<const toml::node> node, std::string_view source, std::string key)
      : node_(node), source_(source), key_(std::move(key)) {}

  [[nodiscard]] explicit operator bool() const { return static_cast<bool>(node_); }
  [[nodiscard]] const toml::node_view<const toml::node>& node() const { return node_; }
  [[nodiscard]] Entry operator[](std::string_view key) const {
    return {node_[key], source_, key_.empty() ? std::string(key) : fmt::format("{}.{}", key_, key)};
  }
  [[nodiscard]] Error error(std::string_view problem) const {
    return {ErrorKind::input, fmt::format("{}: {} {}.", source_, key_, problem),
            "The header bornite/compile/target_file.hpp shows the form."};
  }

  [[nodiscard]] Result<double> number(double least, double most) const {
    const auto value = node_.value<double>();
    if (!value || !(*value >= least && *value <= most))
      return error(fmt::format("must be a number from {} to {}", least, most));
    return *value;
  }
  [[nodiscard]] Result<std::size_t> count(std::size_t least, std::size_t most) const {
    const auto value = node_.value_exact<std::int64_t>();
    if (!value || *value < static_cast<std::int64_t>(least) || *value > static_cast<std::int64_t>(most))
      return error(fmt::format("must be a whole number from {} to {}", least, most));
    return static_cast<std::size_t>(*value);
  }
  [[nodiscard]] Result<std::vector<Entry>> elements() const {
    const toml::array* array = node_.as_array();
    if (array == nullptr) return error("must be a list");
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < array->size(); ++i)
      entries.emplace_back(toml::node_view<const toml::node>(array->get(i)), source_, fmt::format("{}[{}]", key_, i));
    return entries;
  }
  /// Refuses keys that are not among these.
  [[nodiscard]] Result<void> only(std::initializer_list<std::string_view> known) const {
    const toml::table* table = node_.as_table();
    if (table == nullptr) return error("must be a table");
    for (const auto& [key, value] : *table)
      if (std::ranges::find(known, key.str()) == known.end()) return (*this)[key.str()].error("is no key of a target");
    return {};
  }

 private:
  toml::node_view<const toml::node> node_;
  std::string_view source_;
  std::string key_;
};

/// One qubit, written q or [q], or two, at the front of a list of `length` numbers.
Result<Place> read_place(const Entry& entry, std::size_t qubits, std::size_t size, std::size_t length) {
  if (size == 1 && length == 1 && !entry.node().is_array()) {
    BORNITE_TRY(const std::size_t q, entry.count(0, qubits - 1));
    return Place{static_cast<Qubit>(q), static_cast<Qubit>(q)};
  }
  BORNITE_TRY(const auto elements, entry.elements());
  if (elements.size() != length) return entry.error(fmt::format("must be a list of {} numbers", length));
  BORNITE_TRY(const std::size_t first, elements[0].count(0, qubits - 1));
  BORNITE_TRY(const std::size_t second, elements[size - 1].count(0, qubits - 1));
  if (size == 2 && first == second) return entry.error("names one qubit twice");
  return Place{static_cast<Qubit>(first), static_cast<Qubit>(second)};
}

/// A number for all qubits or a list of one for each.
template <typename Store>
Result<void> read_figures(const Entry& entry, Target& target, double most, const Store& store) {
  if (!entry) return {};
  if (!entry.node().is_array()) {
    BORNITE_TRY(const double value, entry.number(0, most));
    for (QubitFigures& qubit : target.qubits) store(qubit, value);
    return {};
  }
  BORNITE_TRY(const auto elements, entry.elements());
  if (elements.size() != target.qubits.size())
    return entry.error(fmt::format("must be a number or a list of {}", target.qubits.size()));
  for (std::size_t q = 0; q < elements.size(); ++q) {
    BORNITE_TRY(const double value, elements[q].number(0, most));
    store(target.qubits[q], value);
  }
  return {};
}

Result<void> read_qubits(const Entry& root, Target& target) {
  BORNITE_CHECK(read_figures(root["one_given_zero"], target, 1, [](auto& q, double v) { q.one_given_zero = v; }));
  BORNITE_CHECK(read_figures(root["zero_given_one"], target, 1, [](auto& q, double v) { q.zero_given_one = v; }));
  BORNITE_CHECK(read_figures(root["t1"], target, unbounded, [](auto& q, double v) { q.t1 = v; }));
  BORNITE_CHECK(read_figures(root["t2"], target, unbounded, [](auto& q, double v) { q.t2 = v; }));
  if (!root["down"]) return {};
  BORNITE_TRY(const auto down, root["down"].elements());
  for (const Entry& entry : down) {
    BORNITE_TRY(const Place place, read_place(entry, target.qubits.size(), 1, 1));
    target.qubits[place[0]].up = false;
  }
  return {};
}

struct Couplings {
  bool all = false;
  std::vector<Place> places{};
};

Result<Couplings> read_couplings(const Entry& root, std::size_t qubits) {
  const Entry entry = root["couplings"];
  if (!entry || entry.node().value<std::string_view>() == "all") return Couplings{.all = true};
  bool directed = false;
  if (root["directed"]) {
    const auto value = root["directed"].node().value<bool>();
    if (!value) return root["directed"].error("must be true or false");
    directed = *value;
  }
  Couplings couplings;
  BORNITE_TRY(const auto pairs, entry.elements());
  for (const Entry& pair : pairs) {
    BORNITE_TRY(const Place place, read_place(pair, qubits, 2, 2));
    couplings.places.push_back(place);
    if (!directed) couplings.places.push_back({place[1], place[0]});
  }
  return couplings;
}

/// Figures of the gate at this place, and the other way round if that is the same coupling.
template <typename Change>
Result<void> change_place(const Entry& entry, TargetGate& gate, Place place, const Change& change) {
  bool is_there = false;
  for (const Place way : {place, Place{place[1], place[0]}}) {
    if (gate.everywhere) gate.places.try_emplace(way, gate.typical);
    const auto found = gate.places.find(way);
    if (found != gate.places.end()) {
      change(found->second);
      is_there = true;
    }
    if (place[0] == place[1]) break;
  }
  if (is_there) return {};
  return entry.error(fmt::format("is about qubits {} and {}, which no coupling joins", place[0], place[1]));
}

/// Lists [place..., value].
template <typename Store>
Result<void> read_places(const Entry& entry, Target& target, TargetGate& gate, double most, const Store& store) {
  if (!entry) return {};
  const std::size_t size = qubit_count(gate.kind);
  BORNITE_TRY(const auto items, entry.elements());
  for (const Entry& item : items) {
    BORNITE_TRY(const Place place, read_place(item, target.qubits.size(), size, size + 1));
    BORNITE_TRY(const auto elements, item.elements());
    BORNITE_TRY(const double value, elements[size].number(0, most));
    BORNITE_CHECK(change_place(item, gate, place, [&](GateFigures& figures) { store(figures, value); }));
  }
  return {};
}

Result<void> read_angles(const Entry& entry, TargetGate& gate) {
  if (!entry) return {};
  BORNITE_TRY(const auto ranges, entry.elements());
  if (ranges.size() != angle_count(gate.kind))
    return entry.error(fmt::format("must be {} pairs of numbers: the gate has so many angles", angle_count(gate.kind)));
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    BORNITE_TRY(const auto ends, ranges[i].elements());
    if (ends.size() != 2) return ranges[i].error("must be the least and the most of an angle");
    constexpr double infinite = std::numeric_limits<double>::infinity();
    BORNITE_TRY(gate.ranges[i].least, ends[0].number(-infinite, infinite));
    BORNITE_TRY(gate.ranges[i].most, ends[1].number(gate.ranges[i].least, infinite));
  }
  return {};
}

Result<void> read_gate(const Entry& entry, const Couplings& couplings, Target& target, TargetGate& gate) {
  BORNITE_CHECK(entry.only({"error", "duration", "errors", "durations", "down", "angles"}));
  if (entry["error"]) {
    BORNITE_TRY(const double error, entry["error"].number(0, 1));
    set_error(gate.typical, error);
  }
  if (entry["duration"]) {
    BORNITE_TRY(gate.typical.duration, entry["duration"].number(0, unbounded));
  }
  gate.everywhere = qubit_count(gate.kind) == 1 || couplings.all;
  if (!gate.everywhere)
    for (const Place& place : couplings.places) gate.places[place] = gate.typical;
  BORNITE_CHECK(read_angles(entry["angles"], gate));
  BORNITE_CHECK(read_places(entry["errors"], target, gate, 1, [](auto& f, double error) { set_error(f, error); }));
  BORNITE_CHECK(
      read_places(entry["durations"], target, gate, unbounded, [](auto& f, double seconds) { f.duration = seconds; }));
  if (!entry["down"]) return {};
  BORNITE_TRY(const auto down, entry["down"].elements());
  const std::size_t size = qubit_count(gate.kind);
  for (const Entry& item : down) {
    BORNITE_TRY(const Place place, read_place(item, target.qubits.size(), size, size));
    BORNITE_CHECK(change_place(item, gate, place, [](GateFigures& figures) { figures.up = false; }));
  }
  return {};
}

Result<Target> read_table(const toml::table& table, std::string_view source) {
  const Entry root(toml::node_view<const toml::node>(&table), source, "");
  BORNITE_CHECK(root.only(
      {"name", "qubits", "couplings", "directed", "down", "one_given_zero", "zero_given_one", "t1", "t2", "gates"}));
  Target target;
  target.name = root["name"].node().value_or(std::string(source));
  BORNITE_TRY(const std::size_t qubits, root["qubits"].count(1, most_target_qubits));
  target.qubits.resize(qubits);
  BORNITE_CHECK(read_qubits(root, target));
  BORNITE_TRY(const Couplings couplings, read_couplings(root, qubits));
  const toml::table* gates = root["gates"].node().as_table();
  if (gates == nullptr) return root["gates"].error("must be tables [gates.NAME], one for each gate of the device");
  for (const auto& [name, value] : *gates) {
    const Entry entry = root["gates"][name.str()];
    const auto kind = parse_native_kind(name.str());
    if (!kind) return entry.error("is no gate that is known here");
    BORNITE_CHECK(read_gate(entry, couplings, target, gate_of(target, *kind)));
  }
  return target;
}

}  // namespace

Result<Target> read_toml_target(const SourceText& toml) {
  try {
    return read_table(toml::parse(toml.text, toml.source), toml.source);
  } catch (const toml::parse_error& failure) {
    return Error{ErrorKind::input,
                 fmt::format("{}:{}:{} is not TOML: {}.", toml.source, failure.source().begin.line,
                             failure.source().begin.column, failure.description()),
                 ""};
  }
}

}  // namespace bornite
