#include "bornite/network/prediction.hpp"

#include "batch_evaluation.hpp"
#include "data_checks.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace bornite {

Result<std::vector<double>> posterior_predictive(const Encoding& encoding, const Dataset& data,
                                                 const BitstringList& strings, std::span<const double> weights) {
  BORNITE_CHECK(check_features(encoding.spec(), data));
  if (weights.size() != strings.size())
    throw std::invalid_argument(fmt::format("{} weights for {} strings", weights.size(), strings.size()));
  std::vector<std::size_t> chosen;
  std::vector<double> chosen_weights;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    if (weights[i] == 0) continue;
    chosen.push_back(i);
    chosen_weights.push_back(weights[i]);
  }
  std::vector<double> out(data.rows() * encoding.spec().widths.back());
  const RowPanels rows(data);
  for_each_batch(encoding, strings, chosen, [&](const NetworkBatch& batch, std::size_t first) {
    add_predictions(batch, rows, std::span(chosen_weights).subspan(first, batch.networks), out);
  });
  return out;
}

}  // namespace bornite
