#include "framed_schedule.hpp"

#include "framed.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace bornite::statevector {
namespace {

/// The search compares all pairs of primitives.
constexpr std::size_t most_primitives = 1024;
/// Fewer are not worth a sweep over the tile if they can wait.
constexpr std::size_t least_rotations = 3;

std::size_t bits_of(BitSum sum) { return static_cast<std::size_t>(std::popcount(sum)); }

/// The value of one qubit, as controls of primitives are.
bool is_qubit(BitSum sum) { return std::has_single_bit(sum) && sum != constant_one; }

/// Whether the sums are independent over the bits of `members`, those left out that are one qubit elsewhere.
bool independent_inside(const std::vector<BitSum>& sums, QubitSet members) {
  std::vector<BitSum> reduced;
  for (const BitSum sum : sums) {
    if (is_qubit(sum) && (sum & members) == 0) continue;
    BitSum rest = sum & members;
    for (const BitSum known : reduced) rest = std::min(rest, rest ^ known);
    if (rest == 0) return false;
    reduced.push_back(rest);
  }
  return true;
}

bool fits(const FramedPrimitive& primitive, QubitSet members) {
  if ((primitive.direction & ~members) != 0 || !independent_inside(primitive.controls, members)) return false;
  if (primitive.kind != Primitive::Kind::phase || primitive.controls.empty()) return true;
  return std::ranges::any_of(primitive.controls, [&](BitSum sum) { return (sum & members) != 0; });
}

/// How many CX bring it into the form of one target and single controls, about.
std::size_t distance(const FramedPrimitive& primitive) {
  std::size_t result = bits_of(primitive.direction) + bits_of(primitive.sign);
  for (const BitSum control : primitive.controls) result += bits_of(control) - 1;
  return result;
}

/// What one pass does: primitives and the flips between them, while the frame changes.
class PassWriter {
 public:
  PassWriter(FramedCircuit& circuit, QubitSet members, std::vector<Primitive>& out)
      : circuit_(circuit), members_(members), out_(out) {}

  void write(std::size_t index) {
    const FramedPrimitive& primitive = circuit_.primitives[index];
    Qubit target = 0;
    if (primitive.direction != 0) {
      const BitSum bit = target_of(primitive);
      // In this order a chain stays a chain. Direction and sign have an odd number of bits in common, so `bit` stays
      // in.
      if (primitive.sign != 0) gather(primitive.sign, bit);
      for (BitSum rest = primitive.direction & ~bit; rest != 0; rest &= rest - 1) add_bit(bit, rest & -rest);
      target = static_cast<Qubit>(std::countr_zero(bit));
    }
    out_.push_back({primitive.kind, target, single_controls(index), primitive.angle});
  }

  /// Makes bit `to` the sum, which it is part of.
  void gather(BitSum sum, BitSum to) {
    for (BitSum rest = sum & ~to; rest != 0; rest &= rest - 1) add_bit(rest & -rest, to);
  }

  void add_bit(BitSum from, BitSum to) {
    circuit_.add_bit(from, to);
    const QubitSet control = from == constant_one ? 0 : from;
    out_.push_back({Primitive::Kind::flip, static_cast<Qubit>(std::countr_zero(to)), control, {}});
  }

 private:
  /// The bit that becomes the target: the circuit's own if it can, so that bits stay near their places.
  static BitSum target_of(const FramedPrimitive& primitive) {
    const BitSum choice = primitive.sign != 0 ? primitive.direction & primitive.sign : primitive.direction;
    const BitSum own = qubit_set(primitive.target);
    return (choice & own) != 0 ? own : choice & -choice;
  }

  QubitSet single_controls(std::size_t index) {
    const std::vector<BitSum>& controls = circuit_.primitives[index].controls;
    QubitSet result = 0;
    for (const BitSum control : controls)
      if (is_qubit(control)) result |= control;
    for (const BitSum& control : controls) {
      if (is_qubit(control)) continue;
      const BitSum bit = std::bit_floor(control & members_ & ~result);
      gather(control, bit);
      result |= bit;
    }
    return result;
  }

  FramedCircuit& circuit_;
  QubitSet members_;
  std::vector<Primitive>& out_;
};

class FramedScheduler {
 public:
  FramedScheduler(const std::vector<Primitive>& primitives, const Layout& layout)
      : layout_(layout), circuit_(make_framed(primitives, layout.qubits)) {}

  std::optional<std::vector<ScheduledPass>> run(FramedPolicy policy) && {
    const std::size_t size = circuit_.primitives.size();
    if (size > most_primitives) return {};
    find_order();
    for (std::size_t i = 0; i != size; ++i) left_.push_back(i);
    while (!left_.empty()) {
      const std::optional<Window> window = choose(policy.windows);
      if (!window) return {};
      std::vector<std::size_t> now = ready(window->members());
      if (policy.leave_rests) drop_rest(now);
      add_pass(*window, std::move(now));
    }
    for (std::size_t tries = 0; QubitSet wrong = misplaced(); ++tries) {
      if (tries == layout_.qubits) return {};
      add_pass(window_for_outputs(wrong), {});
    }
    return std::move(passes_);
  }

 private:
  void find_order() {
    const std::vector<FramedPrimitive>& all = circuit_.primitives;
    later_.resize(all.size());
    for (std::size_t i = 0; i != all.size(); ++i)
      for (std::size_t j = i + 1; j != all.size(); ++j)
        if (!all[i].commutes_with(all[j])) later_[i].push_back(j);
  }

  /// Those that can run in the window now, in order.
  [[nodiscard]] std::vector<std::size_t> ready(QubitSet members) const {
    std::vector<bool> blocked(circuit_.primitives.size());
    std::vector<std::size_t> result;
    for (const std::size_t i : left_) {
      if (!blocked[i] && fits(circuit_.primitives[i], members)) {
        result.push_back(i);
        continue;
      }
      for (const std::size_t j : later_[i]) blocked[j] = true;
    }
    return result;
  }

  [[nodiscard]] std::size_t work(const Window& window) const {
    std::size_t result = 0;
    for (const std::size_t i : ready(window.members()))
      result += circuit_.primitives[i].kind == Primitive::Kind::rotation ? 2 : 1;
    return result;
  }

  [[nodiscard]] std::size_t rows() const { return layout_.tile - layout_.columns; }
  [[nodiscard]] Window window_from(std::size_t first) const {
    return {layout_.columns, (qubit_set(rows()) - 1) << first};
  }

  [[nodiscard]] std::optional<Window> choose(WindowChoice choice) const {
    const std::size_t last = layout_.qubits - rows();
    if (choice != WindowChoice::fullest) {
      QubitSet bits = 0;
      for (const std::size_t i : left_) bits |= circuit_.primitives[i].direction;
      bits &= ~(qubit_set(layout_.columns) - 1);
      if (bits != 0) {
        const auto lowest = static_cast<std::size_t>(std::countr_zero(bits));
        const auto end = static_cast<std::size_t>(std::bit_width(bits));
        const Window window = choice == WindowChoice::lowest ? window_from(std::min(lowest, last))
                                                             : window_from(std::max(end, layout_.tile) - rows());
        if (work(window) != 0) return window;
      }
    }
    std::optional<Window> best;
    std::size_t most = 0;
    for (std::size_t first = layout_.columns; first <= last; ++first) {
      const std::size_t done = work(window_from(first));
      if (done > most) {
        most = done;
        best = window_from(first);
      }
    }
    return best;
  }

  /// Primitives that follow another number of rotations of the pass than the one before are a sweep of their own.
  void drop_rest(std::vector<std::size_t>& now) const {
    std::vector<std::size_t> level(circuit_.primitives.size());
    std::vector<std::size_t> rotations;  // by level
    for (const std::size_t i : now) {
      const bool rotation = circuit_.primitives[i].kind == Primitive::Kind::rotation;
      rotations.resize(std::max(rotations.size(), level[i] + 1));
      if (rotation) ++rotations[level[i]];
      for (const std::size_t j : later_[i]) level[j] = std::max(level[j], level[i] + (rotation ? 1 : 0));
    }
    std::size_t levels = rotations.size();
    while (levels > 1 && rotations[levels - 1] < least_rotations) --levels;
    std::erase_if(now, [&](std::size_t i) {
      return level[i] > levels || (level[i] == levels && circuit_.primitives[i].kind == Primitive::Kind::rotation);
    });
  }

  void add_pass(const Window& window, std::vector<std::size_t> now) {
    passes_.push_back({window, {}});
    PassWriter writer(circuit_, window.members(), passes_.back().primitives);
    std::erase_if(left_, [&](std::size_t i) { return std::ranges::binary_search(now, i); });
    while (!now.empty()) {
      const auto next = nearest(now);
      writer.write(*next);
      now.erase(next);
    }
    place_outputs(window, writer);
  }

  /// The one that needs the fewest CX, of those that may come first.
  [[nodiscard]] std::vector<std::size_t>::iterator nearest(std::vector<std::size_t>& now) const {
    std::vector<bool> blocked(circuit_.primitives.size());
    auto best = now.begin();
    for (auto place = now.begin(); place != now.end(); ++place) {
      if (!blocked[*place] && distance(circuit_.primitives[*place]) < distance(circuit_.primitives[*best]))
        best = place;
      for (const std::size_t j : later_[*place]) blocked[j] = true;
    }
    return best;
  }

  [[nodiscard]] QubitSet misplaced() const {
    QubitSet result = 0;
    for (std::size_t j = 0; j != layout_.qubits; ++j)
      if (circuit_.outputs[j] != qubit_set(j)) result |= qubit_set(j);
    return result;
  }

  /// Makes bits of the window the output's where nothing that is left to do gets out of reach by it.
  void place_outputs(const Window& window, PassWriter& writer) {
    for (;;) {
      QubitSet best = 0;
      for (QubitSet rest = misplaced() & window.members(); rest != 0; rest &= rest - 1) {
        const QubitSet bit = rest & -rest;
        if (can_place(bit, window) && (best == 0 || bits_of(output(bit)) < bits_of(output(best)))) best = bit;
      }
      if (best == 0) return;
      if ((output(best) & best) == 0) writer.add_bit(best, partner(best, window));
      writer.gather(output(best), best);
    }
  }

  [[nodiscard]] BitSum output(QubitSet bit) const {
    return circuit_.outputs[static_cast<std::size_t>(std::countr_zero(bit))];
  }

  /// A bit of the window that is part of the output and in the wrong place itself, or 0.
  [[nodiscard]] BitSum partner(QubitSet bit, const Window& window) const {
    const BitSum choice = output(bit) & window.members() & misplaced();
    return choice & -choice;
  }

  [[nodiscard]] bool can_place(QubitSet bit, const Window& window) const {
    if ((output(bit) & bit) == 0) return left_.empty() && partner(bit, window) != 0;
    const BitSum others = output(bit) & ~bit;
    const bool column = bit < qubit_set(layout_.columns);
    return std::ranges::none_of(left_, [&](std::size_t i) {
      const FramedPrimitive& primitive = circuit_.primitives[i];
      return (primitive.direction & bit) != 0 || (!column && std::popcount(primitive.direction & others) % 2 != 0);
    });
  }

  [[nodiscard]] Window window_for_outputs(QubitSet wrong) const {
    const QubitSet columns = qubit_set(layout_.columns) - 1;
    const QubitSet first = wrong & -wrong;
    const BitSum other = output(first) & wrong;
    Window window{layout_.columns, (first | (other & -other)) & ~columns};
    for (QubitSet rest = wrong & ~window.members(); rest != 0 && window.size() < layout_.tile; rest &= rest - 1)
      window.rows |= rest & -rest;
    for (std::size_t qubit = layout_.columns; window.size() < layout_.tile; ++qubit) window.rows |= qubit_set(qubit);
    return window;
  }

  Layout layout_;
  FramedCircuit circuit_;
  std::vector<std::vector<std::size_t>> later_;  // by primitive: the later ones that do not commute with it
  std::vector<std::size_t> left_;
  std::vector<ScheduledPass> passes_;
};

}  // namespace

std::optional<std::vector<ScheduledPass>> schedule_framed(const std::vector<Primitive>& primitives,
                                                          const Layout& layout, FramedPolicy policy) {
  return FramedScheduler(primitives, layout).run(policy);
}

}  // namespace bornite::statevector
