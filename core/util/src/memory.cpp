#include "bornite/util/memory.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace bornite {
namespace {

std::optional<std::uint64_t> read_number(const char* path) {
  std::ifstream file(path);
  std::uint64_t value = 0;
  if (file >> value) return value;
  return std::nullopt;  // absent, or "max"
}

/// The number that follows `wanted` in a file of keys and numbers, 0 if there is none.
std::uint64_t read_entry(const char* path, std::string_view wanted) {
  std::ifstream file(path);
  std::string key;
  std::uint64_t value = 0;
  std::string unit;
  while (file >> key >> value) {
    std::getline(file, unit);
    if (key == wanted) return value;
  }
  return 0;
}

}  // namespace

std::uint64_t free_memory() {
  const std::uint64_t system = read_entry("/proc/meminfo", "MemAvailable:") * 1024;
  const auto limit = read_number("/sys/fs/cgroup/memory.max");
  const auto used = read_number("/sys/fs/cgroup/memory.current");
  if (!limit || !used) return system;
  // Files that are merely cached count as used there, but give way.
  const std::uint64_t cached = std::min(*used, read_entry("/sys/fs/cgroup/memory.stat", "inactive_file"));
  return std::min(system, *limit > *used - cached ? *limit - (*used - cached) : 0);
}

}  // namespace bornite
