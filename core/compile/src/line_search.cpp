#include <algorithm>
#include <cmath>
#include <numeric>

#include "bornite/util/random.hpp"
#include "layout_search.hpp"

namespace bornite {
namespace {

constexpr std::uint32_t searches = 8;

/// A path of the device that moves: it slides on at an end, or its end bites into it and what lies behind turns round.
class MovingLine {
 public:
  MovingLine(const LayoutProblem& problem, const std::vector<Qubit>& order, RandomStream random)
      : problem_(problem), order_(order), random_(random), position_(problem.device().size(), absent) {}

  /// Makes a path of full length; false if it does not come about.
  bool grow(std::size_t moves) {
    start();
    for (; path_.size() < order_.size() && moves > 0; --moves) {
      if (random_() % 2 == 0) turn_round();
      const Qubit end = path_.back();
      std::vector<Qubit> free;
      for (const Link& link : problem_.device().links(end))
        if (position_[link.to] == absent && problem_.loss_at(order_[0], link.to) < impossible) free.push_back(link.to);
      if (free.empty())
        move();
      else
        push_back(free[random_() % free.size()]);
    }
    return path_.size() == order_.size();
  }

  /// Annealing: worse paths are accepted less and less often. Ends at the best that was met.
  void anneal(std::size_t moves) {
    best_ = path_;
    double current = loss(), least = current;
    const double warm = 0.1 * current / static_cast<double>(order_.size()) * 3, cold = 0.02 * warm;
    for (std::size_t i = 0; i < moves; ++i) {
      const double temperature = warm * std::pow(cold / warm, static_cast<double>(i) / static_cast<double>(moves));
      before_ = path_;
      if (random_() % 2 == 0) turn_round();
      move();
      const double next = loss();
      if (next < least) {
        least = next;
        best_ = path_;
      }
      if (next <= current || random_.uniform() < std::exp((current - next) / temperature))
        current = next;
      else
        restore(before_);
    }
    restore(best_);
  }

  /// Of the better of the two directions.
  [[nodiscard]] double loss() const { return std::min(loss(false), loss(true)); }

  [[nodiscard]] std::vector<Qubit> layout() const {
    std::vector<Qubit> layout(order_.size());
    const bool backwards = loss(true) < loss(false);
    for (std::size_t i = 0; i < order_.size(); ++i) layout[order_[i]] = at(i, backwards);
    return layout;
  }

 private:
  static constexpr std::size_t absent = ~std::size_t{0};

  [[nodiscard]] Qubit at(std::size_t i, bool backwards) const { return path_[backwards ? path_.size() - 1 - i : i]; }

  [[nodiscard]] double loss(bool backwards) const {
    double loss = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      loss += problem_.loss_at(order_[i], at(i, backwards));
      if (i == 0) continue;
      for (const Interaction& interaction : problem_.interactions(order_[i]))
        if (interaction.with == order_[i - 1])
          loss += problem_.loss_between(interaction, at(i, backwards), at(i - 1, backwards));
    }
    return loss;
  }

  void start() {
    std::vector<Qubit> up;
    for (Qubit p = 0; p < problem_.device().size(); ++p)
      if (problem_.loss_at(order_[0], p) < impossible) up.push_back(p);
    push_back(up[random_() % up.size()]);
  }

  void push_back(Qubit place) {
    position_[place] = path_.size();
    path_.push_back(place);
  }

  void turn_round() {
    std::ranges::reverse(path_);
    renumber(0);
  }

  void renumber(std::size_t from) {
    for (std::size_t i = from; i < path_.size(); ++i) position_[path_[i]] = i;
  }

  void restore(const std::vector<Qubit>& path) {
    for (const Qubit p : path_) position_[p] = absent;
    path_ = path;
    renumber(0);
  }

  void move() {
    const auto links = problem_.device().links(path_.back());
    if (links.empty()) return;
    const Qubit next = links[random_() % links.size()].to;
    if (problem_.loss_at(order_[0], next) == impossible) return;
    if (position_[next] == absent) {  // slide on
      position_[path_.front()] = absent;
      path_.erase(path_.begin());
      path_.push_back(next);
      renumber(0);
    } else {
      const std::size_t bitten = position_[next] + 1;
      std::reverse(path_.begin() + static_cast<std::ptrdiff_t>(bitten), path_.end());
      renumber(bitten);
    }
  }

  const LayoutProblem& problem_;
  const std::vector<Qubit>& order_;
  RandomStream random_;
  std::vector<Qubit> path_, before_, best_;
  std::vector<std::size_t> position_;
};

}  // namespace

std::optional<std::vector<Qubit>> line_order(const LayoutProblem& problem) {
  std::vector<Qubit> order;
  std::vector<bool> done(problem.qubits(), false);
  for (Qubit q = 0; q < problem.qubits(); ++q)
    if (problem.interactions(q).size() > 2) return std::nullopt;
  for (Qubit end = 0; end < problem.qubits(); ++end) {
    if (done[end] || problem.interactions(end).size() == 2) continue;
    for (Qubit q = end;;) {
      done[q] = true;
      order.push_back(q);
      const auto interactions = problem.interactions(q);
      const auto next = std::ranges::find_if(interactions, [&](const Interaction& i) { return !done[i.with]; });
      if (next == interactions.end()) break;
      q = next->with;
    }
  }
  if (order.size() < problem.qubits()) return std::nullopt;  // the rest are rings
  return order;
}

std::optional<std::vector<Qubit>> search_line(const LayoutProblem& problem, const std::vector<Qubit>& order,
                                              const LayoutOptions& options) {
  std::optional<std::vector<Qubit>> best;
  double least = impossible;
  for (std::uint32_t search = 0; search < searches; ++search) {
    MovingLine line(problem, order,
                    RandomStream({.seed = options.seed, .purpose = StreamPurpose::layout, .restart = search}));
    if (!line.grow(options.line_moves)) continue;
    line.anneal(options.line_moves);
    if (best && line.loss() >= least) continue;
    least = line.loss();
    best = line.layout();
  }
  return best;
}

}  // namespace bornite
