#include "bornite/util/config.hpp"

#include <fstream>

#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bornite;

namespace {

Config parsed(std::string_view toml) { return *Config::parse(toml, "test.toml"); }

bool mentions(const Error& error, std::string_view text) { return describe(error).find(text) != std::string::npos; }

}  // namespace

TEST_CASE("values are read by their dotted keys, defaults where nothing is set") {
  Config config = parsed("name = \"x\"\n[a]\nb = 3\nc = 0.5\nflag = true\n[a.d]\nlist = [1, 2.5]\n");
  CHECK(*config.text("name", "-") == "x");
  CHECK(*config.count("a.b", 0) == 3);
  CHECK(*config.number("a.b", 0, 0, 10) == 3.0);
  CHECK(*config.number("a.c", 0, 0, 1) == 0.5);
  CHECK(*config.boolean("a.flag", false));
  CHECK(*config.numbers("a.d.list", {}) == std::vector<double>{1, 2.5});
  CHECK(*config.number("a.missing", 0.25, 0, 1) == 0.25);
  CHECK(config.refuse_unread());
}

TEST_CASE("a single value counts as a list of one, and a pair as a list of one pair") {
  Config config = parsed("gamma = 0.1\nvalues = [-3, 1]\nmaps = [[0, 1], [-1, 1]]\nstep = \"standardise\"\n");
  CHECK(*config.numbers("gamma", {}) == std::vector<double>{0.1});
  CHECK(*config.number_lists("values", {}) == std::vector<std::vector<double>>{{-3, 1}});
  CHECK(*config.number_lists("maps", {}) == std::vector<std::vector<double>>{{0, 1}, {-1, 1}});
  CHECK(*config.texts("step", {}) == std::vector<std::string>{"standardise"});
}

TEST_CASE("a wrong value is refused with its key, its value and where it came from") {
  Config config = parsed("\ndepth = -1\nrate = \"fast\"\nnan = nan\nsmall = 0.5\n");
  REQUIRE(config.set("beta", "inf", "--beta"));
  CHECK(mentions(config.count("depth", 1).error(), "depth = -1 (from test.toml:2)"));
  CHECK(mentions(config.number("rate", 1, 0, 1).error(), "rate = \"fast\" (from test.toml:3) must be a number"));
  CHECK_FALSE(config.number("nan", 1, 0, 1));
  CHECK(mentions(config.number("beta", 1, 0, 1).error(), "--beta"));
  CHECK(mentions(config.count("small", 1).error(), "whole number"));
  CHECK(mentions(config.number("small", 1, 1, 2).error(), "from 1 to 2"));
}

TEST_CASE("flags override the file, and bare words need no quotes") {
  Config config = parsed("[optimizer]\nname = \"adam\"\nrate = 1\n");
  REQUIRE(config.set("optimizer.name", "lbfgs", "--optimizer"));
  REQUIRE(config.assign("optimizer.rate=0.5", "--set"));
  REQUIRE(config.assign("values=[-3,1]", "--set"));
  REQUIRE(config.assign("problem=table:a=b.txt", "--set"));
  CHECK(*config.text("optimizer.name", "") == "lbfgs");
  CHECK(*config.number("optimizer.rate", 0, 0, 1) == 0.5);
  CHECK(*config.numbers("values", {}) == std::vector<double>{-3, 1});
  CHECK(*config.text("problem", "") == "table:a=b.txt");
  CHECK_FALSE(config.assign("no equals sign", "--set"));
  CHECK_FALSE(config.assign("=1", "--set"));
}

TEST_CASE("a value cannot smuggle in a second key") {
  Config config;
  REQUIRE(config.set("a", "1\nb = 2", "--set"));
  CHECK_FALSE(config.has("b"));
  CHECK_FALSE(config.count("a", 0));
}

TEST_CASE("keys that nobody reads are refused with the nearest known key") {
  Config config = parsed("depth = 4\n[optimizer]\nlearning_rat = 0.1\n");
  CHECK(config.count("depth", 1));
  CHECK(config.number("optimizer.learning_rate", 0.05, 0, 1));
  const auto refused = config.refuse_unread();
  REQUIRE_FALSE(refused);
  CHECK(mentions(refused.error(), "\"optimizer.learning_rat\""));
  CHECK(mentions(refused.error(), "test.toml:3"));
  CHECK(mentions(refused.error(), "Did you mean \"optimizer.learning_rate\"?"));
}

TEST_CASE("the resolved settings read back to the same settings, every number bit for bit") {
  Config config =
      parsed("b = 0.1\n[x]\nt = \"quote \\\" and \\\\ and \\u0001\"\nlist = [[1, 0.3333333333333333], [-1e-300, 2]]\n");
  const auto read = [](Config& c) {
    return std::tuple(*c.number("b", 0, 0, 1), *c.text("x.t", ""), *c.number_lists("x.list", {}),
                      *c.number("y.big", 1e300, 0, 1e308), *c.boolean("flag", true), *c.count("n", 12345678901234567));
  };
  const auto first = read(config);
  Config again = parsed(config.resolved());
  CHECK(read(again) == first);
  CHECK(again.refuse_unread());
  CHECK(again.resolved() == config.resolved());
}

TEST_CASE("relative paths start from the folder of the file, or the current folder for flags") {
  const TemporaryDirectory directory;
  std::ofstream(directory.path() / "run.toml") << "train = \"data/a.csv\"\nabsolute = \"/data/b.csv\"\n";
  Config config = *Config::load(directory.path() / "run.toml");
  REQUIRE(config.set("flag", "data/c.csv", "--flag"));
  CHECK(*config.path("train") == directory.path() / "data/a.csv");
  CHECK(*config.path("absolute") == "/data/b.csv");
  CHECK(*config.path("flag") == std::filesystem::current_path() / "data/c.csv");
  CHECK(config.path("none")->empty());
  CHECK(config.resolved().find((directory.path() / "data/a.csv").string()) != std::string::npos);
}

TEST_CASE("files that are missing or no TOML are refused with place and reason") {
  CHECK(mentions(Config::load("/nonexistent/x.toml").error(), "/nonexistent/x.toml"));
  CHECK(mentions(Config::parse("a = 1\nb = \n", "x.toml").error(), "x.toml:2"));
  CHECK(mentions(Config::parse("a = 1979-05-27\n", "x.toml").error(), "a (x.toml:1)"));
}
