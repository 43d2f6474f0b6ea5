// A description written by hand, with one field wrong; its create must be reached only if no field is.
#include <stdexcept>

#include "bornite/backend/plugin.hpp"

#ifndef TEST_MAGIC
#define TEST_MAGIC bornite::plugin_magic
#endif
#ifndef TEST_ABI
#define TEST_ABI bornite::plugin_abi
#endif
#ifndef TEST_SIZE
#define TEST_SIZE sizeof(bornite::PluginDescription)
#endif
#ifndef TEST_BUILD_TAG
#define TEST_BUILD_TAG BORNITE_BUILD_TAG
#endif
#ifndef TEST_NAME
#define TEST_NAME "bare"
#endif
#ifndef TEST_TEXT
#define TEST_TEXT "described by hand"
#endif

namespace {

bornite::PluginBackend create(const std::string&, const bornite::BackendOptions&, bornite::Error&) {
  throw std::runtime_error("nothing caught this inside the plugin");
}

void destroy(bornite::QuantumBackend*) {}

constexpr bornite::PluginDescription description{.magic = TEST_MAGIC,
                                                 .abi = TEST_ABI,
                                                 .size = TEST_SIZE,
                                                 .build_tag = TEST_BUILD_TAG,
                                                 .name = TEST_NAME,
                                                 .version = "1.0",
                                                 .description = TEST_TEXT,
                                                 .create = create,
                                                 .destroy = destroy};

}  // namespace

extern "C" __attribute__((visibility("default"))) const bornite::PluginDescription* bornite_plugin() {
  return &description;
}
