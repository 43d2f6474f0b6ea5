#pragma once
// What every provider's dialect is to the cloud, and what it gets to work with.

#include "bornite/emulator/faults.hpp"
#include "bornite/emulator/http.hpp"
#include "bornite/emulator/job_store.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace bornite::emulator {

enum class Phase { queued, running, done, failed, cancelled };

struct Timing {
  std::chrono::milliseconds queue{0};    ///< from acceptance to the start
  std::chrono::milliseconds latency{0};  ///< from the start to the end
};

/// How the outcomes of this call are to be wrong.
enum class Distortion { none, width, shots };

/// The circumstances of one call.
class Situation {
 public:
  Situation(JobStore& store, const Timing& timing, Clock::Instant now, const Fault* fault);

  [[nodiscard]] JobStore& store() const { return store_; }
  [[nodiscard]] Clock::Instant now() const { return now_; }
  [[nodiscard]] Distortion distortion() const { return distortion_; }

  /// Accepts a job now, with the fate that a fault may have in store for it.
  [[nodiscard]] Result<void> accept(Job job) const;
  /// Marks the job as cancelled now.
  [[nodiscard]] Result<void> cancel(const Job& job) const;

  [[nodiscard]] Phase phase(const Job& job) const;
  [[nodiscard]] Clock::Instant started(const Job& job) const { return job.created + timing_.queue; }
  /// When the job ended or will.
  [[nodiscard]] Clock::Instant ended(const Job& job) const;

 private:
  JobStore& store_;
  Timing timing_;
  Clock::Instant now_;
  bool stuck_;
  bool fail_;
  Distortion distortion_;
};

[[nodiscard]] bool is_final(Phase phase);

/// What a client of the emulated provider is to be told.
struct Access {
  std::string device;                              ///< the usual one
  std::map<std::string, std::string> addresses{};  ///< options of the backend whose values are paths at the emulator
  std::map<std::string, std::string> options{};    ///< further options of the backend
  std::string access_key{};                        ///< of AWS; else empty
  std::string token{};                             ///< key, token or secret key
};

/// One provider's REST interface. Calls arrive with the whole path, the prefix that names the provider included.
class ProviderDialect {
 public:
  virtual ~ProviderDialect() = default;
  [[nodiscard]] virtual CallKind kind(const HttpCall& call) const = 0;
  [[nodiscard]] virtual HttpAnswer answer(const HttpCall& call, Situation& situation) = 0;
  /// What the provider says when it is in trouble itself.
  [[nodiscard]] virtual HttpAnswer trouble(int status) const = 0;
  /// What it says when credentials have run out. Voids all tokens that were fetched.
  [[nodiscard]] virtual HttpAnswer expire() = 0;
  [[nodiscard]] virtual Access access() const = 0;
};

/// `token` replaces the default one if it is not empty.
[[nodiscard]] std::unique_ptr<ProviderDialect> make_ionq_dialect(std::string token);
[[nodiscard]] std::unique_ptr<ProviderDialect> make_ibm_dialect(std::string token);
/// The token is the secret key of the access key AKIDEXAMPLE.
[[nodiscard]] std::unique_ptr<ProviderDialect> make_braket_dialect(std::string token);
[[nodiscard]] std::unique_ptr<ProviderDialect> make_qbraid_dialect(std::string token);

}  // namespace bornite::emulator
