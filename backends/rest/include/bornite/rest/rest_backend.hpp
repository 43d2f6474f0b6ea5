#pragma once
// A provider's cloud as a backend.

#include "bornite/backend/backend.hpp"
#include "bornite/qasm/dialect.hpp"
#include "bornite/rest/adapter.hpp"
#include "bornite/rest/exchange.hpp"
#include "bornite/util/error.hpp"

#include <memory>

namespace bornite {

/// All that a RestBackend is made of.
struct RestParts {
  Capabilities capabilities;  ///< as the capability file has them; the device's own numbers are filled in
  Dialect dialect;
  bool compile_for_device = false;  ///< whether programs must consist of the device's own gates and couplings
  Price price_per_job;              ///< by the capability file; what the device says comes first
  Price price_per_shot;
  std::unique_ptr<RestAdapter> adapter;
  std::unique_ptr<Exchange> exchange;
};

/// Makes the backend. With a device in the capabilities the provider is asked about it now, so that a wrong name or
/// token is told of before any work; without one, only devices() works.
[[nodiscard]] Result<std::unique_ptr<QuantumBackend>> make_rest_backend(RestParts parts);

}  // namespace bornite
