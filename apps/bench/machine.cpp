#include "machine.hpp"

#include <fstream>

#include "bornite/util/parallel.hpp"
#include "bornite/util/processor.hpp"
#include "bornite/util/version.hpp"

namespace bornite::bench {
namespace {

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#elif defined(__GNUC__)
  return "gcc " __VERSION__;
#else
  return "unknown";
#endif
}

}  // namespace

Machine describe_machine() {
  return {cpu_name(), std::string(instruction_set()), thread_count(), compiler(), std::string(version())};
}

}  // namespace bornite::bench
