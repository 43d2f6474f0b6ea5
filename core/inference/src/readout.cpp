#include "bornite/inference/readout.hpp"

#include "readout_correction.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace bornite {
namespace {

Result<void> check(const std::vector<ReadoutError>& errors) {
  for (std::size_t bit = 0; bit < errors.size(); ++bit) {
    const auto [up, down] = errors[bit];
    if (up >= 0 && down >= 0 && up + down < 1) continue;
    return Error{ErrorKind::numeric,
                 fmt::format("The reading of bit {} tells nothing: 0 is read as 1 with probability {:.3g}, and 1 as 0 "
                             "with {:.3g}.",
                             bit, up, down),
                 "Choose other qubits of the device, or train without readout mitigation."};
  }
  return {};
}

/// Share of the shots that have a one at each bit.
std::vector<double> shares_of_one(const ShotRow& row) {
  std::vector<double> shares(row.bits());
  for (std::size_t i = 0; i < row.size(); ++i)
    for (std::size_t bit = 0; bit < shares.size(); ++bit)
      if (row.strings()[i][bit]) shares[bit] += static_cast<double>(row.counts()[i]) / static_cast<double>(row.shots());
  return shares;
}

}  // namespace

Result<std::vector<ReadoutError>> readout_errors(const ShotRow& zeros, const ShotRow& ones) {
  const std::vector<double> up = shares_of_one(zeros), right = shares_of_one(ones);
  std::vector<ReadoutError> errors;
  for (std::size_t bit = 0; bit < up.size(); ++bit) errors.push_back({up[bit], std::max(0.0, 1 - right[bit])});
  BORNITE_CHECK(check(errors));
  return errors;
}

Result<Sample> mitigate(const ShotRow& shots, const std::vector<ReadoutError>& errors) {
  if (errors.size() != shots.bits())
    throw std::invalid_argument(fmt::format("{} bits have {} readout errors", shots.bits(), errors.size()));
  BORNITE_CHECK(check(errors));
  Sample sample(shots);
  auto correction = std::make_shared<const ReadoutCorrection>(shots, errors);
  auto weights = correction->weights(sample.weights());
  if (!weights)
    return Error{ErrorKind::numeric, "The readout errors are so large that taking them out does not converge.",
                 "Choose other qubits of the device, or train without readout mitigation."};
  sample.weights_ = *std::move(weights);
  sample.correction_ = std::move(correction);
  return sample;
}

}  // namespace bornite
