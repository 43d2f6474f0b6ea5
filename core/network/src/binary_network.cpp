#include "bornite/network/binary_network.hpp"

#include "batch_evaluation.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace bornite {
namespace {

void require_features(const BinaryNetwork& network, const Dataset& data) {
  if (data.features != network.inputs())
    throw std::invalid_argument(
        fmt::format("a network of {} inputs cannot read rows of {} features", network.inputs(), data.features));
}

}  // namespace

std::vector<double> BinaryNetwork::outputs(const Dataset& data) const {
  require_features(*this, data);
  std::vector<double> out(data.rows() * output_width());
  const double weight = 1;
  const RowPanels rows(data);
  add_predictions(batch_of(*this, rows), rows, {&weight, 1}, out);
  return out;
}

double BinaryNetwork::mean_loss(const Dataset& data, Loss loss) const {
  require_features(*this, data);
  if (data.rows() == 0) throw std::invalid_argument("there is no mean loss over no rows");
  if (output == OutputKind::regression && loss != Loss::squared_error)
    throw std::invalid_argument(fmt::format("a regression has no {}", to_string(loss)));
  const RowPanels rows(data);
  return mean_losses(batch_of(*this, rows), loss, rows, TargetPanels(data.targets)).front();
}

std::size_t predicted_class(OutputKind output, std::span<const double> outputs) {
  if (outputs.empty() || output == OutputKind::regression)
    throw std::invalid_argument("only the probabilities of classes stand for a class");
  // Near one half p moves by a quarter of what the logit moves.
  if (output == OutputKind::binary) return outputs[0] > 0.5 + tie_tolerance / 4 ? 1 : 0;
  std::size_t best = 0;
  for (std::size_t k = 1; k < outputs.size(); ++k)
    if (outputs[k] > outputs[best] * (1 + tie_tolerance)) best = k;
  return best;
}

}  // namespace bornite
