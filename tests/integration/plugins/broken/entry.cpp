// An entry that gives no description.
#include "bornite/backend/plugin.hpp"

extern "C" __attribute__((visibility("default"))) const bornite::PluginDescription* bornite_plugin() { TEST_ENTRY; }
