#include "bornite/compile/simplify.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <utility>

#include "fuse.hpp"

namespace bornite {
namespace {

constexpr double pi = std::numbers::pi;

/// How often a constant angle holds pi, if it is a whole number (to 1e-14).
std::optional<long> multiples_of_pi(const AngleSum& angle) {
  if (!angle.is_constant()) return std::nullopt;
  const double turns = std::round(angle.offset() / pi);
  if (std::abs(angle.offset() - turns * pi) > 1e-14) return std::nullopt;
  return std::lround(turns);
}

/// One pass from the beginning to the end. Each qubit holds a run that is still to be written; what was written last on
/// it is known, so that a ZZ gate finds the earlier one that it can join.
class ForwardPass {
 public:
  ForwardPass(std::size_t qubits, bool start_in_zero)
      : start_in_zero_(start_in_zero), runs_(qubits), touched_(qubits, false), last_local_(qubits, -1) {}

  void apply(const LocalOperation& operation) { runs_[operation.qubit].append(operation.run); }

  void apply(const ZzOperation& operation) {
    const auto [a, b, angle] = operation;
    if (const auto times = multiples_of_pi(angle)) {
      if (*times % 2 != 0) rotate_both(a, b);
    } else if (is_basis_state(a)) {
      runs_[b].append_rz(runs_[a].flips() ? -angle : angle);
    } else if (is_basis_state(b)) {
      runs_[a].append_rz(runs_[b].flips() ? -angle : angle);
    } else {
      write(operation);
    }
  }

  /// Writes what is left and gives the operations that remain.
  ZzCircuit finish() {
    for (Qubit q = 0; q < runs_.size(); ++q) write_local(q, std::exchange(runs_[q], {}));
    ZzCircuit circuit(runs_.size());
    for (const auto& entry : written_) {
      if (const auto* local = std::get_if<LocalOperation>(&entry)) circuit.local(local->qubit, local->run);
      if (const auto* zz = std::get_if<ZzOperation>(&entry)) circuit.zz(zz->first, zz->second, zz->angle);
    }
    return circuit;
  }

 private:
  /// Whether the qubit is certainly |0> or |1>.
  [[nodiscard]] bool is_basis_state(Qubit q) const { return start_in_zero_ && !touched_[q] && runs_[q].is_monomial(); }

  /// Z on both.
  void rotate_both(Qubit a, Qubit b) {
    runs_[a].append_rz(pi);
    runs_[b].append_rz(pi);
  }

  void write_local(Qubit q, RotationRun run) {
    if (start_in_zero_ && !touched_[q]) run.simplify_on_zero();
    if (run.is_identity()) return;
    last_local_[q] = static_cast<std::ptrdiff_t>(written_.size());
    touched_[q] = true;
    written_.emplace_back(LocalOperation{q, std::move(run)});
  }

  void write(const ZzOperation& operation) {
    const auto [a, b, angle] = operation;
    RotationRun after_a = runs_[a].take_monomial_end(), after_b = runs_[b].take_monomial_end();
    write_local(a, std::exchange(runs_[a], std::move(after_a)));
    write_local(b, std::exchange(runs_[b], std::move(after_b)));
    join_or_write(a, b, runs_[a].flips() != runs_[b].flips() ? -angle : angle);
  }

  void join_or_write(Qubit a, Qubit b, const AngleSum& angle) {
    const std::ptrdiff_t barrier = std::max(last_local_[a], last_local_[b]);
    const auto last = last_zz_.try_emplace(std::minmax(a, b), -1).first;
    if (last->second > barrier) {
      auto& earlier = written_[static_cast<std::size_t>(last->second)];
      AngleSum& sum = std::get<ZzOperation>(earlier).angle;
      sum += angle;
      const auto times = multiples_of_pi(sum);
      if (!times) return;
      earlier = std::monostate();
      last->second = -1;
      if (*times % 2 != 0) rotate_both(a, b);  // Z commutes, but for a sign, with the monomial runs
      return;
    }
    touched_[a] = touched_[b] = true;
    last->second = static_cast<std::ptrdiff_t>(written_.size());
    written_.emplace_back(ZzOperation{a, b, angle});
  }

  bool start_in_zero_;
  std::vector<RotationRun> runs_;
  std::vector<bool> touched_;
  std::vector<std::ptrdiff_t> last_local_;
  std::vector<std::variant<std::monostate, LocalOperation, ZzOperation>> written_;
  std::map<std::pair<Qubit, Qubit>, std::ptrdiff_t> last_zz_;  // where the last one of a pair stands, or -1
};

ZzCircuit forward_pass(const ZzCircuit& circuit, bool start_in_zero) {
  ForwardPass pass(circuit.qubits(), start_in_zero);
  for (const auto& operation : circuit.operations()) std::visit([&](const auto& one) { pass.apply(one); }, operation);
  return pass.finish();
}

/// From the end to the beginning: a qubit is open while all that follows on it alone takes bitstrings to bitstrings.
ZzCircuit drop_before_measurement(const ZzCircuit& circuit) {
  std::vector<bool> open(circuit.qubits(), true);
  std::vector<ZzCircuitOperation> kept;
  for (auto operation = circuit.operations().rbegin(); operation != circuit.operations().rend(); ++operation) {
    if (const auto* zz = std::get_if<ZzOperation>(&*operation)) {
      // One that is kept leaves an open qubit open: what is diagonal passes it.
      if (!open[zz->first] || !open[zz->second]) kept.push_back(*operation);
      continue;
    }
    LocalOperation local = std::get<LocalOperation>(*operation);
    if (open[local.qubit]) local.run.drop_diagonal_end();
    if (!local.run.is_monomial()) open[local.qubit] = false;
    kept.emplace_back(std::move(local));
  }
  ZzCircuit result(circuit.qubits());
  for (auto operation = kept.rbegin(); operation != kept.rend(); ++operation) {
    if (const auto* zz = std::get_if<ZzOperation>(&*operation)) result.zz(zz->first, zz->second, zz->angle);
    if (const auto* local = std::get_if<LocalOperation>(&*operation)) result.local(local->qubit, local->run);
  }
  return result;
}

std::size_t entanglers(const ZzCircuit& circuit) {
  const auto is_zz = [](const ZzCircuitOperation& one) { return std::holds_alternative<ZzOperation>(one); };
  return static_cast<std::size_t>(std::ranges::count_if(circuit.operations(), is_zz));
}

}  // namespace

ZzCircuit simplify(const ZzCircuit& circuit, const Simplifications& allowed) {
  const auto once = [&](const ZzCircuit& before) {
    const ZzCircuit after = fuse_pairs(forward_pass(before, allowed.start_in_zero));
    return allowed.measured_at_the_end ? drop_before_measurement(after) : after;
  };
  ZzCircuit simpler = once(circuit);
  for (std::size_t before = entanglers(circuit) + 1; entanglers(simpler) < before;) {
    before = entanglers(simpler);
    simpler = once(simpler);
  }
  return forward_pass(simpler, allowed.start_in_zero);
}

}  // namespace bornite
