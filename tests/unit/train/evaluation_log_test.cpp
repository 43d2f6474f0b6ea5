#include "bornite/train/evaluation_log.hpp"

#include <filesystem>

#include "bornite/util/file.hpp"
#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bornite;

namespace {

EvaluationLog example() {
  EvaluationLog log(3);
  log[0].push_back({.estimate = {.terms = {.value = 0.1, .expected_cost = -0.2, .kl = 3.5}, .jobs = 1, .shots = 1024},
                    .seconds = 0.25,
                    .gradient = {1e-300, -0.0, 1.0 / 3}});
  log[0].push_back(
      {.stage = 2,
       .estimate = {.terms = {.value = 7,
                              .expected_cost = 8,
                              .mmd2 = 0.125,
                              .standard_errors = StandardErrors{.value = 0.1, .expected_cost = 0.2, .mmd2 = 0.3}},
                    .gradient_norm_error = 0.4,
                    .row_spreads = {0.5, 0.25}},
       .gradient = {}});
  log[2].push_back({.estimate = {.terms = {.value = 1}}, .gradient = {4}});
  return log;
}

}  // namespace

TEST_CASE("a checkpoint brings back every evaluation bit for bit") {
  const TemporaryDirectory folder;
  const auto path = folder.path() / "checkpoint";
  REQUIRE(save_checkpoint(path, "settings", example()));
  const auto loaded = load_checkpoint(path, "settings");
  REQUIRE(loaded);
  REQUIRE(loaded->size() == 3);
  REQUIRE((*loaded)[0].size() == 2);
  CHECK((*loaded)[1].empty());
  const RecordedEvaluation& first = (*loaded)[0][0];
  CHECK(first.stage == 0);
  CHECK((*loaded)[0][1].stage == 2);
  CHECK(first.estimate.terms.value == 0.1);
  CHECK(first.estimate.terms.expected_cost == -0.2);
  CHECK(first.estimate.terms.kl == 3.5);
  CHECK_FALSE(first.estimate.terms.mmd2);
  CHECK(first.estimate.jobs == 1);
  CHECK(first.estimate.shots == 1024);
  CHECK(first.seconds == 0.25);
  CHECK(first.gradient == std::vector<double>{1e-300, -0.0, 1.0 / 3});
  const Estimate& second = (*loaded)[0][1].estimate;
  CHECK(second.terms.mmd2 == 0.125);
  CHECK(second.terms.standard_errors->value == 0.1);
  CHECK(second.terms.standard_errors->expected_cost == 0.2);
  CHECK(second.terms.standard_errors->mmd2 == 0.3);
  CHECK(second.gradient_norm_error == 0.4);
  CHECK(second.row_spreads == std::vector<double>{0.5, 0.25});
  CHECK_FALSE(first.estimate.terms.standard_errors);
  CHECK_FALSE(first.estimate.gradient_norm_error);
  CHECK((*loaded)[2][0].gradient == std::vector<double>{4});
}

TEST_CASE("a checkpoint of other settings, a damaged one and a cut one are refused") {
  const TemporaryDirectory folder;
  const auto path = folder.path() / "checkpoint";
  REQUIRE(save_checkpoint(path, "settings", example()));
  CHECK(load_checkpoint(path, "other settings").error().message.find("other settings") != std::string::npos);

  const std::string good = *read_file(path);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x20);
    REQUIRE(write_file_atomically(path, bad));
    CHECK_FALSE(load_checkpoint(path, "settings"));
  }
  for (std::size_t length = 0; length < good.size(); ++length) {
    REQUIRE(write_file_atomically(path, good.substr(0, length)));
    CHECK_FALSE(load_checkpoint(path, "settings"));
  }
  CHECK_FALSE(load_checkpoint(folder.path() / "none", "settings"));
}
