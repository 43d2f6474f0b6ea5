#include "bornite/builtin/builtin_backends.hpp"

#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/version.hpp"

namespace bornite {
namespace {

Result<std::unique_ptr<QuantumBackend>> make_statevector(const std::string& device, const BackendOptions& options) {
  if (!device.empty())
    return Error{ErrorKind::usage, "Backend statevector has no device called '" + device + "'.",
                 "It has one device only: use statevector."};
  if (!options.empty())
    return Error{ErrorKind::configuration, "Backend statevector has no option called '" + options.begin()->first + "'.",
                 "It has no options: remove it."};
  return make_statevector_backend();
}

}  // namespace

void register_builtin_backends(BackendRegistry& registry) {
  registry
      .add({.name = "statevector",
            .version = std::string(version()),
            .description = "exact simulation of all amplitudes on this machine",
            .create = make_statevector})
      .value();
}

}  // namespace bornite
