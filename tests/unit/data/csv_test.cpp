#include "bornite/data/csv.hpp"

#include "catch.hpp"
#include "files.hpp"

#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <cmath>

using namespace bornite;
using namespace bornite_test;
using Numbers = std::vector<double>;

namespace {

Result<Dataset> load_text(std::string_view text, const CsvOptions& options = {}) {
  const TemporaryFolder folder;
  return load_csv(folder.write("data.csv", text), options);
}

}  // namespace

TEST_CASE("a table without header has its target in the last column") {
  const Dataset data = load_text("1,2,0\n3,4.5,1\n").value();
  CHECK(data.features == 2);
  CHECK(data.inputs == Numbers{1, 2, 3, 4.5});
  CHECK(data.targets == Numbers{0, 1});
  CHECK(data.height == 0);
}

TEST_CASE("a header is recognised and lets the target be named") {
  const std::string text = "x,class,y\n1,0,2\n3,1,4\n";
  for (const std::string target : {"class", "1", "-2"}) {
    const Dataset data = load_text(text, {.target = target}).value();
    CHECK(data.inputs == Numbers{1, 2, 3, 4});
    CHECK(data.targets == Numbers{0, 1});
  }
}

TEST_CASE("a name of a column goes before an index") {
  CHECK(load_text("1,0\n5,6\n", {.target = "0", .header = true}).value().targets == Numbers{6});
}

TEST_CASE("a header of numbers is taken for data unless the options say otherwise") {
  CHECK(load_text("2020,2021\n5,6\n").value().rows() == 2);
  CHECK(load_text("2020,2021\n5,6\n", {.header = true}).value().rows() == 1);
  require_refusal(load_text("x,y\n5,6\n", {.header = false}), "data.csv:1, column 1: \"x\" is not a number",
                  "If this row names the columns");
}

TEST_CASE("comments, blank lines, CRLF, a byte-order mark, padding and a missing last newline are no obstacle") {
  const Dataset data =
      load_text("\xef\xbb\xbf# made by hand\r\n\r\n x , y\r\n   \r\n  1 ,\t2\r\n# end\r\n+3,-4e-1").value();
  CHECK(data.inputs == Numbers{1, 3});
  CHECK(data.targets == Numbers{2, -0.4});
}

TEST_CASE("quoted fields may hold delimiters, quotes and line ends, and numbers with blanks around them") {
  const Dataset data = load_text("\"a,\"\"b\"\"\nc\" , y\n\"1\",\" 2 \"\n", {.target = "a,\"b\"\nc"}).value();
  CHECK(data.targets == Numbers{1});
  CHECK(data.inputs == Numbers{2});
  CHECK_FALSE(load_text("1,\"  \"\n").has_value());
}

TEST_CASE("the delimiter can be a tab or a semicolon") {
  CHECK(load_text("x\ty\n1\t2\n", {.delimiter = '\t'}).value().inputs == Numbers{1});
  CHECK(load_text("1;2;3\n", {.delimiter = ';'}).value().features == 2);
  require_refusal(load_text("1;2;3\n"), "data.csv:1 has a single field", "The delimiter is ','");
  require_refusal(load_text("1\t\t3\n", {.delimiter = '\t'}), "data.csv:1, column 2: the field is empty");
  require_refusal(load_text("1#2\n", {.delimiter = '#'}), "cannot be the delimiter");
}

TEST_CASE("a bad field is refused with file, line, column and the column's name") {
  require_refusal(load_text("x,y\n1,2\n\n# c\n1,two\n"), "data.csv:5, column 2 (y): \"two\" is not a number",
                  "Number the classes");
  require_refusal(load_text("x,y\none,2\n"), "data.csv:2, column 1 (x): \"one\" is not a number");
  require_refusal(load_text("1,2\n,2\n"), "data.csv:2, column 1: the field is empty");
  require_refusal(load_text("1,2\n1,2x\n"), "data.csv:2, column 2: \"2x\" is not a number");
  require_refusal(load_text("1,2\n0x10,2\n"), "\"0x10\" is not a number");
  require_refusal(load_text("1,2\n\"a\nb\",2\n"), "data.csv:2, column 1: \"a?b\" is not a number");
  require_refusal(load_text("\"a\nb\",y\n1,2\n1,z\n"), "data.csv:4, column 2 (y)");
}

TEST_CASE("NaN, infinities and numbers outside the range of doubles are refused with their place") {
  for (const std::string text : {"nan", "NaN", "-nan", "inf", "-INF", "Infinity"})
    require_refusal(load_text("1,2\n" + text + ",2\n"),
                    fmt::format("data.csv:2, column 1: \"{}\" is not a finite number", text));
  CHECK_FALSE(load_text("nan,nan\n1,2\n").has_value());
  require_refusal(load_text("1,1e999\n"), "data.csv:1, column 2: \"1e999\" is outside the range");
}

TEST_CASE("rows of different lengths are refused with the line and both lengths") {
  require_refusal(load_text("a,b,c\n1,2,3\n1,2\n"), "data.csv:3 has 2 fields; the rows before it have 3");
  require_refusal(load_text("1,2\n1,2,\n"), "data.csv:2 has 3 fields");
}

TEST_CASE("files without data and tables of one column are refused") {
  require_refusal(load_text(""), "data.csv has no rows of data");
  require_refusal(load_text("\n# nothing\n  "), "data.csv has no rows of data");
  require_refusal(load_text("x,y\n"), "data.csv has no rows of data");
  require_refusal(load_text("1\n2\n"), "data.csv:1 has a single field", "at least one feature");
  require_refusal(load_csv("/nowhere/data.csv"), "Cannot open /nowhere/data.csv");
}

TEST_CASE("an unknown target column is refused with the names and indices that there are") {
  const auto unknown = load_text("x,y,label\n1,2,3\n", {.target = "class"});
  require_refusal(unknown, "has no target column \"class\"", "-3 to 2 or one of the names x, y, label");
  CHECK(unknown.error().kind == ErrorKind::configuration);
  CHECK_FALSE(load_text("1,2\n", {.target = "2"}).has_value());
  CHECK_FALSE(load_text("1,2\n", {.target = "-3"}).has_value());
  CHECK_FALSE(load_text("1,2\n", {.target = ""}).has_value());
  CHECK_FALSE(load_text("1,2\n", {.target = "1.5"}).has_value());
  require_refusal(load_text("x,x\n1,2\n", {.target = "x"}), "2 columns named \"x\"");
}

TEST_CASE("quotes that are left open or followed by text are refused") {
  require_refusal(load_text("1,2\n\"3,4\n5,6\n"), "data.csv:2, column 1: the quote is never closed");
  require_refusal(load_text("1,\"2\"3\n"), "data.csv:1, column 2: text follows the closing quote");
}

TEST_CASE("every finite double survives being written and read") {
  rc::prop("round trip", [](const std::vector<std::pair<double, double>>& rows) {
    std::string text;
    Numbers inputs, targets;
    for (const auto& [x, y] : rows) {
      if (!std::isfinite(x) || !std::isfinite(y)) continue;
      text += fmt::format("{},{}\n", x, y);
      inputs.push_back(x);
      targets.push_back(y);
    }
    RC_PRE(!inputs.empty());
    const Dataset data = load_text(text).value();
    RC_ASSERT(data.inputs == inputs);
    RC_ASSERT(data.targets == targets);
  });
}
