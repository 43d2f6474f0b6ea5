#pragma once
// The jobs that were accepted, on the disk before anybody is told so.

#include "bornite/emulator/http.hpp"
#include "bornite/util/clock.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bornite::emulator {

/// A job as it was accepted, and what was decided about it since. How far it has come follows from the time.
struct Job {
  std::string id;
  std::string provider;
  Json request{};  ///< as its dialect keeps it
  Clock::Instant created{};
  std::optional<Clock::Instant> cancelled{};
  std::string failure_code{};  ///< of a job that will fail, or empty
  std::string failure_message{};
  bool stuck = false;        ///< stays queued until it is cancelled
  bool deleted = false;      ///< counts, but is shown to nobody
  std::uint64_t serial = 0;  ///< order of acceptance in this store, from 1
};

/// One file per job, replaced in one step. A store of one process at a time.
class JobStore {
 public:
  /// Makes the folder if there is none and reads the jobs in it.
  [[nodiscard]] static Result<JobStore> open(std::filesystem::path folder);

  /// Writes the job, new or changed; a new one gets the next serial number.
  [[nodiscard]] Result<void> put(Job job);
  /// Null if there is no such job of the provider, or it is deleted.
  [[nodiscard]] const Job* find(std::string_view provider, std::string_view id) const;
  /// Those of the provider that are not deleted, latest first.
  [[nodiscard]] std::vector<const Job*> list(std::string_view provider) const;

  /// Documents that are no jobs, such as sessions. Null if there is none of the name.
  [[nodiscard]] Result<void> put_document(const std::string& name, Json document);
  [[nodiscard]] const Json* find_document(const std::string& name) const;

  struct Counts {
    std::uint64_t accepted = 0;
    std::uint64_t cancelled = 0;
  };
  /// Since the folder was made, deleted jobs too.
  [[nodiscard]] Counts counts(std::string_view provider) const;

 private:
  explicit JobStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Result<void> read();

  std::filesystem::path folder_;
  std::map<std::string, Job, std::less<>> jobs_;
  std::map<std::string, Json, std::less<>> documents_;
  std::uint64_t serial_ = 0;
};

/// A random version 4 UUID.
[[nodiscard]] std::string make_uuid();

}  // namespace bornite::emulator
