#pragma once
// The keys data.* of a configuration: the user's own files.

#include "bornite/data/dataset.hpp"
#include "bornite/network/network_spec.hpp"
#include "bornite/util/config.hpp"

namespace bornite {

struct OwnData {
  DataSplit split;      ///< preprocessed
  NetworkSpec network;  ///< defaults that fit the data: its inputs and outputs, no hidden layer
};

/// Reads data.train, data.train_labels, data.test, data.test_labels, data.format, data.target, data.delimiter,
/// data.classes, data.test_fraction, data.seed and data.steps, and network.output, which decides whether targets are
/// classes. With data.predict (and data.predict_labels), which the command `predict` sets, that file takes the place of
/// the test data once the training data are as they were in the training.
[[nodiscard]] Result<OwnData> read_own_data(Config& config);

}  // namespace bornite
