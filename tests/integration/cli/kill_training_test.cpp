// A training from shots that is killed at any instant ends like one that is not.
#include <chrono>
#include <cstdlib>
#include <thread>

#include "bornite/util/random.hpp"
#include "program.hpp"

using namespace bornite::test;

namespace {

/// 6 by default; as many as BORNITE_TEST_KILLS says.
int wanted_kills() {
  const char* const text = std::getenv("BORNITE_TEST_KILLS");
  return text == nullptr ? 6 : std::atoi(text);
}

std::vector<std::string> noisy_training(const std::string& folder) {
  return {"train",
          "--problem",
          "table:costs.txt",
          "--objective",
          "selbo",
          "--backend",
          "noisy",
          "--shots",
          "200",
          "--depth",
          "2",
          "--seed",
          "3",
          "--iterations",
          "150",
          "--restarts",
          "2",
          "--out",
          folder};
}

}  // namespace

TEST_CASE("a training on the noisy backend that is killed at random instants has the undisturbed result") {
  const Program program;
  program.write("costs.txt", cost_lines(5));
  const auto start = std::chrono::steady_clock::now();
  program.run_json(noisy_training("undisturbed"));
  const std::chrono::duration<double> whole = std::chrono::steady_clock::now() - start;
  const Json expected = timeless(Json::parse(program.read("undisturbed/result.json")));

  bornite::RandomStream random({.seed = 9, .purpose = bornite::StreamPurpose::test});
  const int wanted = wanted_kills();
  int kills = 0;
  for (int run = 0; kills < wanted; ++run) {
    REQUIRE(run <= 20 * wanted + 20);  // the program is not slower than its kills
    const std::string folder = "killed" + std::to_string(run);
    std::vector<std::string> arguments = noisy_training(folder);
    while (!program.exists(folder + "/result.json")) {
      const bool spared = kills >= wanted;
      Process process(program.command(arguments), program.folder());
      if (!spared) {
        std::this_thread::sleep_for(random.uniform() * whole * 0.6);
        process.send(SIGKILL);
      }
      const Outcome outcome = process.wait();
      INFO(outcome.err);
      REQUIRE((outcome.exit_code == 0 || (!spared && outcome.exit_code == -SIGKILL)));
      if (outcome.exit_code != 0) ++kills;
      // Killed before it had a folder, it begins again.
      if (program.exists(folder + "/config.toml")) arguments = {"train", "--resume", folder};
    }
    CHECK(timeless(Json::parse(program.read(folder + "/result.json"))) == expected);
    CHECK(program.read(folder + "/angles.txt") == program.read("undisturbed/angles.txt"));
  }
}
