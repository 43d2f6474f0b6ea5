#pragma once
// A cloud on a store of its own, with a clock that tests turn.

#include "bornite/emulator/cloud.hpp"
#include "manual_clock.hpp"
#include "temporary_directory.hpp"

#include <map>

namespace bornite::emulator {

struct CloudFixture {
  TemporaryDirectory folder;
  ManualClock clock;
  CloudOptions options{};
  std::unique_ptr<Cloud> cloud{};

  explicit CloudFixture(const std::string& faults = "", Timing timing = {}) {
    options = {.store = folder.path(), .timing = timing};
    if (!faults.empty()) options.faults = FaultEngine::parse(faults, "faults").value();
    restart();
  }
  /// As if the process had been killed and started again.
  void restart() { cloud = Cloud::create(options, clock).value(); }

  [[nodiscard]] HttpAnswer send(HttpCall call) { return cloud->answer(call); }
  [[nodiscard]] static Json json(const HttpAnswer& answer) { return Json::parse(answer.body); }
};

}  // namespace bornite::emulator
