#include "bornite/compile/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "bornite/util/random.hpp"
#include "small_simulator.hpp"

namespace bornite {
namespace {

constexpr double least_tolerance = 1e-12;
constexpr std::uint32_t most_rows = 3;
constexpr double most_amplitudes = 1e9;  // that gates change, about a second's work

using State = std::vector<std::complex<double>>;

/// The qubits of the device that the compiled circuit touches, measured ones first and in order: these become qubits 0,
/// 1, ...
class UsedQubits {
 public:
  UsedQubits(const Compiled& compiled, const Target& target) : number_(target.qubits.size(), unused) {
    for (const Qubit q : compiled.circuit.measured) add(q);
    if (!compiled.simplifications.start_in_zero)
      for (const Qubit q : compiled.initial_layout) add(q);
    for (const NativeGate& gate : compiled.circuit.gates)
      for (std::size_t i = 0; i < qubit_count(gate.kind); ++i) add(gate.qubits[i]);
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Qubit number(Qubit place) const { return number_[place]; }

 private:
  static constexpr Qubit unused = ~Qubit{0};
  void add(Qubit place) {
    if (number_[place] == unused) number_[place] = static_cast<Qubit>(size_++);
  }

  std::vector<Qubit> number_;
  std::size_t size_ = 0;
};

State run_original(const Circuit& circuit, const std::vector<Gate>& preparation, std::span<const double> theta) {
  SmallState state(circuit.qubits());
  for (const Gate& gate : preparation) state.apply(gate, theta);
  for (const Gate& gate : circuit.gates()) state.apply(gate, theta);
  return state.amplitudes();
}

State run_compiled(const Compiled& compiled, const UsedQubits& used, const std::vector<Gate>& preparation,
                   std::span<const double> theta) {
  SmallState state(used.size());
  for (Gate gate : preparation) {
    gate.targets[0] = used.number(compiled.initial_layout[gate.targets[0]]);
    state.apply(gate, theta);
  }
  for (NativeGate gate : compiled.circuit.gates) {
    for (std::size_t i = 0; i < qubit_count(gate.kind); ++i) gate.qubits[i] = used.number(gate.qubits[i]);
    for (const Gate& part : expand(gate)) state.apply(part, theta);
  }
  return state.amplitudes();
}

/// A random state of every qubit: product states span all, so that circuits that agree on such ones are the same.
std::vector<Gate> random_preparation(std::size_t qubits, RandomStream& random) {
  std::vector<Gate> gates;
  for (Qubit q = 0; q < qubits; ++q)
    for (const GateKind kind : {GateKind::ry, GateKind::rz})
      gates.push_back({kind, {q}, {}, Angle::constant(2 * std::numbers::pi * random.uniform())});
  return gates;
}

/// What rounding may add: a few operations for each gate, and errors of the angles in proportion to their size, which
/// have random signs.
double rounding(const Circuit& original, const NativeCircuit& compiled) {
  double squares = 0;
  const auto add = [&](const AngleSum& angle) {
    double size = std::abs(angle.offset());
    for (const AngleSum::Term& term : angle.terms()) size += 2 * std::numbers::pi * std::abs(term.scale);
    squares += size * size;
  };
  for (const Gate& gate : original.gates()) add(gate.angle);
  for (const NativeGate& gate : compiled.gates)
    for (const AngleSum& angle : gate.angles) add(angle);
  const auto gates = static_cast<double>(original.gates().size() + compiled.gates.size());
  return 4 * std::numeric_limits<double>::epsilon() * (gates + std::sqrt(squares));
}

/// How many rows of parameters to try; random ones that agree once leave little doubt. 0 if that is too much work.
std::uint32_t row_count(const Circuit& original, const NativeCircuit& compiled, std::size_t used) {
  if (used <= always_verified_qubits) return most_rows;
  if (used > most_verified_qubits) return 0;
  const auto gates = static_cast<double>(original.gates().size() + 2 * compiled.gates.size());
  const double fit = most_amplitudes / std::ldexp(gates, static_cast<int>(used));
  return static_cast<std::uint32_t>(std::min<double>(fit, most_rows));
}

/// Whether the layouts are places of the device, each for one qubit, and the last of them is where is measured.
bool are_layouts(const Compiled& compiled, std::size_t qubits, const Target& target) {
  for (const std::vector<Qubit>* layout : {&compiled.initial_layout, &compiled.final_layout}) {
    std::vector<Qubit> sorted = *layout;
    std::ranges::sort(sorted);
    if (sorted.size() != qubits || std::ranges::adjacent_find(sorted) != sorted.end() ||
        sorted.back() >= target.qubits.size())
      return false;
  }
  return compiled.circuit.measured == compiled.final_layout;
}

/// Largest difference of an amplitude, after the best global phase. Qubits that are not measured must be |0>.
double state_difference(const State& original, const State& compiled) {
  std::complex<double> overlap = 0;
  for (std::size_t i = 0; i < original.size(); ++i) overlap += std::conj(original[i]) * compiled[i];
  const std::complex<double> phase = std::abs(overlap) == 0 ? 1 : overlap / std::abs(overlap);
  double largest = 0;
  for (std::size_t i = 0; i < compiled.size(); ++i)
    largest = std::max(largest, std::abs(compiled[i] - (i < original.size() ? phase * original[i] : 0)));
  return largest;
}

double distribution_difference(const State& original, const State& compiled) {
  std::vector<double> difference(original.size());
  for (std::size_t i = 0; i < original.size(); ++i) difference[i] = -std::norm(original[i]);
  for (std::size_t i = 0; i < compiled.size(); ++i) difference[i % original.size()] += std::norm(compiled[i]);
  double largest = 0;
  for (const double d : difference) largest = std::max(largest, std::abs(d));
  return largest;
}

}  // namespace

std::string_view to_string(Verification verification) {
  switch (verification) {
    case Verification::checked: return "checked";
    case Verification::equal_states: return "equal states";
    case Verification::equal_distributions: return "equal distributions";
  }
  return "?";
}

Result<Verification> verify(const Circuit& circuit, const Compiled& compiled, const Target& target,
                            std::uint64_t seed) {
  if (compiled.circuit.measured.size() != circuit.qubits())
    return Error{ErrorKind::numeric, fmt::format("The compiled circuit measures {} qubits; the original has {}.",
                                                 compiled.circuit.measured.size(), circuit.qubits())};
  if (!are_layouts(compiled, circuit.qubits(), target))
    return Error{ErrorKind::numeric,
                 fmt::format("The compiled circuit's layouts are not {} different qubits of {}, or it measures others.",
                             circuit.qubits(), target.name)};
  BORNITE_CHECK(check(compiled.circuit, target));
  const UsedQubits used(compiled, target);
  const std::uint32_t rows = row_count(circuit, compiled.circuit, used.size());
  if (rows == 0) return Verification::checked;
  const auto [start_in_zero, distributions] = compiled.simplifications;
  const double tolerance = least_tolerance + rounding(circuit, compiled.circuit);
  for (std::uint32_t row = 0; row < rows; ++row) {
    RandomStream random({.seed = seed, .purpose = StreamPurpose::test, .row = row});
    std::vector<double> theta(std::max(circuit.parameters(), compiled.circuit.parameters()));
    for (double& angle : theta) angle = 2 * std::numbers::pi * random.uniform();
    const auto preparation = start_in_zero ? std::vector<Gate>() : random_preparation(circuit.qubits(), random);
    const State original = run_original(circuit, preparation, theta);
    const State made = run_compiled(compiled, used, preparation, theta);
    const double difference =
        distributions ? distribution_difference(original, made) : state_difference(original, made);
    if (!(difference <= tolerance))
      return Error{ErrorKind::numeric,
                   fmt::format("The compiled circuit is not the original: {} differ by up to {:.3g}.",
                               distributions ? "probabilities" : "amplitudes", difference),
                   "This is a bug in the compiler; please report it with the circuit and the target."};
  }
  return distributions ? Verification::equal_distributions : Verification::equal_states;
}

}  // namespace bornite
