#include "bornite/compile/layout.hpp"

#include "layout_search.hpp"

namespace bornite {

Result<Layout> find_layout(const ZzCircuit& circuit, const Target& target, const LayoutOptions& options) {
  BORNITE_TRY(const LayoutProblem problem, LayoutProblem::make(circuit, target));
  std::vector<Qubit> found;
  if (const auto order = line_order(problem); order && order->size() > 1)
    if (auto line = search_line(problem, *order, options)) found = std::move(*line);
  found = search_embedding(problem, std::move(found), options);
  const bool exact = !found.empty();
  return Layout{std::move(found), exact};
}

}  // namespace bornite
