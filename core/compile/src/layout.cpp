#include "bornite/compile/layout.hpp"

#include "layout_search.hpp"

namespace bornite {
namespace {

/// Whether the layout leads along a path of the device. One of several lines may have gaps between them.
bool is_path(const LayoutProblem& problem, const std::vector<Qubit>& order, const std::vector<Qubit>& layout) {
  for (std::size_t i = 0; i + 1 < order.size() && !layout.empty(); ++i)
    if (problem.device().find(layout[order[i]], layout[order[i + 1]]) == nullptr) return false;
  return !layout.empty();
}

}  // namespace

Result<Layout> find_layout(const ZzCircuit& circuit, const Target& target, const LayoutOptions& options) {
  BORNITE_TRY(const LayoutProblem problem, LayoutProblem::make(circuit, target));
  std::vector<Qubit> found;
  const auto order = line_order(problem);
  const bool is_line = order && order->size() > 1;
  if (is_line) found = search_line(problem, *order, {}, options).value_or(found);
  const bool grown = !found.empty();
  found = search_embedding(problem, std::move(found), options);
  // Where no path grew long enough, as when the device has hardly a longer one, the first that fits is improved.
  if (is_line && !grown && is_path(problem, *order, found)) found = *search_line(problem, *order, found, options);
  const bool exact = !found.empty() && problem.loss(found) < impossible;
  return Layout{std::move(found), exact};
}

}  // namespace bornite
