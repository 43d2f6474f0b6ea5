#include "dense_prediction.hpp"

#include "enumeration_kernels.hpp"
#include "enumeration_layout.hpp"
#include "group_tables.hpp"
#include "half_tables.hpp"
#include "network_classes.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <numeric>

namespace bornite {
namespace {

constexpr std::size_t rows_at_once = 32;

/// One state of the outer groups.
struct Outer {
  std::size_t state;
  std::vector<NetworkClasses::Combination> combinations;
  std::vector<double> weights;  ///< in the order of the kernels, [a][b]; 0 for what fills the halves up
};

/// The representatives of one setting by states of the outer groups, with the weights of all whom they represent.
std::vector<Outer> weigh_setting(const EnumerationLayout& layout, const NetworkClasses& classes, std::uint64_t setting,
                                 std::span<double> weights) {
  classes.add_to_representatives(setting, weights);
  const auto a_index = scatter_all(layout.a_qubits);
  const auto b_index = scatter_all(layout.b_qubits);
  const std::size_t b_count = HalfB(layout, {0, 1, true}, classes.b_states()).count();
  std::vector<Outer> all;
  for (std::size_t state = 0; state < std::size_t{1} << layout.outer_qubits.size(); ++state)
    if (auto combinations = classes.combinations(state); !combinations.empty())
      all.push_back({state, std::move(combinations), {}});
  parallel_for(all.size(), [&](std::size_t i) {
    Outer& outer = all[i];
    const std::uint64_t index = setting | scatter(outer.state, layout.outer_qubits);
    outer.weights.resize(HalfA(layout, {0, 1, true}, outer.state, outer.combinations).count() * b_count);
    for (std::size_t c = 0; c < outer.combinations.size(); ++c)
      for (std::size_t b = 0; b < outer.combinations[c].b_count; ++b)
        outer.weights[c * b_count + b] =
            weights[index | a_index[outer.combinations[c].a] | b_index[classes.b_states()[b]]];
  });
  return all;
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
void add_setting(const EnumerationLayout& layout, const NetworkClasses& classes, const GroupTables& tables,
                 const std::vector<Outer>& networks, OutputKind output, double* out) {
  const std::size_t classes_of_data = tables.terms() + 1;
  const std::size_t width = output == OutputKind::binary ? 1 : classes_of_data;
  const HalfTableShape shape{rows_at_once, tables.terms(), true};
  parallel_blocks(tables.rows(), rows_at_once, [&](std::size_t begin, std::size_t end) {
    HalfB half_b(layout, shape, classes.b_states());
    std::vector<std::size_t> rows(end - begin);
    std::iota(rows.begin(), rows.end(), begin);
    half_b.fill(tables, rows);
    HalfAStates a_states(layout, shape);
    a_states.fill(tables, rows);
    std::vector<double> by_lane((end - begin) * classes_of_data * lane_count);
    for (const Outer& outer : networks) {
      HalfA half_a(layout, shape, outer.state, outer.combinations);
      half_a.fill(tables, a_states, rows);
      add_weighted_probabilities(tables_of(half_a, half_b), outer.weights.data(), by_lane.data());
    }
    add_lanes(by_lane, end - begin, classes_of_data, output, out + begin * width);
  });
}

}  // namespace

std::optional<std::vector<double>> dense_predictive(const Encoding& encoding, const RowPanels& rows,
                                                    std::span<const double> weights) {
  const OutputKind output = encoding.spec().output;
  if (output == OutputKind::regression) return std::nullopt;
  const EnumerationLayout layout(encoding);
  const std::size_t width = encoding.spec().widths.back();
  const NetworkClasses classes(layout);
  std::vector<double> combined(weights.begin(), weights.end());
  const TargetPanels class_0(std::vector<double>(rows.rows(), 0.0));
  std::vector<double> out(rows.rows() * width);
  for (std::uint64_t state = 0; state < std::uint64_t{1} << layout.setting.size(); ++state) {
    const std::uint64_t setting = scatter(state, layout.setting);
    const BinaryNetwork network = encoding.decode(Bitstring::from_index(encoding.bits(), setting));
    const auto networks = weigh_setting(layout, classes, setting, combined);
    const std::size_t block = layout.rows_per_block(width);
    for (std::size_t begin = 0; begin < rows.rows(); begin += block) {
      GroupTables tables(layout, network, rows, class_0, begin, std::min(rows.rows(), begin + block));
      if (!(tables.largest() <= largest_exponent)) return std::nullopt;
      tables.exponentiate();
      add_setting(layout, classes, tables, networks, output, out.data() + begin * width);
    }
  }
  return out;
}

}  // namespace bornite
