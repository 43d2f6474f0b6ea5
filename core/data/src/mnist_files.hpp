#pragma once
// The gzip'd IDX files of core/data/builtin, carried inside the library.

#include "bornite/data/builtin.hpp"
#include "idx_reader.hpp"

namespace bornite {

struct MnistFiles {
  IdxSource train_images;
  IdxSource train_labels;
  IdxSource test_images;
  IdxSource test_labels;
};

[[nodiscard]] MnistFiles mnist_files(MnistPair pair);

}  // namespace bornite
