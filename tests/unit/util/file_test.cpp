#include "bornite/util/file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bornite;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// Makes writes past so many bytes fail with EFBIG, as a full disk makes them fail with ENOSPC.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit old_{};
};

void check_io_error(const Error& error, const fs::path& path, const std::string& reason) {
  CHECK(error.kind == ErrorKind::io);
  CHECK_THAT(error.message, Catch::Contains(path.string()) && Catch::Contains(reason));
  CHECK_FALSE(error.hint.empty());
}

}  // namespace

TEST_CASE("a file read back has the bytes that were written") {
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  std::string large(300000, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 7919 >> 3);
  for (const std::string& contents : {std::string(), std::string("one\r\ntwo\0three", 14), large}) {
    REQUIRE(write_file_atomically(folder / "file", contents).has_value());
    CHECK(read_file(folder / "file").value() == contents);
    CHECK(entries(folder) == 1);
  }
}

TEST_CASE("a file that cannot be read is an error with its path and the reason") {
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  const fs::path missing = folder / "missing";
  check_io_error(read_file(missing).error(), missing, "No such file or directory");
  fs::create_directory(folder / "folder");
  check_io_error(read_file(folder / "folder").error(), folder / "folder", "it is a folder");
  // Address 0 of one's own memory: a file that opens and then fails to be read.
  check_io_error(read_file("/proc/self/mem").error(), "/proc/self/mem", "Input/output error");
  if (::geteuid() != 0) {
    REQUIRE(write_file_atomically(folder / "secret", "x").has_value());
    fs::permissions(folder / "secret", fs::perms::none);
    check_io_error(read_file(folder / "secret").error(), folder / "secret", "Permission denied");
  }
}

TEST_CASE("a reader meanwhile sees the old or the new contents whole") {
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  const fs::path path = folder / "state";
  const std::string contents[2] = {std::string(200000, 'a'), std::string(100000, 'b')};
  REQUIRE(write_file_atomically(path, contents[0]).has_value());
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  std::thread reader([&] {
    while (!done) {
      const auto seen = read_file(path);
      if (!seen || (*seen != contents[0] && *seen != contents[1])) ++torn;
    }
  });
  int failed = 0;
  for (int i = 0; i < 40; ++i) failed += write_file_atomically(path, contents[i % 2]).has_error();
  done = true;
  reader.join();
  CHECK(failed == 0);
  CHECK(torn == 0);
}

TEST_CASE("a write into a missing folder is refused with its path") {
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  const fs::path path = folder / "missing/file";
  check_io_error(write_file_atomically(path, "x").error(), path, "No such file or directory");
}

TEST_CASE("a write into an unwritable folder is refused with its path") {
  // Even root cannot create files here.
  check_io_error(write_file_atomically("/proc/bornite", "x").error(), "/proc/bornite", "");
  if (::geteuid() == 0) return;
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  fs::create_directory(folder / "locked");
  fs::permissions(folder / "locked", fs::perms::owner_read | fs::perms::owner_exec);
  check_io_error(write_file_atomically(folder / "locked/file", "x").error(), folder / "locked/file",
                 "Permission denied");
}

TEST_CASE("a folder in the place of the file is refused and nothing is left behind") {
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  fs::create_directory(folder / "taken");
  check_io_error(write_file_atomically(folder / "taken", "x").error(), folder / "taken", "Is a directory");
  CHECK(entries(folder) == 1);
}

TEST_CASE("a disk without room keeps the old contents and nothing is left behind") {
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  const fs::path path = folder / "state";
  REQUIRE(write_file_atomically(path, "old").has_value());
  Error error{ErrorKind::usage, ""};
  {
    const FileSizeLimit limit(1000);
    error = write_file_atomically(path, std::string(5000, 'x')).error();
  }
  check_io_error(error, path, "File too large");
  CHECK_THAT(error.hint, Catch::Contains("space"));
  CHECK(read_file(path).value() == "old");
  CHECK(entries(folder) == 1);
}

TEST_CASE("a file in the current folder needs no folder in its name") {
  const TemporaryDirectory temporary;
  const fs::path& folder = temporary.path();
  const fs::path old = fs::current_path();
  fs::current_path(folder);
  const auto written = write_file_atomically("bare", "contents");
  fs::current_path(old);
  REQUIRE(written.has_value());
  CHECK(read_file(folder / "bare").value() == "contents");
}
