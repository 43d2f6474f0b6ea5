#pragma once
// A backend made by a plugin, made safe to call.

#include "bornite/backend/backend.hpp"
#include "bornite/backend/plugin.hpp"
#include "bornite/util/error.hpp"

#include <memory>
#include <string>

namespace bornite {

/// Wraps what `plugin.create` returned: whatever a call throws becomes Error{plugin} that names the plugin and the
/// call, and the plugin's own `destroy` ends the backend. The result is an ExactBackend if the plugin's is. An
/// exception from the caller's own EffectiveCost is the caller's and passes through.
///
/// Refuses a backend whose capabilities contradict it (wrong name, `exact` without the functions); takes ownership in
/// every case. The capabilities are read once, here. `origin` is for messages, e.g. "ionq (/usr/lib/.../ionq.so)".
[[nodiscard]] Result<std::unique_ptr<QuantumBackend>> guard_backend(PluginBackend made, const PluginDescription& plugin,
                                                                    std::string origin);

}  // namespace bornite
