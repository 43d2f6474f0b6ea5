#include "run_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace bornite {

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

// A lock of the open file, not of the process: two threads exclude each other too, and nobody's close() of another
// descriptor of the same file ends it.
Result<RunLock> lock_run(const std::filesystem::path& journal, std::int64_t number, std::string_view run) {
  const std::string path = journal.string() + ".lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0)
    return Error{ErrorKind::io, fmt::format("Cannot open {}: {}.", path, std::strerror(errno)),
                 "Check the folder and its permissions."};
  RunLock lock(descriptor);
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = number;
  range.l_len = 1;
  if (::fcntl(descriptor, F_OFD_SETLK, &range) == 0) return lock;
  if (errno == EAGAIN || errno == EACCES)
    return Error{ErrorKind::job, fmt::format("Another program is working on run {} of {}.", run, journal.string()),
                 "Wait until it is done, or stop it; its jobs are not lost.", true};
  return Error{ErrorKind::io, fmt::format("Cannot lock {}: {}.", path, std::strerror(errno)),
               "Keep the journal on a local disk."};
}

}  // namespace bornite
