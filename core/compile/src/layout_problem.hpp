#pragma once
// What a layout is judged by.

#include <limits>
#include <span>
#include <vector>

#include "bornite/compile/target.hpp"
#include "bornite/compile/zz_circuit.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

inline constexpr double impossible = std::numeric_limits<double>::infinity();

/// A coupling of the device seen from one end. Losses are -log of probabilities of success.
struct Link {
  Qubit to;
  double once;   ///< of a ZZ gate that entangles fully
  double other;  ///< of one by any other angle
};

/// The device as a graph: all qubits that are usable, and the couplings with a gate that is up.
class DeviceGraph {
 public:
  DeviceGraph(const Target& target, const std::vector<bool>& usable);

  [[nodiscard]] std::size_t size() const { return links_.size(); }
  /// Sorted by qubit.
  [[nodiscard]] std::span<const Link> links(Qubit qubit) const { return links_[qubit]; }
  /// None if there is no coupling.
  [[nodiscard]] const Link* find(Qubit from, Qubit to) const;
  /// Steps between qubits; the largest number if there is no way.
  [[nodiscard]] std::vector<std::uint32_t> distances(Qubit from) const;

 private:
  std::vector<std::vector<Link>> links_;
};

/// A pair of the circuit's qubits that interact, seen from one of them.
struct Interaction {
  Qubit with;
  double once = 0;   ///< ZZ gates that entangle fully
  double other = 0;  ///< others
};

/// A circuit to be placed on a device.
class LayoutProblem {
 public:
  /// ErrorKind::unsupported if the device has fewer qubits that are up than the circuit, or lacks gates.
  [[nodiscard]] static Result<LayoutProblem> make(const ZzCircuit& circuit, const Target& target);

  [[nodiscard]] const DeviceGraph& device() const { return device_; }
  [[nodiscard]] std::size_t qubits() const { return interactions_.size(); }
  [[nodiscard]] std::span<const Interaction> interactions(Qubit qubit) const { return interactions_[qubit]; }
  /// Whether the place is up and has all gates that a rotation may take.
  [[nodiscard]] bool is_usable(Qubit place) const { return usable_[place]; }
  /// Of the gates on this qubit alone and its readout, at that place; impossible if it is down.
  [[nodiscard]] double loss_at(Qubit qubit, Qubit place) const { return losses_[qubit * device_.size() + place]; }
  /// Of the gates of an interaction between coupled places; impossible if they are not.
  [[nodiscard]] double loss_between(const Interaction& interaction, Qubit from, Qubit to) const {
    const Link* link = device_.find(from, to);
    return link == nullptr ? impossible : interaction.once * link->once + interaction.other * link->other;
  }
  /// Of everything; impossible if the layout needs swaps.
  [[nodiscard]] double loss(std::span<const Qubit> layout) const;

 private:
  LayoutProblem(const Target& target, std::vector<bool> usable) : device_(target, usable), usable_(std::move(usable)) {}

  DeviceGraph device_;
  std::vector<std::vector<Interaction>> interactions_;
  std::vector<double> losses_;  // [circuit's qubit][place]
  std::vector<bool> usable_;
};

}  // namespace bornite
