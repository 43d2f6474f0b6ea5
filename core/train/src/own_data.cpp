#include "own_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bornite/data/csv.hpp"
#include "bornite/data/idx.hpp"
#include "bornite/data/npy.hpp"
#include "bornite/data/preprocessing.hpp"
#include "bornite/data/selection.hpp"
#include "network_settings.hpp"

namespace bornite {
namespace {

Result<std::string> format_of(Config& config, const std::filesystem::path& path) {
  BORNITE_TRY(const std::string format, config.text("data.format", "auto"));
  if (format == "csv" || format == "idx" || format == "npy") return format;
  if (format != "auto") return config.error("data.format", "is not a format.", "Choose auto, csv, idx or npy.");
  const std::string name = path.filename().string();
  if (name.ends_with(".npy")) return std::string("npy");
  if (name.find("ubyte") != std::string::npos || name.find("idx") != std::string::npos) return std::string("idx");
  return std::string("csv");
}

Result<char> read_delimiter(Config& config) {
  BORNITE_TRY(const std::string text, config.text("data.delimiter", ","));
  if (text.size() != 1)
    return config.error("data.delimiter", "is not one character.", "Write for instance \";\", or \"\\t\" for a tab.");
  return text[0];
}

/// One part, from the keys data.PART and data.PART_labels.
Result<Dataset> load_part(Config& config, const std::string& part) {
  BORNITE_TRY(const std::filesystem::path inputs, config.path("data." + part));
  BORNITE_TRY(const std::filesystem::path labels, config.path("data." + part + "_labels"));
  BORNITE_TRY(const std::string target, config.text("data.target", "-1"));
  BORNITE_TRY(const char delimiter, read_delimiter(config));
  BORNITE_TRY(const std::string format, format_of(config, inputs));
  if (format == "csv") {
    return load_csv(inputs, {.target = target, .header = {}, .delimiter = delimiter});
  }
  if (labels.empty())
    return Error{ErrorKind::configuration,
                 fmt::format("The data of {} need data.{}_labels, the file of their labels.", inputs.string(), part),
                 part == "predict" ? "Name the file with --labels; CSV files alone hold both."
                                   : "Add the key; CSV files alone hold both."};
  return format == "idx" ? load_idx(inputs, labels) : load_npy(inputs, labels);
}

bool are_classes(const Dataset& data) {
  return std::ranges::all_of(data.targets, [](double t) { return t >= 0 && t == std::floor(t) && t < 1000; });
}

/// Two classes make a binary output, more a softmax, anything else a regression, unless network.output says so.
Result<OutputKind> output_kind(Config& config, const Dataset& train) {
  const bool classes = are_classes(train);
  const bool two = classes && *std::ranges::max_element(train.targets) <= 1;
  const OutputKind inferred = two ? OutputKind::binary : classes ? OutputKind::softmax : OutputKind::regression;
  return read_output_kind(config, inferred);
}

NetworkSpec default_network(const DataSplit& split, OutputKind output) {
  std::size_t outputs = 1;
  if (output == OutputKind::softmax)
    outputs = static_cast<std::size_t>(*std::ranges::max_element(split.train.targets)) + 1;
  return {.widths = {split.train.features, outputs},
          .activations = {Activation::sign},
          .values = {{-1, 1}},
          .output = output,
          .loss = output == OutputKind::regression ? Loss::squared_error : Loss::cross_entropy,
          .order = {}};
}

Result<std::vector<int>> read_classes(Config& config) {
  BORNITE_TRY(const std::vector<double> numbers, config.numbers("data.classes", {}));
  std::vector<int> classes;
  for (const double number : numbers) {
    if (number != std::floor(number) || std::abs(number) > 1e6)
      return config.error("data.classes", "must list whole numbers.", "Write for instance [3, 7].");
    classes.push_back(static_cast<int>(number));
  }
  return classes;
}

Result<DataSplit> load_split(Config& config) {
  DataSplit split;
  BORNITE_TRY(split.train, load_part(config, "train"));
  BORNITE_TRY(const double fraction, config.number("data.test_fraction", 0, 0, 0.9));
  BORNITE_TRY(const std::uint64_t seed, config.count("data.seed", 0));
  BORNITE_TRY(const std::vector<int> classes, read_classes(config));
  if (config.has("data.test")) {
    if (fraction > 0)
      return config.error("data.test_fraction", "does not go with data.test: the test data would come from both.",
                          "Leave out one of the two.");
    BORNITE_TRY(split.test, load_part(config, "test"));
  }
  if (!classes.empty()) {
    BORNITE_TRY(split.train, select_classes(split.train, classes));
    if (split.test.rows() > 0) {
      BORNITE_TRY(split.test, select_classes(split.test, classes));
    }
  }
  if (!config.has("data.test") && fraction > 0) {
    BORNITE_TRY(split, bornite::split(split.train, fraction, seed));
  }
  if (config.has("data.predict")) {
    BORNITE_TRY(split.test, load_part(config, "predict"));
    if (!classes.empty()) {
      BORNITE_TRY(split.test, select_classes(split.test, classes));
    }
  }
  return split;
}

}  // namespace

Result<OwnData> read_own_data(Config& config) {
  OwnData own;
  BORNITE_TRY(own.split, load_split(config));
  BORNITE_TRY(const std::vector<std::string> steps, config.texts("data.steps", {}));
  BORNITE_TRY(const Preprocessing preprocessing, Preprocessing::parse(steps));
  BORNITE_CHECK(preprocessing.apply(own.split));
  if (own.split.train.rows() == 0)
    return Error{ErrorKind::input, "The training data are empty.", "Check data.train and data.classes."};
  BORNITE_TRY(const OutputKind output, output_kind(config, own.split.train));
  own.network = default_network(own.split, output);
  return own;
}

}  // namespace bornite
