#include "bornite/builtin/builtin_backends.hpp"

#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/version.hpp"

namespace bornite {
namespace {

Result<std::unique_ptr<QuantumBackend>> make_statevector(const std::string& device, const BackendOptions& options) {
  if (!options.empty())
    return Error{ErrorKind::configuration, "Backend statevector has no option called '" + options.begin()->first + "'.",
                 "It has no options: remove it."};
  if (device.empty()) return make_statevector_backend();
  for (const Precision precision : {Precision::complex128, Precision::complex64})
    if (device == to_string(precision)) return make_statevector_backend(precision);
  return Error{ErrorKind::usage, "Backend statevector has no device called '" + device + "'.",
               "Use statevector, which is statevector:complex128, or statevector:complex64 for half the digits."};
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
