#include "options.hpp"

#include <CLI/CLI.hpp>

namespace bornite::bench {
namespace {

constexpr const char* description = "Measures what this machine can do at most, then how close Bornite comes to it.";

constexpr const char* examples = R"(Examples:
  bornite-bench                                        everything; takes minutes
  bornite-bench --filter '^forward/linear/n(8|20)/'    some
  bornite-bench --filter '^gradient' --json after.json
  bornite-bench --filter 'walsh|kernel' --repetitions 9 --min-time 0.5
  bornite-bench --quick --json -                       seconds; one JSON document and nothing else
  bornite-bench --list                                 the names

Names are GROUP/WHAT/SIZE/tTHREADS. To compare two JSON files, or Bornite with another program, use
apps/bench/compare.py.)";

}  // namespace

ParsedOptions parse_options(int argc, char** argv) {
  ParsedOptions parsed;
  Options& options = parsed.options;
  CLI::App app(description, "bornite-bench");
  app.footer(examples);
  app.add_option("--filter", options.filter, "Only benchmarks in whose name this regular expression is found")
      ->type_name("REGEX");
  app.add_option("--json", options.json, "Write everything as one JSON document to a file; - is stdout")
      ->type_name("FILE");
  app.add_option("--repetitions", options.repetitions, "Of each benchmark; times are medians over them")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  app.add_option("--min-time", options.min_time, "Seconds that one repetition lasts at least")
      ->check(CLI::Range(1e-4, 1e4))
      ->capture_default_str();
  app.add_option("--threads", options.threads, "Measure on one thread and on so many; 0 means all cores")
      ->check(CLI::Range(0, 4096))
      ->capture_default_str();
  app.add_flag("--quick", options.quick, "Small sizes and few repetitions, to see that everything works");
  app.add_flag("--skip-ceilings", options.skip_ceilings, "Do not measure the machine; ratios are then left out");
  app.add_flag("--list", options.list, "Print the names and end");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.exit_code = app.exit(error) == 0 ? 0 : 2;
    return parsed;
  }
  if (options.quick) {
    if (app.count("--repetitions") == 0) options.repetitions = 3;
    if (app.count("--min-time") == 0) options.min_time = 1e-3;
  }
  return parsed;
}

}  // namespace bornite::bench
