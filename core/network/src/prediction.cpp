#include "bornite/network/prediction.hpp"

#include "batch_evaluation.hpp"
#include "data_checks.hpp"
#include "dense_prediction.hpp"
#include "distinct_rows.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace bornite {
namespace {

// A network of many is this much cheaper by the tables of an enumeration than on its own.
constexpr std::size_t dense_advantage = 8;
constexpr std::size_t most_dense_bits = 28;

bool is_dense(const Encoding& encoding, std::size_t strings) {
  return encoding.bits() <= most_dense_bits && strings >= (std::size_t{1} << encoding.bits()) / dense_advantage;
}

std::vector<double> weights_by_index(const Encoding& encoding, const BitstringList& strings,
                                     std::span<const double> weights) {
  std::vector<double> dense(std::size_t{1} << encoding.bits());
  for (std::size_t i = 0; i < strings.size(); ++i) dense[strings[i].index()] += weights[i];
  return dense;
}

/// The predictions at all rows from those at the different ones.
std::vector<double> repeated(std::span<const double> predictions, std::span<const std::size_t> places,
                             std::size_t width) {
  std::vector<double> all;
  all.reserve(places.size() * width);
  for (const std::size_t place : places) {
    const auto row = predictions.subspan(place * width, width);
    all.insert(all.end(), row.begin(), row.end());
  }
  return all;
}

}  // namespace

Result<std::vector<double>> posterior_predictive(const Encoding& encoding, const Dataset& data,
                                                 const BitstringList& strings, std::span<const double> weights) {
  BORNITE_CHECK(check_features(encoding.spec(), data));
  if (weights.size() != strings.size())
    throw std::invalid_argument(fmt::format("{} weights for {} strings", weights.size(), strings.size()));
  if (strings.bits() != encoding.bits() && !strings.empty())
    throw std::invalid_argument(fmt::format("strings of {} bits for {}", strings.bits(), encoding.bits()));
  std::vector<std::size_t> chosen;
  std::vector<double> chosen_weights;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    if (weights[i] == 0) continue;
    chosen.push_back(i);
    chosen_weights.push_back(weights[i]);
  }
  const std::size_t width = encoding.spec().widths.back();
  const DistinctRows distinct = distinct_inputs(data);
  const RowPanels rows(distinct.data);
  std::vector<double> out(rows.rows() * width);
  if (is_dense(encoding, chosen.size()) && data.rows() > 0)
    if (auto dense = dense_predictive(encoding, rows, weights_by_index(encoding, strings, weights)))
      return repeated(*dense, distinct.places, width);
  for_each_batch(encoding, strings, chosen, rows, [&](const NetworkBatch& batch, std::size_t first) {
    add_predictions(batch, rows, std::span(chosen_weights).subspan(first, batch.networks), out);
  });
  return repeated(out, distinct.places, width);
}

}  // namespace bornite
