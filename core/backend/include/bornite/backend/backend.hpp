#pragma once
// The interface that every engine and every provider implements.

#include "bornite/backend/capabilities.hpp"
#include "bornite/backend/device.hpp"
#include "bornite/backend/shot_table.hpp"
#include "bornite/circuit/circuit.hpp"
#include "bornite/util/error.hpp"
#include "bornite/util/random.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bornite {

/// One row of parameters of a circuit.
using Theta = std::span<const double>;

/// A matrix of parameters, one row per evaluation of the circuit.
class ParameterRows {
 public:
  /// `values` holds rows * columns numbers, row after row. Throws std::invalid_argument if the sizes disagree. A
  /// circuit without parameters has rows of zero columns.
  ParameterRows(std::size_t rows, std::size_t columns, std::vector<double> values);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] Theta operator[](std::size_t row) const { return {values_.data() + row * columns_, columns_}; }

 private:
  std::size_t rows_;
  std::size_t columns_;
  std::vector<double> values_;
};

/// Shots of each row: one number for all rows, or one per row.
class Shots {
 public:
  explicit Shots(std::uint64_t every_row) : per_row_{every_row} {}
  explicit Shots(std::vector<std::uint64_t> per_row) : per_row_(std::move(per_row)) {}
  [[nodiscard]] std::uint64_t of_row(std::size_t row) const {
    return per_row_.size() == 1 ? per_row_[0] : per_row_.at(row);
  }
  /// 1 when all rows share one number.
  [[nodiscard]] std::size_t size() const { return per_row_.size(); }

 private:
  std::vector<std::uint64_t> per_row_;
};

/// The unit of work: one circuit at a matrix of parameter rows.
struct SampleRequest {
  Circuit circuit;
  ParameterRows rows;
  Shots shots;
  StreamKey stream;  ///< simulators draw row r from this stream with `row` advanced by r
  /// By how much each row advances `row` instead, where rows share random numbers; empty, or one for each row.
  std::vector<std::uint32_t> stream_rows{};
};

/// What simulators draw the row from.
[[nodiscard]] StreamKey stream_of_row(const SampleRequest& request, std::size_t row);

using JobId = std::string;
/// Chosen by the client before anything is sent, so that a lost reply can be found again at the provider.
using SubmissionToken = std::string;

enum class JobState { queued, running, done, failed, cancelled };

/// What a job costs, as far as anybody says.
struct Price {
  std::optional<double> usd{};
  std::optional<double> qpu_seconds{};
};

struct JobStatus {
  JobState state = JobState::queued;
  std::string message{};  ///< the provider's words, if any
  std::optional<std::chrono::seconds> expected_wait{};
  Price price{};  ///< what it has cost, once that is known
};

/// What the outcomes of a job look like. With the job's id it is all that another process needs to fetch them.
struct JobShape {
  std::size_t qubits = 0;
  std::vector<std::uint64_t> shots{};  ///< of each row
  std::string note{};                  ///< the backend's own, written by forecast() and read by fetch()

  [[nodiscard]] std::uint64_t total_shots() const;
};

/// What a submission would be, known before anything is sent.
struct JobForecast {
  JobShape shape;
  std::uint64_t payload_bytes = 0;  ///< of the submission; 0 where the backend does not limit them
  Price price{};              ///< an estimate
  std::string calibration{};  ///< of the device, as the backend knows it
};

/// Whether a provider has a job of some token.
struct JobLookup {
  enum class Answer {
    found,
    absent,     ///< certainly not
    uncertain,  ///< the provider cannot tell
  };
  Answer answer = Answer::uncertain;
  JobId job{};  ///< if found
};

/// A sentence, after a space, on what the state of so many connected qubits takes; empty if the backend holds none.
[[nodiscard]] std::string size_of_state(const Capabilities& capabilities, std::size_t qubits);

/// Refuses a circuit of more qubits, or more connected ones, than the backend takes, with ErrorKind::unsupported.
[[nodiscard]] Result<void> check_size(const Circuit& circuit, const Capabilities& capabilities);

/// Checks a request against the capabilities and against itself: qubits, columns == circuit.parameters(), finite
/// parameters, rows and shots within the caps, at least one row and one shot. Backends call this first in submit().
[[nodiscard]] Result<void> validate(const SampleRequest& request, const Capabilities& capabilities);

/// Runs circuits and returns shots. All functions may be called from several threads at once. Implementations report
/// failures as Error; they throw nothing.
class QuantumBackend {
 public:
  virtual ~QuantumBackend() = default;

  [[nodiscard]] virtual const Capabilities& capabilities() const = 0;
  /// What submit() would send and what it would cost. Refuses what submit() would refuse by itself; starts nothing.
  [[nodiscard]] virtual Result<JobForecast> forecast(const SampleRequest& request);
  /// Starts a job. A second submit to this object with the same token returns the job of the first. An error with
  /// `outcome_unknown` means that there may be a job all the same: ask find().
  [[nodiscard]] virtual Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) = 0;
  [[nodiscard]] virtual Result<JobStatus> poll(const JobId& job) = 0;
  /// The status of each job, in their order; at once where the backend can.
  [[nodiscard]] virtual std::vector<Result<JobStatus>> poll_all(std::span<const JobId> jobs);
  /// Looks for the job that was submitted with the token, also by another process. By default nobody can tell.
  [[nodiscard]] virtual Result<JobLookup> find(const SubmissionToken& token);
  /// The outcomes of a job that is done, of the shape that forecast() gave; may be called again. Refused for a job that
  /// failed, was cancelled, is still running or is not known.
  [[nodiscard]] virtual Result<ShotTable> fetch(const JobId& job, const JobShape& shape) = 0;
  /// Cancels a job that is not finished; without effect on one that is.
  [[nodiscard]] virtual Result<void> cancel(const JobId& job) = 0;
  /// Forgets a finished job and frees what it holds. Without effect on a job that is not known.
  virtual void forget(const JobId& job) { static_cast<void>(job); }

  /// The devices that the provider offers to this user. By default the backend's own.
  [[nodiscard]] virtual Result<std::vector<DeviceSummary>> devices();
  /// All about the backend's device, as it is now.
  [[nodiscard]] virtual Result<DeviceDescription> describe();
};

/// The shape that the outcomes of a request have.
[[nodiscard]] JobShape shape_of(const SampleRequest& request);

/// Refuses outcomes whose rows, shots or qubits are not those of the shape.
[[nodiscard]] Result<void> check_shape(const ShotTable& table, const JobShape& shape);

}  // namespace bornite
