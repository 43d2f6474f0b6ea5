#include "swap_search.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "swap_output.hpp"

namespace bornite {
namespace {

constexpr std::size_t look_ahead = 20;  // later gates that count
constexpr double look_ahead_weight = 0.5;
constexpr double join_bonus = 0.05;     // for a swap that takes one more gate instead of three
constexpr double decay_step = 0.001;    // what a qubit that was just moved is put back by
constexpr std::size_t decay_reset = 5;  // swaps after which that is forgotten

class SwapSearch {
 public:
  SwapSearch(const ZzCircuit& circuit, const DeviceGraph& device, const std::vector<std::uint32_t>& distances,
             std::vector<Qubit> layout)
      : circuit_(circuit),
        device_(device),
        distances_(distances),
        routed_{ZzCircuit(device.size()), layout, {}, 0},
        output_(device.size()),
        place_(std::move(layout)),
        queues_(circuit.qubits()),
        heads_(circuit.qubits(), 0),
        decay_(device.size(), 1) {
    for (std::size_t i = 0; i < circuit.operations().size(); ++i) {
      const auto& operation = circuit.operations()[i];
      if (const auto* local = std::get_if<LocalOperation>(&operation)) queues_[local->qubit].push_back(i);
      if (const auto* zz = std::get_if<ZzOperation>(&operation)) {
        queues_[zz->first].push_back(i);
        queues_[zz->second].push_back(i);
        gates_.push_back(i);
      }
    }
    done_.assign(circuit.operations().size(), false);
  }

  Routed run() {
    advance(all_qubits());
    for (;;) {
      const std::vector<std::size_t> front = waiting();
      if (front.empty()) break;
      // Swaps that lead nowhere are ended by the shortest way for the first gate.
      if (swaps_in_vain_ > 3 * longest_distance() + 10)
        step_towards(gate(front[0]));
      else
        swap_best(front);
      ++swaps_in_vain_;
      advance(all_qubits());
    }
    routed_.circuit = output_.finish();
    routed_.final_layout = place_;
    return std::move(routed_);
  }

 private:
  [[nodiscard]] const ZzOperation& gate(std::size_t i) const { return std::get<ZzOperation>(circuit_.operations()[i]); }
  [[nodiscard]] const LocalOperation* local_at(std::size_t i) const {
    return std::get_if<LocalOperation>(&circuit_.operations()[i]);
  }
  [[nodiscard]] std::vector<Qubit> all_qubits() const {
    std::vector<Qubit> all(circuit_.qubits());
    std::iota(all.begin(), all.end(), Qubit{0});
    return all;
  }
  [[nodiscard]] std::uint32_t distance(Qubit a, Qubit b) const { return distances_[a * device_.size() + b]; }
  [[nodiscard]] std::uint32_t distance(const ZzOperation& zz) const {
    return distance(place_[zz.first], place_[zz.second]);
  }
  [[nodiscard]] bool is_head(Qubit q, std::size_t i) const {
    return heads_[q] < queues_[q].size() && queues_[q][heads_[q]] == i;
  }
  [[nodiscard]] std::size_t longest_distance() const { return device_.size() < 100 ? device_.size() : 100; }

  /// Does all that can be done where these qubits are.
  void advance(std::vector<Qubit> active) {
    while (!active.empty()) {
      const Qubit q = active.back();
      if (heads_[q] == queues_[q].size()) {
        active.pop_back();
      } else if (const std::size_t i = queues_[q][heads_[q]]; const auto* local = local_at(i)) {
        output_.local(place_[q], local->run);
        ++heads_[q];
      } else if (is_head(gate(i).first, i) && is_head(gate(i).second, i) && distance(gate(i)) == 1) {
        do_gate(i);
        active.push_back(gate(i).first == q ? gate(i).second : gate(i).first);
      } else {
        active.pop_back();
      }
    }
  }

  void do_gate(std::size_t i) {
    const ZzOperation& zz = gate(i);
    output_.zz(place_[zz.first], place_[zz.second], zz.angle);
    done_[i] = true;
    ++heads_[zz.first];
    ++heads_[zz.second];
    swaps_in_vain_ = 0;
    std::ranges::fill(decay_, 1);
  }

  /// Gates that only distance keeps from being done.
  [[nodiscard]] std::vector<std::size_t> waiting() const {
    std::vector<std::size_t> front;
    for (Qubit q = 0; q < circuit_.qubits(); ++q)
      if (heads_[q] < queues_[q].size()) {
        const std::size_t i = queues_[q][heads_[q]];
        if (gate(i).first == q && is_head(gate(i).second, i)) front.push_back(i);
      }
    return front;
  }

  [[nodiscard]] std::vector<std::size_t> later_gates(const std::vector<std::size_t>& front) {
    while (next_gate_ < gates_.size() && done_[gates_[next_gate_]]) ++next_gate_;
    std::vector<std::size_t> later;
    for (std::size_t k = next_gate_; k < gates_.size() && later.size() < look_ahead; ++k)
      if (!done_[gates_[k]] && std::ranges::find(front, gates_[k]) == front.end()) later.push_back(gates_[k]);
    return later;
  }

  [[nodiscard]] double mean_distance(const std::vector<std::size_t>& gates, Qubit a, Qubit b) const {
    const auto moved = [&](Qubit place) { return place == a ? b : place == b ? a : place; };
    double sum = 0;
    for (const std::size_t i : gates) sum += distance(moved(place_[gate(i).first]), moved(place_[gate(i).second]));
    return gates.empty() ? 0 : sum / static_cast<double>(gates.size());
  }

  void swap_best(const std::vector<std::size_t>& front) {
    const std::vector<std::size_t> later = later_gates(front);
    double least = impossible;
    Place best{};
    for (const std::size_t i : front)
      for (const Qubit from : {place_[gate(i).first], place_[gate(i).second]})
        for (const Link& link : device_.links(from)) {
          const double cost =
              std::max(decay_[from], decay_[link.to]) *
                  (mean_distance(front, from, link.to) + look_ahead_weight * mean_distance(later, from, link.to)) +
              (output_.joins(from, link.to) ? 0 : join_bonus) + 1e-3 * link.once;  // and the one that fails less
          if (cost < least) {
            least = cost;
            best = {from, link.to};
          }
        }
    swap(best[0], best[1]);
  }

  void step_towards(const ZzOperation& zz) {
    const Qubit from = place_[zz.first], to = place_[zz.second];
    for (const Link& link : device_.links(from))
      if (distance(link.to, to) < distance(from, to)) return swap(from, link.to);
  }

  void swap(Qubit a, Qubit b) {
    output_.swap(a, b);
    if (++routed_.swaps % decay_reset == 0) std::ranges::fill(decay_, 1);
    decay_[a] += decay_step;
    decay_[b] += decay_step;
    for (Qubit& place : place_) place = place == a ? b : place == b ? a : place;
  }

  const ZzCircuit& circuit_;
  const DeviceGraph& device_;
  const std::vector<std::uint32_t>& distances_;
  Routed routed_;
  SwapOutput output_;
  std::vector<Qubit> place_;
  std::vector<std::vector<std::size_t>> queues_;  // operations of each qubit
  std::vector<std::size_t> heads_;
  std::vector<std::size_t> gates_;  // operations on two qubits
  std::vector<bool> done_;
  std::size_t next_gate_ = 0;
  std::vector<double> decay_;
  std::size_t swaps_in_vain_ = 0;
};

}  // namespace

std::vector<std::uint32_t> all_distances(const DeviceGraph& device) {
  std::vector<std::uint32_t> distances;
  for (Qubit p = 0; p < device.size(); ++p) {
    const auto row = device.distances(p);
    distances.insert(distances.end(), row.begin(), row.end());
  }
  return distances;
}

Routed route_from(const ZzCircuit& circuit, const DeviceGraph& device, const std::vector<std::uint32_t>& distances,
                  std::vector<Qubit> layout) {
  return SwapSearch(circuit, device, distances, std::move(layout)).run();
}

}  // namespace bornite
