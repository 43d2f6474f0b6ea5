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

/// Copies of a document with one value each, at any depth, replaced by one of another type, or left out.
[[nodiscard]] inline std::vector<Json> with_one_wrong_value(const Json& document) {
  std::vector<Json> copies;
  const std::vector<Json> wrongs{nullptr,        -1,        1.5, true, "x", Json::array(), Json::array({1}),
                                 Json::object(), {{"a", 1}}};
  const auto visit = [&](const auto& self, const Json& value, const Json::json_pointer& place) -> void {
    for (const Json& wrong : wrongs) {
      copies.push_back(document);
      copies.back()[place] = wrong;
    }
    if (value.is_object())
      for (const auto& [key, inner] : value.items()) {
        copies.push_back(document);
        copies.back()[place].erase(key);
        self(self, inner, place / key);
      }
    if (value.is_array())
      for (std::size_t i = 0; i < value.size(); ++i) self(self, value[i], place / i);
  };
  visit(visit, document, Json::json_pointer());
  return copies;
}

}  // namespace bornite::emulator
