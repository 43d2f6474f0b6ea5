#include "ionq_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace bornite::emulator {
namespace {

struct Format {
  std::string_view id;
  std::string_view name;
  bool sampled;  ///< only of jobs that were sampled
};

constexpr std::array formats{Format{"probabilities", "ionq.result.probabilities.json.v1", false},
                             Format{"probabilities-v2", "ionq.result.probabilities.json.v2", false},
                             Format{"histogram", "ionq.result.histogram.json.v1", true},
                             Format{"shots-v2", "ionq.result.shots.json.v2", true}};

Json entry(std::string_view id, std::string_view format) {
  return {{"id", id}, {"format", format}, {"media_type", "application/json"}};
}

/// Outcome bits in the order of the qubits that they are read from.
Outcome by_qubit(const Outcome& outcome, const std::vector<Qubit>& measured) {
  std::vector<std::size_t> places;
  for (const Qubit qubit : measured)
    places.push_back(static_cast<std::size_t>(std::ranges::count_if(measured, [&](Qubit q) { return q < qubit; })));
  return rearranged(outcome, places, measured.size());
}

std::string decimal(std::string_view text) {
  std::uint64_t state = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '1') state |= std::uint64_t{1} << i;
  return fmt::format("{}", state);
}

Json state_map(const Outcome& outcome, bool decimal_keys, bool whole) {
  Json map = Json::object();
  for (std::size_t i = 0; i < outcome.texts.size(); ++i) {
    Json& value = map[decimal_keys ? decimal(outcome.texts[i]) : outcome.texts[i]];
    if (whole)
      value = static_cast<std::uint64_t>(outcome.weights[i]);
    else
      value = outcome.weights[i];
  }
  return map;
}

/// A register's part of each string; weights of equal parts are added up.
Outcome part(const Outcome& outcome, std::size_t first, std::size_t size) {
  std::map<std::string, double> sums;
  for (std::size_t i = 0; i < outcome.texts.size(); ++i)
    sums[outcome.texts[i].substr(first, size)] += outcome.weights[i];
  Outcome result{.bits = size};
  for (const auto& [text, weight] : sums) {
    result.texts.push_back(text);
    result.weights.push_back(weight);
  }
  return result;
}

/// The strings over all classical bits.
Outcome by_bit(const Outcome& outcome, const IonqCircuit& circuit) {
  std::size_t bits = 0;
  for (const QasmRegister& one : circuit.registers) bits += one.size;
  for (const std::size_t bit : circuit.bits) bits = std::max(bits, bit + 1);
  return circuit.bits.empty() ? Outcome{.bits = bits, .texts = {std::string(bits, '0')}, .weights = {1}}
                              : rearranged(outcome, circuit.bits, bits);
}

Json version2_probabilities(const Outcome& outcome, const IonqCircuit& circuit, Distortion distortion) {
  Json registers = Json::object();
  registers["output_all"] = state_map(distorted(by_qubit(outcome, circuit.program.measured), distortion), false, false);
  const Outcome bits = by_bit(outcome, circuit);
  for (const QasmRegister& one : circuit.registers)
    registers[one.name] = state_map(distorted(part(bits, one.first, one.size), distortion), false, false);
  return {{"probabilities", {{"registers", std::move(registers)}}}};
}

Json digits(std::string_view text) {
  Json list = Json::array();
  for (const char c : text) list.push_back(c == '1' ? 1 : 0);
  return list;
}

Json version2_shots(const Outcome& outcome, const IonqCircuit& circuit, Distortion distortion) {
  const Outcome all = distorted(by_qubit(outcome, circuit.program.measured), distortion);
  const Outcome bits = by_bit(outcome, circuit);
  Json shots = Json::array();
  for (std::size_t i = 0; i < all.texts.size(); ++i) {
    Json registers{{"output_all", digits(all.texts[i])}};
    for (const QasmRegister& one : circuit.registers) {
      std::string text = bits.texts[circuit.bits.empty() ? 0 : i].substr(one.first, one.size);
      if (distortion == Distortion::width) text += '1';
      registers[one.name] = digits(text);
    }
    shots.insert(shots.end(), static_cast<std::size_t>(all.weights[i]), Json{{"registers", registers}});
  }
  return {{"shots", std::move(shots)}};
}

Result<Outcome> measure(const IonqRun& run, const IonqCircuit& circuit) {
  if (is_exact_ionq(run.body)) return exact_outcome(circuit.program);
  BORNITE_TRY(auto outcomes, sample_rows(circuit.program, {{}}, ionq_shots(run.body), seed_of(run.job)));
  return std::move(outcomes.front());
}

}  // namespace

Json ionq_result_map(const Json& body) {
  Json map = Json::object();
  for (const Format& format : formats)
    if (!format.sampled || !is_exact_ionq(body)) map[std::string(format.name)] = entry(format.id, format.name);
  return map;
}

Json ionq_aggregate_map() {
  constexpr std::string_view format = "ionq.result.probabilities-aggregate.json.v1";
  return {{std::string(format), entry("probabilities-aggregate", format)}};
}

Result<std::optional<Json>> ionq_artifact(const IonqRun& run, const IonqCircuit& circuit, std::string_view id) {
  const auto* const format = std::ranges::find(formats, id, &Format::id);
  if (format == formats.end() || (format->sampled && is_exact_ionq(run.body))) return std::optional<Json>();
  BORNITE_TRY(const Outcome outcome, measure(run, circuit));
  const Outcome probabilities = as_probabilities(outcome);
  const auto& measured = circuit.program.measured;
  if (id == "probabilities")
    return std::optional(state_map(distorted(by_qubit(probabilities, measured), run.distortion), true, false));
  if (id == "probabilities-v2") return std::optional(version2_probabilities(probabilities, circuit, run.distortion));
  if (id == "histogram")
    return std::optional(state_map(distorted(by_qubit(outcome, measured), run.distortion), true, true));
  return std::optional(version2_shots(outcome, circuit, run.distortion));
}

}  // namespace bornite::emulator
