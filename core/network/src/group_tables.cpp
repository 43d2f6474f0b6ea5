#include "group_tables.hpp"

#include "activate.hpp"
#include "packed_network.hpp"
#include "vector_math.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace bornite {
namespace {

constexpr std::size_t rows_per_block = 16 * tile_width;

std::size_t padded(std::size_t count) { return (count + lane_count - 1) / lane_count * lane_count; }

}  // namespace

/// Numbers of one row.
struct GroupTables::Scratch {
  explicit Scratch(const GroupTables& tables)
      : inputs(tables.inputs_), activated(tables.stride_), sums(tables.outputs_ * tables.stride_) {}
  std::vector<double> inputs;     // of the last hidden layer, or of the only layer
  std::vector<double> activated;  // a hidden unit's output for the states of the bits that decide it, at its offset
  std::vector<double> sums;       // [output][state]
};

GroupTables::GroupTables(const EnumerationLayout& layout, const BinaryNetwork& network, const RowPanels& rows,
                         const TargetPanels& targets, std::size_t begin, std::size_t end)
    : layout_(layout),
      network_(network),
      data_(rows),
      targets_(targets),
      begin_(begin),
      end_(end),
      inputs_(network.layers[network.layers.size() < 2 ? 0 : network.layers.size() - 2].inputs),
      outputs_(network.output_width()),
      terms_(network.output == OutputKind::softmax ? outputs_ - 1 : 1),
      stride_(padded(layout.states)),
      table_((end - begin) * terms_ * stride_),
      log_factors_(end - begin),
      bounds_(end - begin) {
  for (const BitGroup& group : layout.groups)
    if (group.kind == BitGroup::Kind::hidden_unit) units_.emplace_back(group, network);
  read_hidden_layers();
  parallel_blocks(this->rows(), rows_per_block, [&](std::size_t first, std::size_t last) {
    Scratch scratch(*this);
    for (std::size_t row = first; row < last; ++row) fill_row(row, scratch);
  });
  largest_ = *std::max_element(bounds_.begin(), bounds_.end());
}

double GroupTables::base(std::size_t row) const {
  return network_.output == OutputKind::regression ? -targets_.target(begin_ + row) : 0.0;
}

std::size_t GroupTables::target(std::size_t row) const {
  return static_cast<std::size_t>(targets_.target(begin_ + row));
}

bool GroupTables::wins_ties(std::size_t row, std::size_t term) const {
  return network_.output == OutputKind::softmax ? term < target(row) : target(row) == 1;
}

void GroupTables::exponentiate() {
  parallel_blocks(rows(), rows_per_block, [&](std::size_t first, std::size_t last) {
    exponentials(table_.data() + first * terms_ * stride_, (last - first) * terms_ * stride_);
  });
}

void GroupTables::read_hidden_layers() {
  if (network_.layers.size() < 3) return;
  BinaryNetwork front = network_;
  front.layers.resize(network_.layers.size() - 2);
  const PackedNetworks packed(std::span(&front, 1), data_);
  const DenseLayer& last = front.layers.back();
  const std::size_t size = last.units * tile_width;
  const std::size_t panels = (rows() + tile_width - 1) / tile_width;
  hidden_.resize(panels * size);
  parallel_blocks(panels, rows_per_block / tile_width, [&](std::size_t first, std::size_t end) {
    std::vector<double> sums(packed.padded_columns() * tile_width);
    PackedNetworks::Scratch scratch;
    for (std::size_t panel = first; panel < end; ++panel) {
      packed.forward(data_, begin_ / tile_width + panel, sums.data(), scratch);
      activate(front.activation, sums.data(), size);
      for (std::size_t i = 0; i < size; ++i) hidden_[panel * size + i] = last.exists[i / tile_width] ? sums[i] : 0.0;
    }
  });
}

void GroupTables::write_inputs(std::size_t row, Scratch& scratch) const {
  const double* panel = hidden_.empty() ? data_.panel((begin_ + row) / tile_width)
                                        : hidden_.data() + row / tile_width * inputs_ * tile_width;
  for (std::size_t i = 0; i < inputs_; ++i) scratch.inputs[i] = panel[i * tile_width + row % tile_width];
}

void GroupTables::fill_row(std::size_t row, Scratch& scratch) {
  write_inputs(row, scratch);
  write_unit_sums(scratch);
  write_linear_sums(scratch);
  fold(row, scratch);
  note_bounds(row);
}

void GroupTables::write_unit_sums(Scratch& scratch) const {
  if (units_.empty()) return;
  for (std::size_t u = 0; u < units_.size(); ++u)
    units_[u].write_sums(scratch.inputs.data(), scratch.activated.data() + layout_.groups[u].offset);
  activate(network_.activation, scratch.activated.data(), stride_);
  for (std::size_t u = 0; u < units_.size(); ++u)
    for (std::size_t k = 0; k < outputs_; ++k) {
      const std::size_t offset = layout_.groups[u].offset;
      units_[u].write_contributions(scratch.activated.data() + offset, k, scratch.sums.data() + k * stride_ + offset);
    }
}

void GroupTables::write_linear_sums(Scratch& scratch) const {
  for (std::size_t g = units_.size(); g < layout_.groups.size(); ++g) {
    const BitGroup& group = layout_.groups[g];
    const double factor = group.kind == BitGroup::Kind::input_weight ? scratch.inputs[group.unit] : 1.0;
    double* sums = scratch.sums.data() + group.bits.front().index * stride_ + group.offset;  // other outputs: 0
    sums[0] = factor * network_.values.zero;
    sums[1] = factor * network_.values.one;
  }
}

void GroupTables::fold(std::size_t row, const Scratch& scratch) {
  double* terms = table_.data() + row * terms_ * stride_;
  const double* sums = scratch.sums.data();
  if (network_.output != OutputKind::softmax) {
    const double sign = network_.output == OutputKind::binary && target(row) == 1 ? -1.0 : 1.0;
    for (std::size_t s = 0; s < stride_; ++s) terms[s] = sign * sums[s];
    return;
  }
  const std::size_t right = target(row);
  for (std::size_t j = 0; j < terms_; ++j)
    for (std::size_t s = 0; s < stride_; ++s)
      terms[j * stride_ + s] = sums[(j < right ? j : j + 1) * stride_ + s] - sums[right * stride_ + s];
}

void GroupTables::note_bounds(std::size_t row) {
  double size = 0;
  double factor = 1;
  for (std::size_t j = 0; j < terms_; ++j) {
    double term_size = 0;
    double highest = 0;
    for (const BitGroup& group : layout_.groups) {
      const double* states = at(row, j) + group.offset;
      const auto [low, high] = std::minmax_element(states, states + group.states());
      term_size += std::max(-*low, *high);
      highest += *high;
    }
    size = std::max(size, term_size);
    factor += std::exp(highest);
  }
  bounds_[row] = size;
  log_factors_[row] = std::log(factor);
}

}  // namespace bornite
