#pragma once
// The folder of one training: config.toml, metrics.jsonl, checkpoint, angles.txt and result.json.

#include "bornite/train/evaluation_log.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace bornite {

/// Holds a lock on the folder while it lives, so that two programs never write into one run.
class RunDirectory {
 public:
  /// Makes the folder and writes config.toml. Refuses a folder that holds a run already, one that cannot be written to,
  /// and a disk with less than `bytes_needed` free: before any work is done.
  [[nodiscard]] static Result<RunDirectory> create(const std::filesystem::path& path, std::string_view config,
                                                   std::uint64_t bytes_needed);
  /// Opens the folder of a run that was interrupted. Refuses one that another program is working on.
  [[nodiscard]] static Result<RunDirectory> open(const std::filesystem::path& path);

  /// The first of `stem`-1, `stem`-2, ... in the folder `parent` that does not exist.
  [[nodiscard]] static std::filesystem::path next_free(const std::filesystem::path& parent, std::string_view stem);

  /// Holds the angles that a warm start began with, so that resuming does not need their source any more.
  static constexpr const char* start_file = "start.txt";

  ~RunDirectory();
  RunDirectory(RunDirectory&&) noexcept;
  RunDirectory& operator=(RunDirectory&&) noexcept;

  [[nodiscard]] const std::filesystem::path& path() const;
  /// The contents of config.toml.
  [[nodiscard]] const std::string& config() const;

  /// What was recorded so far; `restarts` empty lists if there is no checkpoint yet.
  [[nodiscard]] Result<EvaluationLog> load_log(std::size_t restarts) const;
  [[nodiscard]] Result<void> save_log(const EvaluationLog& log) const;

  /// Writes metrics.jsonl anew from the log; lines can then be appended.
  [[nodiscard]] Result<void> start_metrics(const EvaluationLog& log);
  [[nodiscard]] Result<void> append_metrics(std::size_t restart, std::size_t step,
                                            const RecordedEvaluation& evaluation);
  [[nodiscard]] Result<void> flush_metrics();

  [[nodiscard]] Result<void> write(std::string_view file_name, std::string_view contents) const;

 private:
  struct State;
  explicit RunDirectory(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// One line of metrics.jsonl, without the line's end.
[[nodiscard]] std::string metrics_line(std::size_t restart, std::size_t step, const RecordedEvaluation& evaluation);

}  // namespace bornite
