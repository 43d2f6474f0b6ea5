#pragma once
// Many networks on many rows, over all cores.

#include "packed_network.hpp"
#include "row_losses.hpp"
#include "row_panels.hpp"

#include "bornite/network/encoding.hpp"
#include "bornite/util/bitstring.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace bornite {

/// Networks for some rows in packs of pack_size (the last may hold fewer).
struct NetworkBatch {
  std::vector<PackedNetworks> packs;
  std::size_t networks = 0;
  std::size_t pack_size = 1;
  std::size_t width = 1;  ///< outputs of each network
  OutputKind output = OutputKind::binary;

  [[nodiscard]] std::size_t networks_in(std::size_t pack) const {
    return std::min(pack_size, networks - pack * pack_size);
  }
};

[[nodiscard]] NetworkBatch batch_of(const BinaryNetwork& network, const RowPanels& rows);

/// Decodes the chosen strings in batches whose memory is bounded and hands them over one after the other; `first` is
/// the position in `chosen` of a batch's first network.
void for_each_batch(const Encoding& encoding, const BitstringList& strings, std::span<const std::size_t> chosen,
                    const RowPanels& rows,
                    const std::function<void(const NetworkBatch& batch, std::size_t first)>& use);

/// Weighted mean of each network's loss over all rows, networks entries.
[[nodiscard]] std::vector<double> mean_losses(const NetworkBatch& batch, Loss loss, const RowPanels& rows,
                                              const TargetPanels& targets);

/// out[row * width + k] += sum_s weights[s] * prediction of network s; rows.rows() * width entries.
void add_predictions(const NetworkBatch& batch, const RowPanels& rows, std::span<const double> weights,
                     std::span<double> out);

}  // namespace bornite
