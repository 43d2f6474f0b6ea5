// The benchmark program: what it writes for programs, what it shows people, and what it refuses.

#include <nlohmann/json.hpp>
#include <set>

#include "catch.hpp"
#include "process.hpp"
#include "temporary_directory.hpp"

using namespace bornite::test;
using bornite::TemporaryDirectory;
using Json = nlohmann::json;

namespace {

Outcome run(const TemporaryDirectory& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), BORNITE_BENCH);
  return Process(arguments, folder.path()).wait();
}

std::vector<std::string> quickly(std::vector<std::string> more) {
  std::vector<std::string> arguments{"--quick", "--repetitions", "2", "--min-time", "0.0001"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("a quick run of everything is one JSON document with the machine, its ceilings and positive times") {
  const TemporaryDirectory folder;
  const Outcome outcome = run(folder, quickly({"--json", "-", "--threads", "2"}));
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const Json document = Json::parse(outcome.out, nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  for (const char* key : {"cpu", "cores", "instruction_set", "compiler"}) CHECK(document["machine"].contains(key));
  CHECK_FALSE(document["version"].get<std::string>().empty());

  std::set<std::string> ceilings;
  for (const Json& ceiling : document["ceilings"]) {
    ceilings.insert(ceiling["kind"].get<std::string>() + std::to_string(ceiling["threads"].get<int>()) +
                    ceiling.value("level", ""));
    CHECK(ceiling.value("bytes_per_second", ceiling.value("multiply_adds_per_second", 0.0)) > 1e6);
  }
  CHECK(ceilings.size() == 14);  // copy and scale at three levels, and arithmetic, on one and on two threads
  CHECK(ceilings.contains("scale2DRAM"));

  std::set<std::string> groups;
  for (const Json& benchmark : document["benchmarks"]) {
    INFO(benchmark.dump());
    REQUIRE(benchmark.contains("seconds"));
    groups.insert(benchmark["group"]);
    CHECK(benchmark["seconds_least"] > 0);
    CHECK(benchmark["seconds_least"] <= benchmark["seconds"]);
    CHECK(benchmark["seconds"] <= benchmark["seconds_most"]);
    CHECK(benchmark["repetitions"] == 2);
    CHECK(benchmark["cpu_seconds"] > 0);
    CHECK(benchmark["items"] > 0);
    CHECK(benchmark.contains("ratio_to_ceiling") ==
          (benchmark.contains("bytes") || benchmark.contains("multiply_adds")));
  }
  CHECK(groups == std::set<std::string>{"forward", "gradient", "sampling", "inference", "network", "training", "qasm",
                                        "compile"});
}

TEST_CASE("a filter chooses by name, and the table and the file show the same benchmarks") {
  const TemporaryDirectory folder;
  const std::vector<std::string> chosen{"--filter", "^gradient/[a-z]+/n8/t1$", "--threads", "1"};
  const Outcome table = run(folder, quickly({chosen[0], chosen[1], chosen[2], chosen[3], "--json", "out.json"}));
  CHECK(table.exit_code == 0);
  std::ifstream file(folder.path() / "out.json");
  const Json document = Json::parse(file);
  REQUIRE(document["benchmarks"].size() == 3);
  for (const Json& benchmark : document["benchmarks"])
    CHECK(table.out.find(benchmark["name"].get<std::string>()) != std::string::npos);
  CHECK(table.out.find("ceilings on 1 thread:") != std::string::npos);
}

TEST_CASE("names are listed without measuring, and without ceilings no ratio is claimed") {
  const TemporaryDirectory folder;
  const Outcome list = run(folder, {"--list", "--filter", "forward/linear/", "--threads", "1"});
  CHECK(list.exit_code == 0);
  CHECK(list.out ==
        "forward/linear/n8/t1\nforward/linear/n12/t1\nforward/linear/n16/t1\nforward/linear/n20/t1\n"
        "forward/linear/n22/t1\nforward/linear/n24/t1\n");
  const Outcome bare = run(folder, quickly({"--skip-ceilings", "--filter", "forward/linear/n8/t1", "--json", "-"}));
  const Json document = Json::parse(bare.out, nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  CHECK(document["ceilings"].empty());
  CHECK_FALSE(document["benchmarks"].at(0).contains("ratio_to_ceiling"));
}

TEST_CASE("help has examples, wrong usage ends with 2, a file that cannot be written with 1") {
  const TemporaryDirectory folder;
  const Outcome help = run(folder, {"--help"});
  CHECK(help.exit_code == 0);
  CHECK(help.out.find("Examples:") != std::string::npos);
  CHECK(run(folder, {"--no-such-flag"}).exit_code == 2);
  CHECK(run(folder, {"--repetitions", "0"}).exit_code == 2);
  CHECK(run(folder, {"--filter", "("}).err.find("regular expression") != std::string::npos);
  const Outcome nothing = run(folder, {"--filter", "no such name"});
  CHECK(nothing.exit_code == 2);
  CHECK(nothing.err.find("--list") != std::string::npos);
  const Outcome unwritable =
      run(folder, quickly({"--skip-ceilings", "--filter", "forward/linear/n8/t1", "--json", "none/out.json"}));
  CHECK(unwritable.exit_code == 1);
  CHECK(unwritable.err.find("none/out.json") != std::string::npos);
}
