#pragma once
// What the command line asks for.

#include <cstddef>
#include <optional>
#include <string>

namespace bornite::bench {

struct Options {
  std::string filter;           ///< regular expression searched in the names; empty: all
  std::string json;             ///< file, or "-" for stdout; empty: none
  std::size_t repetitions = 5;  ///< of each benchmark; times are medians over them
  double min_time = 0.1;        ///< seconds that one repetition lasts at least
  std::size_t threads = 0;      ///< of the second set of measurements besides one thread; 0: all cores
  bool quick = false;           ///< sizes that take a few seconds altogether
  bool list = false;            ///< only print the names
  bool skip_ceilings = false;   ///< then no ratio to a ceiling is told
};

/// What the flags say; or, after a help text or a complaint was printed, the exit code to end with.
struct ParsedOptions {
  Options options;
  std::optional<int> exit_code{};
};

[[nodiscard]] ParsedOptions parse_options(int argc, char** argv);

}  // namespace bornite::bench
