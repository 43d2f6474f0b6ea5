#include "bornite/network/cost_table.hpp"

#include "random_problem.hpp"

#include "bornite/network/table_cost.hpp"
#include "bornite/util/file.hpp"
#include "catch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

using namespace bornite;
using namespace bornite::test;

namespace {

/// A file that is gone at the end of the test.
class TemporaryFile {
 public:
  TemporaryFile() : path_(std::filesystem::temp_directory_path() / fmt::format("bornite-table-{}.txt", ::getpid())) {}
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  [[nodiscard]] Result<CostTable> load(std::string_view text) const {
    write_file_atomically(path_, text).value();
    return CostTable::load(path_);
  }
  [[nodiscard]] std::string refusal(std::string_view text) const {
    const auto result = load(text);
    REQUIRE(result.has_error());
    return describe(result.error());
  }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("a table that was saved is loaded with the same bits") {
  RandomStream random = test_stream(4000);
  std::vector<double> costs;
  for (std::size_t i = 0; i < 256; ++i) costs.push_back(random.normal() * std::pow(10.0, 20 * random.normal()));
  costs[3] = 0.1;
  costs[4] = 5e-324;
  costs[5] = -1.7976931348623157e308;
  const TemporaryFile file;
  CostTable(8, costs).save(file.path()).value();
  const CostTable loaded = CostTable::load(file.path()).value();
  CHECK(loaded.bits() == 8);
  CHECK(std::vector<double>(loaded.costs().begin(), loaded.costs().end()) == costs);
}

TEST_CASE("blank lines, comments and carriage returns are no costs") {
  const TemporaryFile file;
  const CostTable table = file.load("# costs\r\n\n 1.5\r\n\t+2e-1 \n  # more\n-3\n\n4").value();
  CHECK(table.bits() == 2);
  CHECK(std::vector<double>(table.costs().begin(), table.costs().end()) == std::vector<double>{1.5, 0.2, -3, 4});
  CHECK(file.load("\xef\xbb\xbf"
                  "7\n8\n")
            .value()[0] == 7);  // an editor's byte order mark
}

TEST_CASE("a damaged table is refused with the line") {
  using Catch::Contains;
  const TemporaryFile file;
  CHECK_THAT(file.refusal("1\n2\n3\n"), Contains("3 costs") && Contains("power of two"));
  CHECK_THAT(file.refusal("# nothing\n"), Contains("0 costs"));
  CHECK_THAT(file.refusal("7\n"), Contains("1 costs"));
  CHECK_THAT(file.refusal("1\n\ntwo\n"), Contains(".txt:3: \"two\" is not a number"));
  CHECK_THAT(file.refusal("1\n2 3\n"), Contains(":2:") && Contains("2 3"));
  CHECK_THAT(file.refusal("1\nnan\n"), Contains(":2: the cost nan is not finite"));
  CHECK_THAT(file.refusal("-inf\n1\n"), Contains(":1:") && Contains("not finite"));
  CHECK_THAT(file.refusal("1\n1e999\n"), Contains(":2:") && Contains("not finite"));
  CHECK_THAT(file.refusal("1\n+-2\n"), Contains(":2:"));
  const auto missing = CostTable::load(file.path().string() + ".none");
  REQUIRE(missing.has_error());
  CHECK(missing.error().kind == ErrorKind::io);
}

TEST_CASE("the best string is the first of the lowest costs") {
  CHECK(CostTable(2, {3, 1, 2, 1}).best() == 1);
  CHECK(CostTable(2, {-3, 1, 2, 1}).best() == 0);
}

TEST_CASE("a table has exactly as many costs as there are strings") {
  CHECK_THROWS_AS(CostTable(2, {1, 2, 3}), std::invalid_argument);
  CHECK_THROWS_AS(CostTable(64, {}), std::invalid_argument);
}

TEST_CASE("the memory check names what is needed and what is free") {
  CHECK(CostTable::check_memory(10).has_value());
  const auto large = CostTable::check_memory(40);
  REQUIRE(large.has_error());
  CHECK(large.error().kind == ErrorKind::resource);
  CHECK_THAT(large.error().message, Catch::Contains("2^40") && Catch::Contains("8192 GiB") && Catch::Contains("free"));
  CHECK(CostTable::check_memory(156).has_error());
  CHECK_THAT(CostTable::check_memory(238510).error().message, Catch::Contains("take 2^238483 GiB"));
}

TEST_CASE("a table answers for strings") {
  const TableCost cost(CostTable(3, {0, 1, 2, 3, 4, 5, 6, 7}));
  BitstringList strings(3);
  strings.push_back(Bitstring::from_text("100").value());
  strings.push_back(Bitstring::from_text("011").value());
  std::vector<double> out(2);
  cost.costs(strings, out).value();
  CHECK(out == std::vector<double>{1, 6});
  CHECK(cost.bits() == 3);
  CHECK(cost.enumerate().value()[5] == 5);
  std::vector<double> three(3);
  CHECK_THROWS_AS(cost.costs(strings, three), std::invalid_argument);
  BitstringList wrong(4);
  wrong.push_back(Bitstring(4));
  wrong.push_back(Bitstring(4));
  CHECK_THROWS_AS(cost.costs(wrong, out), std::invalid_argument);
}
