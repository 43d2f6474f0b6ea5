#pragma once
// The command under test, run in a folder of the test's own.

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.hpp"
#include "process.hpp"
#include "temporary_directory.hpp"

namespace bornite::test {

using Json = nlohmann::ordered_json;

class Program {
 public:
  [[nodiscard]] const std::filesystem::path& folder() const { return directory_.path(); }

  [[nodiscard]] std::vector<std::string> command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), BORNITE_PROGRAM);
    return arguments;
  }
  Outcome run(std::vector<std::string> arguments) const {
    return Process(command(std::move(arguments)), folder()).wait();
  }
  /// Runs with --json, which must succeed and print one document and nothing else.
  Json run_json(std::vector<std::string> arguments) const {
    arguments.push_back("--json");
    const Outcome outcome = run(std::move(arguments));
    INFO(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const Json document = Json::parse(outcome.out, nullptr, false);
    REQUIRE_FALSE(document.is_discarded());
    return document;
  }
  void write(const std::string& name, const std::string& contents) const { std::ofstream(folder() / name) << contents; }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder() / name, std::ios::binary).rdbuf();
    return text.str();
  }
  [[nodiscard]] bool exists(const std::string& name) const { return std::filesystem::exists(folder() / name); }

 private:
  TemporaryDirectory directory_;
};

/// A result without its times.
inline Json timeless(Json result) {
  for (auto& restart : result["restarts"]) restart.erase("seconds");
  result.erase("run_directory");
  return result;
}

/// 2^bits costs without symmetry.
inline std::string cost_lines(std::size_t bits) {
  std::string lines;
  for (std::size_t k = 0; k < std::size_t{1} << bits; ++k)
    lines += std::to_string(1.0 + std::sin(static_cast<double>(k * k + 3))) + '\n';
  return lines;
}

}  // namespace bornite::test
