#pragma once
// Recorded jobs as a backend: the same outcomes again, without an account and without a network.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>
#include <memory>

namespace bornite {

/// What answers a request that the recording does not hold bit for bit.
enum class ReplayMatch {
  request,  ///< nothing: an error
  /// What was recorded for the same restart and step, with as many rows and shots. For recordings of another version or
  /// another kind of processor, whose angles may differ in the last digits. It is for the caller to know that the settings
  /// are those of the recorded run.
  step,
};

/// A backend that answers each request with the outcomes that a journal holds of the very same request: circuit, rows,
/// shots and stream. `recording` is a journal's file, or the folder of a run that has one (jobs.sqlite). A request that
/// is not in it is refused with ErrorKind::job, and the message names its restart and step. If several runs of the
/// journal made the same request, the first that has all its outcomes answers. The journal is read and never changed.
[[nodiscard]] Result<std::unique_ptr<QuantumBackend>> make_replay_backend(const std::filesystem::path& recording,
                                                                          ReplayMatch match = ReplayMatch::request);

}  // namespace bornite
