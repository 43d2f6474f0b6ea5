#include "bornite/data/builtin.hpp"
#include "bornite/data/preprocessing.hpp"
#include "bornite/data/selection.hpp"
#include "mnist_files.hpp"

#include <vector>

namespace bornite {
namespace {

Result<Dataset> read_digits(const IdxSource& images, const IdxSource& labels, const std::vector<int>& digits) {
  BORNITE_TRY(const Dataset data, read_idx(images, labels));
  return select_classes(data, digits);
}

}  // namespace

Result<DataSplit> mnist_pair(MnistPair pair) {
  const MnistFiles files = mnist_files(pair);
  const std::vector<int> digits = pair == MnistPair::zero_one ? std::vector{0, 1} : std::vector{3, 7};
  DataSplit data;
  BORNITE_TRY(data.train, read_digits(files.train_images, files.train_labels, digits));
  BORNITE_TRY(data.test, read_digits(files.test_images, files.test_labels, digits));
  BORNITE_CHECK(Preprocessing({Scale{255}}).apply(data));
  return data;
}

}  // namespace bornite
