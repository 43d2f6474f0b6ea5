#pragma once
// What a provider says of its devices.

#include "bornite/compile/target.hpp"
#include "bornite/util/clock.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace bornite {

/// One line of a list of devices.
struct DeviceSummary {
  std::string name;           ///< what follows the colon in "--backend PLUGIN:NAME"
  std::string description{};  ///< for people
  std::size_t qubits = 0;     ///< 0 where a list does not tell
  bool simulator = false;
  bool available = true;                        ///< whether it takes jobs now
  std::string status{};                         ///< the provider's word
  std::optional<std::uint64_t> queue_length{};  ///< jobs
  std::optional<std::chrono::seconds> queue_time{};
};

struct DeviceDescription {
  DeviceSummary summary;
  std::optional<Target> target{};  ///< gates, couplings and error rates, where the provider tells
  std::string calibration{};       ///< the provider's name of it
  std::optional<Clock::Instant> calibrated{};
  std::optional<std::uint64_t> max_rows{};         ///< of one job
  std::optional<std::uint64_t> max_shots{};        ///< of one row
  std::optional<std::uint64_t> max_total_shots{};  ///< of all rows of one job
  std::optional<double> usd_per_job{};
  std::optional<double> usd_per_shot{};
};

}  // namespace bornite
