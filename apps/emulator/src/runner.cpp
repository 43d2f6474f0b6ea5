#include "runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "bornite/backend/sample.hpp"
#include "bornite/circuit/compact.hpp"
#include "bornite/circuit/parts.hpp"
#include "bornite/statevector/statevector_backend.hpp"

namespace bornite::emulator {
namespace {

/// A program without idle qubits; outcome bit i is bits[i] of its circuit.
struct Compact {
  Circuit circuit;
  std::vector<std::size_t> bits;
};

Result<Compact> compact(const Program& program) {
  CompactCircuit small = without_idle_qubits(program.circuit, program.measured);
  const std::size_t connected = most_connected_qubits(small.circuit);
  if (connected > most_simulated_qubits)
    return Error{ErrorKind::resource, fmt::format("The program connects {} qubits; the emulator simulates up to {}.",
                                                  connected, most_simulated_qubits)};
  std::vector<std::size_t> bits;
  for (const Qubit qubit : program.measured)
    bits.push_back(static_cast<std::size_t>(std::ranges::lower_bound(small.qubits, qubit) - small.qubits.begin()));
  return Compact{std::move(small.circuit), std::move(bits)};
}

Outcome to_outcome(const ShotRow& row) {
  Outcome outcome{.bits = row.bits()};
  for (std::size_t i = 0; i < row.size(); ++i) {
    outcome.texts.push_back(row.strings()[i].to_text());
    outcome.weights.push_back(static_cast<double>(row.counts()[i]));
  }
  return outcome;
}

ParameterRows parameter_rows(const std::vector<std::vector<double>>& rows, std::size_t columns) {
  std::vector<double> values;
  for (const std::vector<double>& row : rows)
    values.insert(values.end(), row.begin(), row.begin() + static_cast<std::ptrdiff_t>(columns));
  return {rows.size(), columns, std::move(values)};
}

}  // namespace

Program measured_program(const QasmProgram& program) {
  Program result{.circuit = program.circuit, .measured = program.measured};
  if (result.measured.empty()) {
    result.measured.resize(program.circuit.qubits());
    std::iota(result.measured.begin(), result.measured.end(), Qubit{0});
  }
  return result;
}

Result<std::vector<Outcome>> sample_rows(const Program& program, const std::vector<std::vector<double>>& rows,
                                         std::uint64_t shots, std::uint64_t seed) {
  BORNITE_TRY(const Compact small, compact(program));
  StatevectorBackend simulator;
  const SampleRequest request{.circuit = small.circuit,
                              .rows = parameter_rows(rows, small.circuit.parameters()),
                              .shots = Shots(shots),
                              .stream = {.seed = seed}};
  BORNITE_TRY(const ShotTable table, sample(simulator, request));
  std::vector<Outcome> outcomes;
  for (std::size_t r = 0; r < table.rows(); ++r) outcomes.push_back(to_outcome(select_bits(table[r], small.bits)));
  return outcomes;
}

Result<Outcome> exact_outcome(const Program& program) {
  BORNITE_TRY(const Compact small, compact(program));
  if (small.circuit.qubits() > most_simulated_qubits)
    return Error{ErrorKind::resource, fmt::format("Probabilities of {} qubits were asked for; the emulator has those "
                                                  "of up to {}.",
                                                  small.circuit.qubits(), most_simulated_qubits)};
  StatevectorBackend simulator;
  BORNITE_TRY(const Distribution all, simulator.probabilities(small.circuit, {}));
  std::map<std::string, double> sums;
  const auto probabilities = all.probabilities();
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    if (probabilities[k] < 1e-12) continue;
    std::string text;
    for (const std::size_t bit : small.bits) text += (k >> bit) & 1U ? '1' : '0';
    sums[text] += probabilities[k];
  }
  Outcome outcome{.bits = small.bits.size()};
  for (const auto& [text, probability] : sums) {
    outcome.texts.push_back(text);
    outcome.weights.push_back(probability);
  }
  return outcome;
}

Outcome as_probabilities(Outcome outcome) {
  const double sum = std::accumulate(outcome.weights.begin(), outcome.weights.end(), 0.0);
  for (double& weight : outcome.weights) weight /= sum;
  return outcome;
}

Outcome rearranged(const Outcome& outcome, std::span<const std::size_t> places, std::size_t bits) {
  Outcome result{.bits = bits, .weights = outcome.weights};
  for (const std::string& text : outcome.texts) {
    std::string& moved = result.texts.emplace_back(bits, '0');
    for (std::size_t i = 0; i < places.size(); ++i) moved[places[i]] = text[i];
  }
  return result;
}

Outcome distorted(Outcome outcome, Distortion distortion) {
  if (distortion == Distortion::width) {
    ++outcome.bits;
    for (std::string& text : outcome.texts) text += '1';
  }
  if (distortion == Distortion::shots) outcome.weights.front() += 1;
  return outcome;
}

std::uint64_t seed_of(std::string_view job_id) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : job_id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace bornite::emulator
