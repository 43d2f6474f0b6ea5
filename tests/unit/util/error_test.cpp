#include "bornite/util/error.hpp"

#include <memory>
#include <set>
#include <sstream>
#include <string>

#include "catch.hpp"

using namespace bornite;

namespace {

Result<int> parse(bool works) {
  if (works) return 20;
  return Error{ErrorKind::input, "The number is wrong.", "Write another.", true};
}

Result<void> check(bool works) {
  if (works) return {};
  return Error{ErrorKind::io, "The disk is gone."};
}

Result<std::string> add_and_check(bool first, bool second, bool third) {
  BORNITE_TRY(const int a, parse(first));
  BORNITE_TRY(const int b, parse(second));
  BORNITE_CHECK(check(third));
  return std::to_string(a + b);
}

Result<std::unique_ptr<int>> make_box(bool works) {
  BORNITE_TRY(const int value, parse(works));
  return std::make_unique<int>(value);
}

Result<int> open_box(bool works) {
  BORNITE_TRY(const auto box, make_box(works));  // a value that can only be moved
  return *box;
}

}  // namespace

TEST_CASE("every kind of error has a name of its own") {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::cancelled); ++kind)
    names.insert(to_string(static_cast<ErrorKind>(kind)));
  CHECK(names.size() == static_cast<std::size_t>(ErrorKind::cancelled) + 1);
  CHECK(names.count("unknown") == 0);
  CHECK(to_string(ErrorKind::configuration) == "configuration");
}

TEST_CASE("an error is described by its message and then its hint") {
  CHECK(describe({ErrorKind::io, "The file is gone.", "Look for it."}) == "The file is gone. Look for it.");
  CHECK(describe({ErrorKind::io, "The file is gone."}) == "The file is gone.");
}

TEST_CASE("a result prints its value or the description of its error") {
  std::ostringstream text;
  text << parse(true) << ' ' << parse(false);
  CHECK_THAT(text.str(), Catch::Contains("20") && Catch::Contains("The number is wrong. Write another."));
}

TEST_CASE("two errors are equal only if they agree in everything") {
  const Error error{ErrorKind::io, "a", "b", false};
  CHECK(error == Error{ErrorKind::io, "a", "b", false});
  CHECK_FALSE(error == Error{ErrorKind::input, "a", "b", false});
  CHECK_FALSE(error == Error{ErrorKind::io, "x", "b", false});
  CHECK_FALSE(error == Error{ErrorKind::io, "a", "x", false});
  CHECK_FALSE(error == Error{ErrorKind::io, "a", "b", true});
}

TEST_CASE("asking an error for its value throws what describes it") {
  try {
    (void)parse(false).value();
    FAIL("no exception");
  } catch (const ErrorException& exception) {
    CHECK(std::string(exception.what()) == "The number is wrong. Write another.");
    CHECK(exception.error().kind == ErrorKind::input);
    CHECK(exception.error().retryable);
  }
}

TEST_CASE("a chain of calls gives the value, or the first error as it was") {
  CHECK(add_and_check(true, true, true).value() == "40");
  for (const auto& result : {add_and_check(false, true, true), add_and_check(true, false, false)}) {
    REQUIRE(result.has_error());
    CHECK(result.error().message == "The number is wrong.");
    CHECK(result.error().hint == "Write another.");
  }
  CHECK(add_and_check(true, true, false).error().message == "The disk is gone.");
}

TEST_CASE("values that can only be moved pass through") {
  CHECK(open_box(true).value() == 20);
  CHECK(open_box(false).has_error());
}
