#include "shot_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "text_table.hpp"

namespace bornite::cli {
namespace {

/// Indices of the strings, most frequent first.
std::vector<std::size_t> by_count(const ShotRow& row) {
  std::vector<std::size_t> order(row.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return row.counts()[a] > row.counts()[b]; });
  return order;
}

}  // namespace

nlohmann::ordered_json to_json(const ShotTable& table) {
  auto rows = nlohmann::ordered_json::array();
  for (std::size_t r = 0; r < table.rows(); ++r) {
    nlohmann::ordered_json counts;
    for (const std::size_t i : by_count(table[r])) counts[table[r].strings()[i].to_text()] = table[r].counts()[i];
    rows.push_back({{"shots", table[r].shots()}, {"counts", counts}});
  }
  return rows;
}

void print_table(const ShotTable& table, std::size_t most) {
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const ShotRow& row = table[r];
    TextTable text({{"bits", TextTable::Align::left}, {"count"}, {"share"}, {"", TextTable::Align::left}});
    const auto order = by_count(row);
    const double highest = static_cast<double>(row.counts()[order[0]]);
    for (std::size_t k = 0; k < std::min(most, order.size()); ++k) {
      const std::uint64_t count = row.counts()[order[k]];
      text.add_row({row.strings()[order[k]].to_text(), fmt::format("{}", count),
                    fmt::format("{:.4f}", static_cast<double>(count) / static_cast<double>(row.shots())),
                    std::string(static_cast<std::size_t>(static_cast<double>(count) / highest * 30 + 0.5), '#')});
    }
    fmt::print("Row {}: {} shots, {} distinct strings\n{}", r, row.shots(), row.size(), text.to_text());
    if (order.size() > most) fmt::print("... and {} more (--most N shows more, --json all)\n", order.size() - most);
  }
}

}  // namespace bornite::cli
