#include "memory.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>

namespace bornite::statevector {
namespace {

std::optional<std::uint64_t> read_number(const char* path) {
  std::ifstream file(path);
  std::uint64_t value = 0;
  if (file >> value) return value;
  return std::nullopt;  // absent, or "max"
}

std::uint64_t system_memory() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  std::uint64_t kibibytes = 0;
  std::string unit;
  while (file >> key >> kibibytes) {
    std::getline(file, unit);
    if (key == "MemAvailable:") return kibibytes * 1024;
  }
  return 0;
}

}  // namespace

std::uint64_t free_memory() {
  const std::uint64_t system = system_memory();
  const auto limit = read_number("/sys/fs/cgroup/memory.max");
  const auto used = read_number("/sys/fs/cgroup/memory.current");
  if (!limit || !used) return system;
  return std::min(system, *limit > *used ? *limit - *used : 0);
}

}  // namespace bornite::statevector
