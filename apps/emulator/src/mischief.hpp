#pragma once
// What the faults do to calls and replies.

#include "bornite/emulator/dialect.hpp"

#include <optional>

namespace bornite::emulator {

/// The reply of a fault that keeps the call from being carried out; none for other faults.
[[nodiscard]] std::optional<HttpAnswer> refused_by(const Fault& fault, ProviderDialect& dialect);

/// Does to the reply what the fault asks for.
void spoil(const Fault& fault, HttpAnswer& answer);

}  // namespace bornite::emulator
