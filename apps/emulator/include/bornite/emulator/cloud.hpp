#pragma once
// All providers behind one address: which dialect a call is for, what goes wrong with it, what was counted.

#include "bornite/emulator/dialect.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bornite::emulator {

struct CloudOptions {
  std::vector<std::string> providers{};  ///< of known_providers(); empty: all
  std::filesystem::path store{};         ///< folder of the jobs
  Timing timing{};
  FaultEngine faults{};
  std::string token{};  ///< instead of each provider's default; empty: the defaults
};

/// ionq, ibm, braket, qbraid.
[[nodiscard]] std::vector<std::string> known_providers();

class Cloud {
 public:
  /// Refuses unknown providers and a store that cannot be read. The clock must outlive the cloud.
  [[nodiscard]] static Result<std::unique_ptr<Cloud>> create(CloudOptions options, const Clock& clock);

  /// May be called from several threads; one call is answered at a time.
  [[nodiscard]] HttpAnswer answer(const HttpCall& call);

  /// {"PROVIDER": {"accepted": jobs there are, "submissions": submit calls since the start, "cancelled": jobs}, ...};
  /// also what GET /emulator/statistics says.
  [[nodiscard]] Json statistics();

  /// How each provider that is served is reached, by its name.
  [[nodiscard]] std::map<std::string, Access> accesses() const;

 private:
  Cloud(CloudOptions options, JobStore store, const Clock& clock);
  [[nodiscard]] Json count() const;

  struct Service {
    std::unique_ptr<ProviderDialect> dialect;
    std::uint64_t submissions = 0;
  };
  [[nodiscard]] HttpAnswer serve(const std::string& provider, Service& service, const HttpCall& call);

  CloudOptions options_;
  JobStore store_;
  const Clock& clock_;
  std::map<std::string, Service> services_;
  std::mutex mutex_;
};

}  // namespace bornite::emulator
