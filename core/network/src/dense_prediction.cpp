#include "dense_prediction.hpp"

#include "enumeration_kernels.hpp"
#include "enumeration_layout.hpp"
#include "group_tables.hpp"
#include "half_tables.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>

namespace bornite {
namespace {

constexpr std::size_t rows_at_once = 32;

/// Weights of the networks of one setting in the order of the kernels: [outer][a][b], 0 for what fills the halves up.
std::vector<double> in_kernel_order(const EnumerationLayout& layout, std::uint64_t setting, std::size_t a_count,
                                    std::size_t b_count, std::span<const double> weights) {
  const auto a_index = scatter_all(layout.a_qubits);
  const auto b_index = scatter_all(layout.b_qubits);
  std::vector<double> ordered((a_count * b_count) << layout.outer_qubits.size());
  parallel_for(std::size_t{1} << layout.outer_qubits.size(), [&](std::size_t outer) {
    const std::uint64_t index = setting | scatter(outer, layout.outer_qubits);
    for (std::size_t a = 0; a < a_index.size(); ++a)
      for (std::size_t b = 0; b < b_index.size(); ++b)
        ordered[(outer * a_count + a) * b_count + b] = weights[index | a_index[a] | b_index[b]];
  });
  return ordered;
}

/// out[row][output] += the lanes' parts; a binary output is class 1 alone.
void add_lanes(const std::vector<double>& by_lane, std::size_t rows, std::size_t classes, OutputKind output,
               double* out) {
  const std::size_t first = output == OutputKind::binary ? 1 : 0;
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t k = first; k < classes; ++k)
      for (std::size_t lane = 0; lane < lane_count; ++lane)
        out[row * (classes - first) + k - first] += by_lane[(row * classes + k) * lane_count + lane];
}

/// Adds the predictions of one setting's networks at the rows of the tables; `out` begins at the first of them.
void add_setting(const EnumerationLayout& layout, const GroupTables& tables, std::span<const double> weights,
                 OutputKind output, double* out) {
  const std::size_t classes = tables.terms() + 1;
  const std::size_t width = output == OutputKind::binary ? 1 : classes;
  parallel_blocks(tables.rows(), rows_at_once, [&](std::size_t begin, std::size_t end) {
    HalfTableBuffer halves(layout, rows_at_once, tables.terms(), true);
    std::vector<double> by_lane((end - begin) * classes * lane_count);
    const std::size_t networks = halves.a_count() * halves.b_count();
    for (std::size_t outer = 0; outer < std::size_t{1} << layout.outer_qubits.size(); ++outer)
      add_weighted_probabilities(halves.fill(tables, outer, begin, end), weights.data() + outer * networks,
                                 by_lane.data());
    add_lanes(by_lane, end - begin, classes, output, out + begin * width);
  });
}

}  // namespace

std::optional<std::vector<double>> dense_predictive(const Encoding& encoding, const RowPanels& rows,
                                                    std::span<const double> weights) {
  const OutputKind output = encoding.spec().output;
  if (output == OutputKind::regression) return std::nullopt;
  const EnumerationLayout layout(encoding);
  const std::size_t width = encoding.spec().widths.back();
  const HalfTableBuffer sizes(layout, 1, 1, true);
  const TargetPanels class_0(std::vector<double>(rows.rows(), 0.0));
  std::vector<double> out(rows.rows() * width);
  for (std::uint64_t state = 0; state < std::uint64_t{1} << layout.setting.size(); ++state) {
    const std::uint64_t setting = scatter(state, layout.setting);
    const BinaryNetwork network = encoding.decode(Bitstring::from_index(encoding.bits(), setting));
    const auto ordered = in_kernel_order(layout, setting, sizes.a_count(), sizes.b_count(), weights);
    const std::size_t block = layout.rows_per_block(width);
    for (std::size_t begin = 0; begin < rows.rows(); begin += block) {
      GroupTables tables(layout, network, rows, class_0, begin, std::min(rows.rows(), begin + block));
      if (!(tables.largest() <= largest_exponent)) return std::nullopt;
      tables.exponentiate();
      add_setting(layout, tables, ordered, output, out.data() + begin * width);
    }
  }
  return out;
}

}  // namespace bornite
