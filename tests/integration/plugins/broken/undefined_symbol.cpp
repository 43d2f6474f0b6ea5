// A plugin that was linked without one of its libraries.
#include "bornite/backend/plugin.hpp"

namespace provider {
int forgotten_function(int);
}

namespace {

bornite::Result<std::unique_ptr<bornite::QuantumBackend>> make(const std::string&, const bornite::BackendOptions&) {
  return bornite::Error{bornite::ErrorKind::plugin, std::to_string(provider::forgotten_function(1))};
}

}  // namespace

BORNITE_PLUGIN("undefined", "1.0", "needs a function that nobody has", make)
