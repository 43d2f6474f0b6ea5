#include <algorithm>

#include "layout_search.hpp"

namespace bornite {
namespace {

/// Branch and bound over the circuit's qubits in an order in which each, where possible, interacts with an earlier one.
class EmbeddingSearch {
 public:
  EmbeddingSearch(const LayoutProblem& problem, std::vector<Qubit> known, std::size_t work)
      : problem_(problem),
        work_(work),
        best_(std::move(known)),
        least_(best_.empty() ? impossible : problem.loss(best_)),
        layout_(problem.qubits(), unplaced),
        taken_(problem.device().size(), false) {
    find_order();
    find_bounds();
  }

  std::vector<Qubit> run() {
    place(0, 0);
    return std::move(best_);
  }

 private:
  static constexpr Qubit unplaced = ~Qubit{0};

  struct Candidate {
    double loss;
    Qubit place;
    friend auto operator<=>(const Candidate&, const Candidate&) = default;
  };

  /// Ends of lines first, then always the qubit with most neighbours in the order already.
  void find_order() {
    std::vector<std::size_t> placed_neighbours(problem_.qubits(), 0);
    std::vector<bool> done(problem_.qubits(), false);
    while (order_.size() < problem_.qubits()) {
      Qubit best = unplaced;
      const auto rank = [&](Qubit q) {
        const std::size_t degree = problem_.interactions(q).size();
        return std::tuple(placed_neighbours[q] == 0, problem_.qubits() - placed_neighbours[q], degree == 0, degree, q);
      };
      for (Qubit q = 0; q < problem_.qubits(); ++q)
        if (!done[q] && (best == unplaced || rank(q) < rank(best))) best = q;
      done[best] = true;
      order_.push_back(best);
      for (const Interaction& interaction : problem_.interactions(best)) ++placed_neighbours[interaction.with];
    }
  }

  /// What the qubits from each position of the order on lose at least.
  void find_bounds() {
    const DeviceGraph& device = problem_.device();
    double once = impossible, other = impossible;
    for (Qubit p = 0; p < device.size(); ++p)
      for (const Link& link : device.links(p)) once = std::min(once, link.once), other = std::min(other, link.other);
    bounds_.assign(order_.size() + 1, 0);
    std::vector<bool> later(problem_.qubits(), false);
    for (std::size_t i = order_.size(); i-- > 0;) {
      const Qubit q = order_[i];
      double least = impossible;
      for (Qubit p = 0; p < device.size(); ++p) least = std::min(least, problem_.loss_at(q, p));
      for (const Interaction& interaction : problem_.interactions(q)) {
        if (later[interaction.with]) continue;  // counted with the later of the two
        if (interaction.once > 0) least += interaction.once * once;
        if (interaction.other > 0) least += interaction.other * other;
      }
      later[q] = true;
      bounds_[i] = bounds_[i + 1] + least;
    }
  }

  /// What this qubit adds at that place, with those that it interacts with and that are placed.
  [[nodiscard]] double added_loss(Qubit q, Qubit place) {
    work_ -= std::min(work_, 1 + problem_.interactions(q).size());
    double loss = problem_.loss_at(q, place);
    for (const Interaction& interaction : problem_.interactions(q))
      if (layout_[interaction.with] != unplaced)
        loss += problem_.loss_between(interaction, place, layout_[interaction.with]);
    return loss;
  }

  [[nodiscard]] std::vector<Candidate> candidates(Qubit q) {
    std::vector<Candidate> found;
    const auto consider = [&](Qubit place) {
      if (taken_[place]) return;
      const double loss = added_loss(q, place);
      if (loss < impossible) found.push_back({loss, place});
    };
    for (const Interaction& interaction : problem_.interactions(q))
      if (layout_[interaction.with] != unplaced) {
        for (const Link& link : problem_.device().links(layout_[interaction.with])) consider(link.to);
        std::ranges::sort(found);
        return found;
      }
    for (Qubit place = 0; place < problem_.device().size(); ++place) consider(place);
    std::ranges::sort(found);
    return found;
  }

  void place(std::size_t position, double loss) {
    if (position == order_.size()) {
      least_ = loss;
      best_ = layout_;
      return;
    }
    const Qubit q = order_[position];
    for (const Candidate& candidate : candidates(q)) {
      if (loss + candidate.loss + bounds_[position + 1] >= least_ || work_ == 0) return;
      layout_[q] = candidate.place;
      taken_[candidate.place] = true;
      place(position + 1, loss + candidate.loss);
      taken_[candidate.place] = false;
      layout_[q] = unplaced;
    }
  }

  const LayoutProblem& problem_;
  std::size_t work_;
  std::vector<Qubit> best_;
  double least_;
  std::vector<Qubit> layout_;
  std::vector<bool> taken_;
  std::vector<Qubit> order_;
  std::vector<double> bounds_;
};

}  // namespace

std::vector<Qubit> search_embedding(const LayoutProblem& problem, std::vector<Qubit> known,
                                    const LayoutOptions& options) {
  return EmbeddingSearch(problem, std::move(known), options.embedding_work).run();
}

}  // namespace bornite
