#include "bornite/replay/replay_backend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include <utility>

#include "bornite/backend/synchronous_backend.hpp"
#include "bornite/job/digest.hpp"
#include "bornite/job/job_engine.hpp"
#include "bornite/job/journal.hpp"

namespace bornite {
namespace {

namespace fs = std::filesystem;

/// The jobs that one run made of one request.
using RecordedUnit = std::vector<JobRecord>;

/// The units of all runs, by the digest of their request.
std::map<std::string, std::vector<RecordedUnit>> by_digest(std::vector<JobRecord> records) {
  std::map<std::string, std::vector<RecordedUnit>> recorded;
  for (JobRecord& record : records) {
    std::vector<RecordedUnit>& units = recorded[record.digest];
    const auto same = std::ranges::find_if(units, [&](const RecordedUnit& unit) {
      return unit.front().run == record.run && unit.front().unit == record.unit;
    });
    RecordedUnit& unit = same == units.end() ? units.emplace_back() : *same;
    unit.push_back(std::move(record));
  }
  return recorded;
}

bool is_complete(const RecordedUnit& unit) {
  return std::ranges::all_of(unit, [](const JobRecord& record) { return record.state == RecordState::done; });
}

Capabilities capabilities_of(const std::vector<JobRecord>& records, const fs::path& recording) {
  Capabilities capabilities{
      .name = "replay", .device = recording.string(), .description = "the outcomes of recorded jobs, again"};
  for (const JobRecord& record : records)
    capabilities.max_qubits = std::max(capabilities.max_qubits, record.shape.qubits);
  return capabilities;
}

class ReplayBackend final : public SynchronousBackend<QuantumBackend> {
 public:
  ReplayBackend(Journal journal, std::vector<JobRecord> records, const fs::path& recording, ReplayMatch match)
      : SynchronousBackend("replay"),
        journal_(std::move(journal)),
        capabilities_(capabilities_of(records, recording)),
        recorded_(by_digest(std::move(records))),
        match_(match) {}

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }

 private:
  [[nodiscard]] Result<ShotTable> run(const SampleRequest& request) override {
    const auto units = recorded_.find(digest(request));
    if (units == recorded_.end())
      return match_ == ReplayMatch::step ? outcomes_of_step(request) : Result<ShotTable>(not_recorded(request));
    const auto complete = std::ranges::find_if(units->second, is_complete);
    if (complete == units->second.end()) return not_done(request, units->second.front());
    BORNITE_TRY(ShotTable whole, outcomes_of(*complete));
    BORNITE_CHECK(check_shape(whole, shape_of(request)));
    return whole;
  }

  [[nodiscard]] Result<ShotTable> outcomes_of(const RecordedUnit& unit) const {
    std::vector<RequestPart> parts;
    std::vector<ShotTable> tables;
    for (const JobRecord& record : unit) {
      BORNITE_TRY(ShotTable table, journal_.outcomes(record));
      parts.push_back(record.part);
      tables.push_back(std::move(table));
    }
    return merge(parts, tables);
  }

  /// Of the first complete unit that was made for the same and has the same shape.
  [[nodiscard]] Result<ShotTable> outcomes_of_step(const SampleRequest& request) const {
    const std::string purpose = unit_of(request).purpose;
    for (const auto& [digest, units] : recorded_)
      for (const RecordedUnit& unit : units) {
        if (unit.front().purpose != purpose || !is_complete(unit)) continue;
        BORNITE_TRY(ShotTable whole, outcomes_of(unit));
        if (check_shape(whole, shape_of(request))) return whole;
      }
    return not_recorded(request);
  }

  [[nodiscard]] std::string name(const SampleRequest& request) const {
    return fmt::format("restart {}, step {} ({} rows of {} qubits) in {}", request.stream.restart, request.stream.step,
                       request.rows.rows(), request.circuit.qubits(), journal_.path().string());
  }
  [[nodiscard]] Error not_recorded(const SampleRequest& request) const {
    return {ErrorKind::job, fmt::format("There is no recording of {}.", name(request)),
            "The recorded run ended before this request, or had other settings: repeat it with the run's config.toml "
            "and change the backend alone. Another version, or another kind of processor, may compute angles that "
            "differ in the last digits: then add --backend-option match=step."};
  }
  [[nodiscard]] Error not_done(const SampleRequest& request, const RecordedUnit& unit) const {
    const auto open = std::ranges::find_if(unit, [](const auto& record) { return record.state != RecordState::done; });
    return {ErrorKind::job,
            fmt::format("The recording of {} is not complete: its job {} is {}.", name(request), open->token,
                        to_string(open->state)),
            "Bring it to its end by continuing the recorded run, or with 'bornite jobs'."};
  }

  Journal journal_;
  Capabilities capabilities_;
  std::map<std::string, std::vector<RecordedUnit>> recorded_;
  ReplayMatch match_;
};

}  // namespace

Result<std::unique_ptr<QuantumBackend>> make_replay_backend(const fs::path& recording, ReplayMatch match) {
  std::error_code ignored;
  const fs::path file = fs::is_directory(recording, ignored) ? recording / "jobs.sqlite" : recording;
  BORNITE_TRY(Journal journal, Journal::open_to_read(file));
  BORNITE_TRY(std::vector<JobRecord> records, journal.records());
  if (records.empty())
    return Error{ErrorKind::job, fmt::format("The journal {} holds no jobs.", file.string()),
                 "Name the folder of a run whose circuits ran elsewhere, or that was trained with --record."};
  return std::unique_ptr<QuantumBackend>(
      std::make_unique<ReplayBackend>(std::move(journal), std::move(records), recording, match));
}

}  // namespace bornite
