// The plugin ionq: --backend ionq:simulator, ionq:qpu.forte-1, ...

#include "bornite/backend/plugin.hpp"
#include "bornite/rest/provider.hpp"
#include "capability_file.hpp"
#include "ionq_adapter.hpp"

namespace {

using namespace bornite;  // NOLINT: a plugin is a program of its own

Result<std::unique_ptr<QuantumBackend>> make_ionq(const std::string& device, const BackendOptions& options) {
  BORNITE_TRY(Provider provider, Provider::open(capability_file, "ionq", device, options));
  BORNITE_TRY(Secret key, provider.token());
  IonqOptions own;
  BORNITE_TRY(own.noise_model, provider.options.text("noise_model", ""));
  BORNITE_TRY(own.debiasing, provider.options.boolean("debiasing", false));
  auto adapter = std::make_unique<IonqAdapter>(provider.endpoint, device, std::move(own));
  return std::move(provider).finish(std::move(adapter),
                                    std::make_unique<HeaderAuthenticator>("Authorization", "apiKey ", std::move(key)));
}

}  // namespace

BORNITE_PLUGIN("ionq", "0.1.0", "IonQ Quantum Cloud", make_ionq)
