#pragma once
// Files that a test writes, and what it says about the errors that they cause.

#include "bornite/util/error.hpp"
#include "catch.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace bornite_test {

/// A folder that goes when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "bornite-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::filesystem::path write(std::string_view name, std::string_view contents) const {
    // Overwriting makes some file systems wait for the disk.
    std::filesystem::remove(path_ / name);
    std::ofstream(path_ / name, std::ios::binary) << contents;
    return path_ / name;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

template <typename T>
void require_success(const bornite::Result<T>& result) {
  INFO((result.has_value() ? std::string() : bornite::describe(result.error())));
  REQUIRE(result.has_value());
}

/// Message and hint of an expected refusal.
template <typename T>
std::string refusal(const bornite::Result<T>& result) {
  REQUIRE_FALSE(result.has_value());
  return bornite::describe(result.error());
}

template <typename T>
void require_refusal(const bornite::Result<T>& result, const std::string& beginning, const std::string& part = "") {
  using Catch::Matchers::Contains;
  CHECK_THAT(refusal(result), Contains(beginning) && Contains(part));
}

}  // namespace bornite_test
