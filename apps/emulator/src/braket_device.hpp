#pragma once
// The devices that the emulator offers in Braket's name, and which programs they take.

#include "bornite/emulator/http.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bornite::emulator {

inline constexpr std::string_view braket_simulator = "arn:aws:braket:::device/quantum-simulator/amazon/sv1";
inline constexpr std::string_view braket_processor = "arn:aws:braket:us-east-1::device/qpu/emulated/Quartz";
inline constexpr std::size_t braket_most_executables = 100;

/// 0 for a device that there is not.
[[nodiscard]] std::size_t braket_qubits(std::string_view arn);
[[nodiscard]] std::uint64_t braket_most_shots(std::string_view arn);
/// What GetDevice says of it.
[[nodiscard]] Json braket_device(std::string_view arn);
/// What SearchDevices lists.
[[nodiscard]] Json braket_device_summaries();

/// Why the device does not take the program, in a sentence; none if it does. Looks at include lines, names of gates,
/// and couplings of verbatim boxes, not at whether the program is right.
[[nodiscard]] std::optional<std::string> find_foreign_operation(std::string_view program, std::string_view arn);

}  // namespace bornite::emulator
