// The plugin qbraid: --backend qbraid:qbraid:qbraid:sim:qir-sv, ...

#include "bornite/backend/plugin.hpp"
#include "bornite/rest/authenticator.hpp"
#include "bornite/rest/provider.hpp"
#include "capability_file.hpp"
#include "qbraid_adapter.hpp"

namespace {

using namespace bornite;  // NOLINT: a plugin is a program of its own

Result<BitOrder> read_order(Config& options) {
  BORNITE_TRY(const std::string word, options.text("bit_order", "left"));
  if (word == "left") return BitOrder::first_left;
  if (word == "right") return BitOrder::first_right;
  return options.error("bit_order", "is not known.", "Say left or right: where the device prints qubit 0.");
}

Result<std::unique_ptr<QuantumBackend>> make_qbraid(const std::string& device, const BackendOptions& options) {
  BORNITE_TRY(Provider provider, Provider::open(capability_file, "qbraid", device, options));
  BORNITE_TRY(Secret key, provider.token());
  BORNITE_TRY(const BitOrder order, read_order(provider.options));
  auto adapter = std::make_unique<QbraidAdapter>(provider.endpoint, device, order);
  return std::move(provider).finish(std::move(adapter),
                                    std::make_unique<HeaderAuthenticator>("X-API-KEY", "", std::move(key)));
}

}  // namespace

BORNITE_PLUGIN("qbraid", "0.1.0", "Devices of many makers through qBraid", make_qbraid)
