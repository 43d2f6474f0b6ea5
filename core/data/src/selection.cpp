#include "bornite/data/selection.hpp"

#include "data_stream.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <span>

namespace bornite {
namespace {

Dataset take_rows(const Dataset& data, std::span<const std::size_t> rows) {
  Dataset taken{.features = data.features, .height = data.height, .width = data.width};
  taken.inputs.reserve(rows.size() * data.features);
  taken.targets.reserve(rows.size());
  for (const std::size_t row : rows) {
    taken.inputs.insert(taken.inputs.end(), data.row(row).begin(), data.row(row).end());
    taken.targets.push_back(data.targets[row]);
  }
  return taken;
}

// Fisher and Yates from the front: the first k places depend on the first k draws only.
std::vector<std::size_t> shuffled_rows(std::size_t rows, RandomStream stream) {
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i + 1 < rows; ++i) std::swap(order[i], order[i + stream.below(rows - i)]);
  return order;
}

Error bad_class_list(const std::vector<int>& classes, std::string_view what) {
  return {ErrorKind::configuration, fmt::format("The classes to select, [{}], {}.", fmt::join(classes, ", "), what),
          "List each class that you want once."};
}

}  // namespace

Result<Dataset> select_classes(const Dataset& data, const std::vector<int>& classes) {
  if (classes.empty()) return bad_class_list(classes, "are none");
  if (std::set<int>(classes.begin(), classes.end()).size() != classes.size())
    return bad_class_list(classes, "name a class twice");
  std::vector<std::size_t> rows;
  std::vector<double> labels;
  std::vector<bool> present(classes.size());
  for (std::size_t row = 0; row < data.rows(); ++row) {
    const auto found = std::find(classes.begin(), classes.end(), data.targets[row]);
    if (found == classes.end()) continue;
    const auto label = static_cast<std::size_t>(found - classes.begin());
    rows.push_back(row);
    labels.push_back(static_cast<double>(label));
    present[label] = true;
  }
  const auto absent = std::find(present.begin(), present.end(), false);
  if (absent != present.end())
    return Error{ErrorKind::input,
                 fmt::format("No row of the data has the class {}.",
                             classes[static_cast<std::size_t>(absent - present.begin())]),
                 "Select classes that occur among the targets."};
  Dataset selected = take_rows(data, rows);
  selected.targets = std::move(labels);
  return selected;
}

Result<DataSplit> split(const Dataset& data, double test_fraction, std::uint64_t seed) {
  if (!(test_fraction >= 0 && test_fraction < 1))
    return Error{ErrorKind::configuration, fmt::format("The test fraction {} is not in [0, 1).", test_fraction),
                 "Give the part of the rows to test on, for example 0.2."};
  const auto rounded = static_cast<std::size_t>(std::llround(test_fraction * static_cast<double>(data.rows())));
  const std::size_t test_rows = test_fraction == 0 ? 0 : std::max<std::size_t>(rounded, 1);
  if (test_rows >= data.rows())
    return Error{
        ErrorKind::input,
        fmt::format("A test fraction of {} leaves no training data: there are {} rows.", test_fraction, data.rows()),
        "Give a smaller fraction or more data."};
  const auto order = shuffled_rows(data.rows(), data_stream(seed, DataStream::split));
  const auto rows = std::span(order);
  return DataSplit{take_rows(data, rows.subspan(test_rows)), take_rows(data, rows.first(test_rows))};
}

Result<Dataset> subset(const Dataset& data, std::size_t rows, std::uint64_t seed) {
  if (rows == 0 || rows > data.rows())
    return Error{ErrorKind::configuration,
                 fmt::format("A subset of {} rows cannot be taken from {} rows.", rows, data.rows()),
                 "Give a number between 1 and the number of rows."};
  const auto order = shuffled_rows(data.rows(), data_stream(seed, DataStream::subset));
  return take_rows(data, std::span(order).first(rows));
}

}  // namespace bornite
