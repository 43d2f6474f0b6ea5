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
    if (path_.empty()) return false;
    for (; !is_whole() && moves > 0; --moves) {
      if (extend()) continue;
      if (random_() % 2 == 0)
        move();
      else  // what is around here leads no further
        retreat();
    }
    return is_whole();
  }

  /// Begins with the path of a layout.
  void begin_at(const std::vector<Qubit>& layout) {
    for (const Qubit q : order_) push_back(layout[q]);
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
      if (random_() % 2 == 0)
        move();
      else
        regrow();
      const double next = is_whole() ? loss() : impossible;
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
      if (is_free(p)) up.push_back(p);
    if (!up.empty()) push_back(up[random_() % up.size()]);
  }

  [[nodiscard]] bool is_free(Qubit p) const { return position_[p] == absent && problem_.is_usable(p); }

  [[nodiscard]] std::size_t free_links(Qubit p) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(problem_.device().links(p), [&](const Link& link) { return is_free(link.to); }));
  }

  /// One to go on to: any, or the one with the fewest ways on from there, lest it be left behind.
  [[nodiscard]] std::optional<Qubit> free_neighbour(Qubit end) {
    const bool any = random_() % 2 == 0;
    std::optional<Qubit> best;
    std::pair<std::size_t, std::uint64_t> least;
    for (const Link& link : problem_.device().links(end)) {
      if (!is_free(link.to)) continue;
      const std::pair rank(any ? 0 : free_links(link.to), random_());
      if (best && rank >= least) continue;
      least = rank;
      best = link.to;
    }
    return best;
  }

  [[nodiscard]] bool is_whole() const { return path_.size() == order_.size(); }

  /// By one qubit, at either end; false if both lead nowhere.
  bool extend() {
    if (random_() % 2 == 0) turn_round();
    for (int ends = 0; ends < 2; ++ends) {
      if (const auto next = free_neighbour(path_.back())) {
        push_back(*next);
        return true;
      }
      turn_round();
    }
    return false;
  }

  /// Gives up a part of the end, more often a short one than a long one.
  void retreat() {
    if (random_() % 2 == 0) turn_round();
    auto steps = 1 + static_cast<std::size_t>(std::pow(random_.uniform(), 8) * static_cast<double>(path_.size()));
    for (; steps > 0 && path_.size() > 1; --steps) {
      position_[path_.back()] = absent;
      path_.pop_back();
    }
  }

  /// Gives up a part and makes up for it; the path may stay short.
  void regrow() {
    retreat();
    while (!is_whole())
      if (!extend()) return;
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
    if (!problem_.is_usable(next)) return;
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
                                              const std::vector<Qubit>& known, const LayoutOptions& options) {
  std::optional<std::vector<Qubit>> best;
  double least = impossible;
  for (std::uint32_t search = 0; search < searches; ++search) {
    MovingLine line(problem, order,
                    RandomStream({.seed = options.seed, .purpose = StreamPurpose::layout, .restart = search}));
    if (!known.empty())
      line.begin_at(known);
    else if (!line.grow(options.line_moves))
      continue;
    line.anneal(options.line_moves);
    if (best && line.loss() >= least) continue;
    least = line.loss();
    best = line.layout();
  }
  return best;
}

}  // namespace bornite
