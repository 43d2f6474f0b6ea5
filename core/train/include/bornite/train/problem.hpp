#pragma once
// What is to be learnt: a cost for every bitstring, and, unless it is a bare cost table, the data and the network.

#include "bornite/data/dataset.hpp"
#include "bornite/network/cost_model.hpp"
#include "bornite/network/encoding.hpp"
#include "bornite/util/config.hpp"
#include "bornite/util/error.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bornite {

struct Problem {
  std::string name;
  std::shared_ptr<const CostModel> costs;
  std::optional<Encoding> encoding;  ///< how bits become a network; absent for a cost table
  DataSplit data;                    ///< after all preprocessing; empty for a cost table

  [[nodiscard]] std::size_t qubits() const { return costs->bits(); }
};

/// One line about a problem that is built in.
struct BuiltinProblem {
  std::string name;
  std::string description;
};

[[nodiscard]] std::vector<BuiltinProblem> builtin_problems();

/// Builds the problem that `config` describes. Reads the keys `problem`, `data.*` and `network.*`: `problem` is a
/// built-in name, "table:FILE" for a cost table, or any name for data of one's own, given by data.train.
[[nodiscard]] Result<Problem> make_problem(Config& config);

}  // namespace bornite
