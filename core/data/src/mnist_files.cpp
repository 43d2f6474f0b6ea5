#include "mnist_files.hpp"

// Makes the assembler copy a file into the read-only data; symbol is its first byte, symbol_end one past its last.
// ccache does not cache a file with .incbin, and the build file lists the files as dependencies: a change is noticed.
// clang-format off
#define BORNITE_EMBED(symbol, file)                                 \
  extern "C" const char symbol[];                                   \
  extern "C" const char symbol##_end[];                             \
  __asm__(".pushsection .rodata\n"                                  \
          ".global " #symbol ", " #symbol "_end\n"                  \
          ".hidden " #symbol ", " #symbol "_end\n" \
          #symbol ":\n"                                             \
          ".incbin \"" BORNITE_BUILTIN_FOLDER "/" file "\"\n"       \
          #symbol "_end:\n"                                         \
          ".popsection\n")
// clang-format on

BORNITE_EMBED(bornite_mnist01_train_images, "mnist01-train-images-idx3-ubyte.gz");
BORNITE_EMBED(bornite_mnist01_train_labels, "mnist01-train-labels-idx1-ubyte.gz");
BORNITE_EMBED(bornite_mnist01_test_images, "mnist01-test-images-idx3-ubyte.gz");
BORNITE_EMBED(bornite_mnist01_test_labels, "mnist01-test-labels-idx1-ubyte.gz");
BORNITE_EMBED(bornite_mnist37_train_images, "mnist37-train-images-idx3-ubyte.gz");
BORNITE_EMBED(bornite_mnist37_train_labels, "mnist37-train-labels-idx1-ubyte.gz");
BORNITE_EMBED(bornite_mnist37_test_images, "mnist37-test-images-idx3-ubyte.gz");
BORNITE_EMBED(bornite_mnist37_test_labels, "mnist37-test-labels-idx1-ubyte.gz");

namespace bornite {
namespace {

IdxSource source(const char* name, const char* begin, const char* end) {
  return {std::string("the built-in file ") + name, {begin, static_cast<std::size_t>(end - begin)}};
}

}  // namespace

#define BORNITE_SOURCE(symbol) source(#symbol, symbol, symbol##_end)

MnistFiles mnist_files(MnistPair pair) {
  if (pair == MnistPair::zero_one)
    return {BORNITE_SOURCE(bornite_mnist01_train_images), BORNITE_SOURCE(bornite_mnist01_train_labels),
            BORNITE_SOURCE(bornite_mnist01_test_images), BORNITE_SOURCE(bornite_mnist01_test_labels)};
  return {BORNITE_SOURCE(bornite_mnist37_train_images), BORNITE_SOURCE(bornite_mnist37_train_labels),
          BORNITE_SOURCE(bornite_mnist37_test_images), BORNITE_SOURCE(bornite_mnist37_test_labels)};
}

}  // namespace bornite
