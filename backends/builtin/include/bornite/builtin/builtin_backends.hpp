#pragma once
// The engines that are part of the program.

#include "bornite/backend/registry.hpp"

namespace bornite {

/// Adds every engine that is linked into the program: statevector, noisy and replay. They need no plugin file. Throws
/// ErrorException if one of their names is already taken; call this before plugins are loaded.
void register_builtin_backends(BackendRegistry& registry);

}  // namespace bornite
