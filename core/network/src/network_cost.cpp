#include "bornite/network/network_cost.hpp"

#include "batch_evaluation.hpp"
#include "data_checks.hpp"
#include "distinct_rows.hpp"
#include "enumeration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace bornite {
namespace {

Result<void> check_finite(std::span<const double> costs) {
  if (std::all_of(costs.begin(), costs.end(), [](double cost) { return std::isfinite(cost); })) return {};
  return Error{ErrorKind::numeric, "The loss of a network is not a finite number: its sums overflow on these data.",
               "Scale the data (for example to unit variance) or the network values."};
}

}  // namespace

struct NetworkCost::State {
  Encoding encoding;
  RowPanels rows;
  TargetPanels targets;
};

Result<NetworkCost> NetworkCost::create(Encoding encoding, const Dataset& train) {
  if (train.rows() == 0)
    return Error{ErrorKind::input, "There are no training data: the data set has no rows.", "Give at least one row."};
  BORNITE_CHECK(check_features(encoding.spec(), train));
  BORNITE_CHECK(check_targets(encoding.spec(), train));
  const DistinctRows rows = distinct_examples(train);
  return NetworkCost(std::make_shared<const State>(
      State{std::move(encoding), RowPanels(rows.data), TargetPanels(rows.data.targets, rows.counts)}));
}

const Encoding& NetworkCost::encoding() const { return state_->encoding; }

std::size_t NetworkCost::bits() const { return state_->encoding.bits(); }

Result<void> NetworkCost::costs(const BitstringList& strings, std::span<double> out) const {
  if (out.size() != strings.size())
    throw std::invalid_argument(fmt::format("room for {} costs of {} strings", out.size(), strings.size()));
  std::vector<std::size_t> all(strings.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  for_each_batch(encoding(), strings, all, state_->rows, [&](const NetworkBatch& batch, std::size_t first) {
    const auto means = mean_losses(batch, encoding().spec().loss, state_->rows, state_->targets);
    std::copy(means.begin(), means.end(), out.begin() + static_cast<std::ptrdiff_t>(first));
  });
  return check_finite(out);
}

Result<CostTable> NetworkCost::enumerate() const {
  BORNITE_TRY(CostTable table, enumerate_costs(encoding(), state_->rows, state_->targets));
  BORNITE_CHECK(check_finite(table.costs()));
  return table;
}

}  // namespace bornite
