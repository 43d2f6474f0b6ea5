#pragma once
// Ways to find a layout that needs no swaps.

#include <optional>
#include <vector>

#include "bornite/compile/layout.hpp"
#include "layout_problem.hpp"

namespace bornite {

/// The circuit's qubits in the order of a line that holds all pairs that interact; none if there is no such line.
[[nodiscard]] std::optional<std::vector<Qubit>> line_order(const LayoutProblem& problem);

/// A layout of those qubits along a path of the device, found by annealing from `known`, a layout along a path, or if
/// that is empty from paths that grow at random; none if none grew so long.
[[nodiscard]] std::optional<std::vector<Qubit>> search_line(const LayoutProblem& problem,
                                                            const std::vector<Qubit>& order,
                                                            const std::vector<Qubit>& known,
                                                            const LayoutOptions& options);

/// The best layout among all, as far as `options.embedding_work` goes; none better than `known` (which may be empty),
/// or none at all, gives back `known`.
[[nodiscard]] std::vector<Qubit> search_embedding(const LayoutProblem& problem, std::vector<Qubit> known,
                                                  const LayoutOptions& options);

}  // namespace bornite
