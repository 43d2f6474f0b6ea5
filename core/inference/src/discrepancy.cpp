#include "discrepancy.hpp"

#include "block_sums.hpp"
#include "kernel_transform.hpp"
#include "objective_kernels.hpp"
#include "work_room.hpp"

#include <array>
#include <vector>

namespace bornite {

Discrepancy discrepancy(const DiscrepancyRequest& request, const ProbabilityTable& p, const Kernel& kernel) {
  const std::vector<double> high = p.all_high();
  const std::span<double> room = request.effective_cost.empty() ? work_room(request.q.size()) : request.effective_cost;
  const ObjectiveKernels& kernels = objective_kernels();
  const auto finish = [&](const FinishedTile& tile) {
    return kernels.discrepancy(
        {.mapped = tile.values.data,
         .mapped_stride = tile.values.stride,
         .rows = tile.rows,
         .columns = tile.columns,
         .q = request.q.data() + tile.begin,
         .costs = request.costs.empty() ? nullptr : request.costs.data() + tile.begin,
         .effective_cost = request.effective_cost.empty() ? nullptr : request.effective_cost.data() + tile.begin,
         .stride = tile.row_stride,
         .low = p.low().data() + tile.begin % block_size,
         .high = high.data() + tile.begin / block_size,
         .high_stride = tile.row_stride / block_size},
        request.lambda);
  };
  const auto [cost, mmd2] = apply_kernel(kernel, room, {request.q.data(), p.low().data(), high.data()}, finish);
  return {cost, mmd2};
}

}  // namespace bornite
