#include "bornite/train/run_directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "bornite/util/file.hpp"

namespace bornite {
namespace {

namespace fs = std::filesystem;

Error io_error(std::string_view action, const fs::path& path, int code) {
  return {ErrorKind::io, fmt::format("Cannot {} {}: {}.", action, path.string(), std::strerror(code)),
          "Choose another folder with --out, or check its permissions and the space on its disk."};
}

std::string in_mebibytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / 1048576.0);
}

/// Of the nearest folder that exists.
Result<void> check_space(const fs::path& path, std::uint64_t bytes_needed) {
  std::error_code code;
  fs::path existing = fs::absolute(path, code);
  while (!fs::exists(existing, code) && existing.has_relative_path()) existing = existing.parent_path();
  const fs::space_info space = fs::space(existing, code);
  if (code || space.available >= bytes_needed) return {};
  return Error{ErrorKind::resource,
               fmt::format("The run may write {} into {}, but its disk has {} free.", in_mebibytes(bytes_needed),
                           path.string(), in_mebibytes(space.available)),
               "Free some space or choose another folder with --out."};
}

class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { reset(-1); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void reset(int number) {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_ = -1;
};

}  // namespace

struct RunDirectory::State {
  fs::path path;
  std::string config;
  Descriptor lock;
  std::ofstream metrics;

  Result<void> take_lock() {
    const fs::path file = path / "config.toml";
    lock.reset(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (lock.get() < 0) return io_error("open", file, errno);
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
      return Error{ErrorKind::io, fmt::format("Another program is working on the run in {}.", path.string()),
                   "Wait until it is done, or stop it."};
    return {};
  }

  Result<void> metrics_error() const { return io_error("write", path / "metrics.jsonl", errno); }
};

RunDirectory::RunDirectory(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunDirectory::~RunDirectory() = default;
RunDirectory::RunDirectory(RunDirectory&&) noexcept = default;
RunDirectory& RunDirectory::operator=(RunDirectory&&) noexcept = default;

Result<RunDirectory> RunDirectory::create(const fs::path& path, std::string_view config, std::uint64_t bytes_needed) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->config = config;
  std::error_code code;
  BORNITE_CHECK(check_space(path, bytes_needed));
  fs::create_directories(path, code);
  if (code) return io_error("make the folder", path, code.value());
  if (fs::exists(path / "config.toml", code))
    return Error{ErrorKind::io, fmt::format("The folder {} holds a run already.", path.string()),
                 "Continue it with --resume, or choose another folder with --out."};
  BORNITE_CHECK(write_file_atomically(path / "config.toml", config));
  BORNITE_CHECK(state->take_lock());
  return RunDirectory(std::move(state));
}

Result<RunDirectory> RunDirectory::open(const fs::path& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  if (!fs::exists(path / "config.toml"))
    return Error{ErrorKind::io, fmt::format("There is no run in {}: it has no config.toml.", path.string()),
                 "Name the folder that a training printed."};
  BORNITE_CHECK(state->take_lock());
  BORNITE_TRY(state->config, read_file(path / "config.toml"));
  return RunDirectory(std::move(state));
}

fs::path RunDirectory::next_free(const fs::path& parent, std::string_view stem) {
  for (std::size_t number = 1;; ++number) {
    const fs::path candidate = parent / fmt::format("{}-{}", stem, number);
    std::error_code ignored;
    if (!fs::exists(candidate, ignored)) return candidate;
  }
}

const fs::path& RunDirectory::path() const { return state_->path; }
const std::string& RunDirectory::config() const { return state_->config; }

Result<EvaluationLog> RunDirectory::load_log(std::size_t restarts) const {
  const fs::path file = path() / "checkpoint";
  if (!fs::exists(file)) return EvaluationLog(restarts);
  BORNITE_TRY(EvaluationLog log, load_checkpoint(file, config()));
  if (log.size() != restarts)
    return Error{ErrorKind::input,
                 fmt::format("{} holds {} restarts, the run has {}.", file.string(), log.size(), restarts)};
  return log;
}

Result<void> RunDirectory::save_log(const EvaluationLog& log) const {
  return save_checkpoint(path() / "checkpoint", config(), log);
}

Result<void> RunDirectory::start_metrics(const EvaluationLog& log) {
  std::string lines;
  for (std::size_t restart = 0; restart < log.size(); ++restart)
    for (std::size_t step = 0; step < log[restart].size(); ++step)
      lines += metrics_line(restart, step, log[restart][step]) + '\n';
  const fs::path file = path() / "metrics.jsonl";
  BORNITE_CHECK(write_file_atomically(file, lines));
  state_->metrics.open(file, std::ios::app | std::ios::binary);
  if (!state_->metrics) return state_->metrics_error();
  return {};
}

Result<void> RunDirectory::append_metrics(std::size_t restart, std::size_t step, const RecordedEvaluation& evaluation) {
  state_->metrics << metrics_line(restart, step, evaluation) << '\n';
  if (!state_->metrics) return state_->metrics_error();
  return {};
}

Result<void> RunDirectory::flush_metrics() {
  state_->metrics.flush();
  if (!state_->metrics) return state_->metrics_error();
  return {};
}

Result<void> RunDirectory::write(std::string_view file_name, std::string_view contents) const {
  return write_file_atomically(path() / file_name, contents);
}

}  // namespace bornite
