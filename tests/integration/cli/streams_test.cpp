// Output that cannot be written, and standard streams that are closed.

#include "program.hpp"

using namespace bornite::test;

namespace {

/// Runs `bornite ARGUMENTS` by a shell, for its redirections.
Outcome shell(const Program& program, const std::string& arguments) {
  return Process({"/bin/sh", "-c", std::string("exec '") + BORNITE_PROGRAM + "' " + arguments}, program.folder())
      .wait();
}

}  // namespace

TEST_CASE("output that does not arrive is a failure, whoever prints it") {
  const Program program;
  for (const std::string command : {"problems", "version", "train --help", "sample --qubits 10 --json"}) {
    const Outcome full = shell(program, command + " > /dev/full");
    INFO(command << '\n' << full.err);
    CHECK(full.exit_code == 1);
    CHECK(full.err.find("Cannot write the output: No space left on device") != std::string::npos);
    CHECK(shell(program, command + " >&-").exit_code == 1);
  }
}

TEST_CASE("progress that nobody can read does not disturb a training") {
  const Program program;
  program.write("costs.txt", cost_lines(3));
  const std::string train = "train --problem table:costs.txt --iterations 2 --json --out ";
  const Outcome reference = shell(program, train + "seen");
  REQUIRE(reference.exit_code == 0);
  for (const std::string stream : {"2>&-", "2>/dev/full", "<&- 2>&-"}) {
    const Outcome outcome = shell(program, train + "unseen " + stream);
    INFO(stream);
    CHECK(outcome.exit_code == 0);
    CHECK(timeless(Json::parse(outcome.out)) == timeless(Json::parse(reference.out)));
    std::filesystem::remove_all(program.folder() / "unseen");
  }
}

TEST_CASE("a training that fails on the way says how to go on, if its checkpoint allows that") {
  const Program program;
  program.write("costs.txt", cost_lines(3));
  REQUIRE(shell(program, "train --problem table:costs.txt --iterations 2 --out 'the run'").exit_code == 0);
  std::filesystem::create_directories(program.folder() / "the run" / "angles.txt.new" / "in the way");
  const Outcome blocked = shell(program, "train --resume 'the run'");
  CHECK(blocked.exit_code == 1);
  CHECK(blocked.err.find("continue with: bornite train --resume 'the run'") != std::string::npos);
  program.write("the run/checkpoint", "damaged");
  const Outcome damaged = shell(program, "train --resume 'the run'");
  CHECK(damaged.exit_code == 1);
  CHECK(damaged.err.find("continue with") == std::string::npos);
}

TEST_CASE("what is printed to a closed stream gets into no file of the run") {
  const Program program;
  program.write("costs.txt", cost_lines(3));
  const std::string train = "train --problem table:costs.txt --iterations 2 --out ";
  REQUIRE(shell(program, train + "open").exit_code == 0);
  CHECK(shell(program, train + "closed <&- >&- 2>&-").exit_code == 1);
  for (const std::string file : {"config.toml", "angles.txt"})
    CHECK(program.read("closed/" + file) == program.read("open/" + file));
  const Json result = Json::parse(program.read("closed/result.json"), nullptr, false);
  REQUIRE_FALSE(result.is_discarded());
  CHECK(timeless(result) == timeless(Json::parse(program.read("open/result.json"))));
}
