#include "batch_evaluation.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <optional>

namespace bornite {
namespace {

// A pack's sums for one panel stay in the first-level cache.
constexpr std::size_t columns_per_pack = 96;
constexpr std::size_t networks_per_batch = 4096;
constexpr std::size_t parameters_per_batch = std::size_t{1} << 23;
// Sums over rows are added up block by block, in this order on any number of threads.
constexpr std::size_t panels_per_loss_block = 256;
constexpr std::size_t panels_per_prediction_block = 8;

std::size_t pack_size_for(std::span<const std::size_t> widths) {
  return widths.size() > 2 ? 1 : std::max<std::size_t>(1, columns_per_pack / widths.back());
}

NetworkBatch decode_batch(const Encoding& encoding, const BitstringList& strings, std::span<const std::size_t> chosen,
                          const RowPanels& rows) {
  NetworkBatch batch{
      {}, chosen.size(), pack_size_for(encoding.spec().widths), encoding.spec().widths.back(), encoding.spec().output};
  std::vector<std::optional<PackedNetworks>> packs((chosen.size() + batch.pack_size - 1) / batch.pack_size);
  parallel_for(packs.size(), [&](std::size_t p) {
    std::vector<BinaryNetwork> networks;
    for (std::size_t i = 0; i < batch.networks_in(p); ++i)
      networks.push_back(encoding.decode(strings[chosen[p * batch.pack_size + i]]));
    packs[p].emplace(networks, rows);
  });
  batch.packs.reserve(packs.size());
  for (auto& pack : packs) batch.packs.push_back(*std::move(pack));
  return batch;
}

/// totals[network] of one pack over the panels [begin, end).
void sum_losses(const NetworkBatch& batch, std::size_t pack, Loss loss, const RowPanels& rows,
                const TargetPanels& targets, std::size_t begin, std::size_t end, std::span<double> totals) {
  const PackedNetworks& networks = batch.packs[pack];
  std::vector<double> sums(networks.padded_columns() * tile_width);
  std::vector<double> by_lane(totals.size() * tile_width);
  PackedNetworks::Scratch scratch;
  for (std::size_t panel = begin; panel < end; ++panel) {
    networks.forward(rows, panel, sums.data(), scratch);
    add_losses(batch.output, loss, targets, panel, sums.data(), totals.size(), batch.width, by_lane.data());
  }
  for (std::size_t i = 0; i < totals.size(); ++i)
    for (std::size_t lane = 0; lane < tile_width; ++lane) totals[i] += by_lane[i * tile_width + lane];
}

/// by_lane[(output, lane)] += weighted predictions of one pack at one panel.
void add_weighted_predictions(const NetworkBatch& batch, std::size_t pack, std::span<const double> weights,
                              const double* sums, double* by_lane) {
  const std::size_t stride = batch.width * tile_width;
  for (std::size_t i = 0; i < batch.networks_in(pack); ++i) {
    const double weight = weights[pack * batch.pack_size + i];
    for (std::size_t k = 0; k < stride; ++k) by_lane[k] += weight * sums[i * stride + k];
  }
}

void add_predictions_of_block(const NetworkBatch& batch, const RowPanels& rows, std::size_t begin, std::size_t end,
                              std::span<const double> weights, std::span<double> out) {
  std::vector<double> sums(batch.packs.front().padded_columns() * tile_width);
  PackedNetworks::Scratch scratch;
  std::vector<double> by_lane(batch.width * tile_width);
  for (std::size_t panel = begin; panel < end; ++panel) {
    std::fill(by_lane.begin(), by_lane.end(), 0.0);
    for (std::size_t pack = 0; pack < batch.packs.size(); ++pack) {
      batch.packs[pack].forward(rows, panel, sums.data(), scratch);
      to_predictions(batch.output, sums.data(), batch.networks_in(pack), batch.width);
      add_weighted_predictions(batch, pack, weights, sums.data(), by_lane.data());
    }
    const std::size_t first = panel * tile_width;
    for (std::size_t row = first; row < std::min(rows.rows(), first + tile_width); ++row)
      for (std::size_t k = 0; k < batch.width; ++k) out[row * batch.width + k] += by_lane[k * tile_width + row - first];
  }
}

}  // namespace

NetworkBatch batch_of(const BinaryNetwork& network, const RowPanels& rows) {
  NetworkBatch batch{{}, 1, 1, network.output_width(), network.output};
  batch.packs.emplace_back(std::span(&network, 1), rows);
  return batch;
}

void for_each_batch(const Encoding& encoding, const BitstringList& strings, std::span<const std::size_t> chosen,
                    const RowPanels& rows,
                    const std::function<void(const NetworkBatch& batch, std::size_t first)>& use) {
  const std::size_t size =
      std::clamp<std::size_t>(parameters_per_batch / std::max<std::size_t>(1, encoding.bits()), 1, networks_per_batch);
  for (std::size_t first = 0; first < chosen.size(); first += size)
    use(decode_batch(encoding, strings, chosen.subspan(first, std::min(size, chosen.size() - first)), rows), first);
}

std::vector<double> mean_losses(const NetworkBatch& batch, Loss loss, const RowPanels& rows,
                                const TargetPanels& targets) {
  const std::size_t blocks = (rows.panels() + panels_per_loss_block - 1) / panels_per_loss_block;
  std::vector<double> partial(batch.packs.size() * blocks * batch.pack_size);
  parallel_for(batch.packs.size() * blocks, [&](std::size_t task) {
    const std::size_t pack = task / blocks;
    const std::size_t begin = task % blocks * panels_per_loss_block;
    const std::span<double> totals(partial.data() + task * batch.pack_size, batch.networks_in(pack));
    sum_losses(batch, pack, loss, rows, targets, begin, std::min(rows.panels(), begin + panels_per_loss_block), totals);
  });
  std::vector<double> means(batch.networks);
  for (std::size_t i = 0; i < batch.networks; ++i) {
    const std::size_t first_task = i / batch.pack_size * blocks;
    for (std::size_t block = 0; block < blocks; ++block)
      means[i] += partial[(first_task + block) * batch.pack_size + i % batch.pack_size];
    means[i] /= targets.total_weight();
  }
  return means;
}

void add_predictions(const NetworkBatch& batch, const RowPanels& rows, std::span<const double> weights,
                     std::span<double> out) {
  parallel_blocks(rows.panels(), panels_per_prediction_block, [&](std::size_t begin, std::size_t end) {
    add_predictions_of_block(batch, rows, begin, end, weights, out);
  });
}

}  // namespace bornite
