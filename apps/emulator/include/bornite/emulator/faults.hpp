#pragma once
// What goes wrong, and when, as a script says.

#include "bornite/util/clock.hpp"
#include "bornite/util/error.hpp"
#include "bornite/util/random.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bornite::emulator {

/// What a client asks for, whatever the provider's own name of it.
enum class CallKind { token, submit, status, result, cancel, list, devices, other };
[[nodiscard]] std::string_view to_string(CallKind kind);

enum class FaultAction {
  drop_before,   ///< the connection closes and nothing is done
  drop_after,    ///< what was asked for is done, then the connection closes
  delay,         ///< the reply comes after `seconds`
  status,        ///< the reply is an error with `status`
  truncate,      ///< half of the reply's body
  malformed,     ///< a body that is not JSON
  wrong_width,   ///< outcomes have one bit too many
  wrong_shots,   ///< there is one shot too many, or probabilities sum to more than 1
  expire_token,  ///< the credentials are refused; fetched tokens are void
  stuck,         ///< the submitted job stays queued
  fail_job,      ///< the submitted job fails
  slow,          ///< a byte every 50 ms
  gzip_bomb,     ///< a gzip body that unpacks to `megabytes` of zeros
};

/// One rule. Calls of its provider and kind are counted from 1; it strikes at the nth, at each `every`-th, at any with
/// `probability`, or at the first that comes `every_seconds` or more after the one before that it struck (or after the
/// first call), and at most `times` times.
struct Fault {
  FaultAction action;
  std::string provider{};          ///< empty: any
  std::optional<CallKind> call{};  ///< none: any
  std::uint64_t nth = 0;
  std::uint64_t every = 0;
  double probability = 0;
  double every_seconds = 0;
  std::uint64_t times = UINT64_MAX;
  double seconds = 1;
  int status = 503;
  std::optional<std::uint64_t> retry_after{};  ///< seconds
  std::uint64_t megabytes = 1024;
};

class FaultEngine {
 public:
  FaultEngine() = default;
  explicit FaultEngine(std::vector<Fault> rules, std::uint64_t seed = 1);

  /// README.md has the form. Refuses unknown keys, actions, calls and providers, and rules without exactly one of nth,
  /// every, probability and every_seconds.
  [[nodiscard]] static Result<FaultEngine> parse(std::string_view toml, std::string_view source);
  [[nodiscard]] static Result<FaultEngine> load(const std::filesystem::path& file);

  /// Counts the call in every rule that it concerns, and gives the first rule that strikes; none if all is well. Valid
  /// as long as the engine.
  [[nodiscard]] const Fault* next(std::string_view provider, CallKind call, Clock::Instant now);

 private:
  struct Rule {
    Fault fault;
    std::uint64_t calls = 0;
    std::uint64_t struck = 0;
    RandomStream dice;
    std::optional<Clock::Instant> since{};  ///< the last strike, or the first call
  };
  [[nodiscard]] static bool strikes(Rule& rule, Clock::Instant now);

  std::vector<Rule> rules_;
};

}  // namespace bornite::emulator
