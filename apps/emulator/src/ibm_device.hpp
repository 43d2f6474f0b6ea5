#pragma once
// The processor that the emulator offers in IBM's name, and which programs it takes.

#include "bornite/emulator/http.hpp"

#include "program_outline.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace bornite::emulator {

inline constexpr std::string_view ibm_device = "ibm_emulated";
inline constexpr std::size_t ibm_qubits = 27;
inline constexpr std::uint64_t ibm_most_shots = 100'000;

[[nodiscard]] Json ibm_configuration();
[[nodiscard]] Json ibm_properties();

/// Why the processor does not carry out the program, in a sentence; none if it does. Looks at names of gates, couplings
/// and angles that stand there as numbers, not at whether the program is right.
[[nodiscard]] std::optional<std::string> find_foreign_gate(const ProgramOutline& program);
/// The same about angles that stand there as names of inputs.
[[nodiscard]] std::optional<std::string> find_foreign_angle(const ProgramOutline& program,
                                                            const std::map<std::string, double>& inputs);

}  // namespace bornite::emulator
