#include "bornite/util/json_value.hpp"

#include "bornite/util/secret.hpp"
#include "catch.hpp"

using namespace bornite;
using Catch::Contains;

namespace {

JsonValue parsed(std::string_view text) { return JsonValue::parse(text, "the reply").value(); }

}  // namespace

TEST_CASE("members, elements and their values are read") {
  const JsonValue reply = parsed(R"({"a": {"b": [1, 2.5, "x", true, null]}, "n": null})");
  const JsonValue list = reply["a"].value()["b"].value();
  const auto elements = list.elements().value();
  REQUIRE(elements.size() == 5);
  CHECK(elements[0].count().value() == 1);
  CHECK(elements[1].number().value() == 2.5);
  CHECK(elements[2].text().value() == "x");
  CHECK(elements[3].boolean().value());
  CHECK(reply["a"].value().members().value()[0].first == "b");
  CHECK_FALSE(reply.find("n").has_value());
  CHECK_FALSE(reply.find("missing").has_value());
  CHECK(reply.text_or("n", "otherwise").value() == "otherwise");
  CHECK(reply.count_or("missing", 7).value() == 7);
  CHECK(list.dump() == R"([1,2.5,"x",true,null])");
}

TEST_CASE("errors name the source, the place and the value") {
  const JsonValue reply = parsed(R"({"a": {"b": [1, -2, "x"]}})");
  const auto elements = reply["a"].value()["b"].value().elements().value();
  CHECK(elements[1].count().error().message == "the reply: 'a.b.1' is -2, a whole number was expected.");
  CHECK(elements[2].number().error().message == "the reply: 'a.b.2' is \"x\", a number was expected.");
  CHECK(reply["c"].error().message == "the reply: the document has no 'c'.");
  CHECK(reply["a"].value()["c"].error().message == "the reply: 'a' has no 'c'.");
  CHECK_THAT(elements[0]["c"].error().message, Contains("an object"));
  CHECK_THAT(elements[0].text().error().message, Contains("a text"));
  CHECK_THAT(elements[0].boolean().error().message, Contains("true or false"));
  CHECK_THAT(elements[0].elements().error().message, Contains("a list"));
  CHECK_THAT(elements[0].members().error().message, Contains("an object"));
  CHECK(elements[1].count().error().kind == ErrorKind::job);
}

TEST_CASE("counts are exact or refused") {
  for (const char* text : {"0", "7", "7.0", "1e3", "9007199254740992", "9007199254740992.0"})
    CHECK(parsed(text).count().has_value());
  CHECK(parsed("1e3").count().value() == 1000);
  CHECK(parsed("9007199254740992").count().value() == 9007199254740992U);
  for (const char* text : {"-1", "-0.5", "0.5", "9007199254740993", "18446744073709551615", "1e300",
                           "-9007199254740993", "\"1\"", "true", "null", "[]"}) {
    CAPTURE(text);
    CHECK_FALSE(parsed(text).count().has_value());
  }
}

TEST_CASE("what is no JSON is told of with its beginning, and may come right later") {
  for (const std::string& text :
       {std::string("<html>hello"), std::string("{\"a\": "), std::string(""), std::string("NaN"), std::string("1e999"),
        std::string("\"\xff\""), std::string("{} {}"), std::string("18446744073709551616")}) {
    CAPTURE(text);
    const auto value = JsonValue::parse(text, "the reply");
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().retryable);
    CHECK_THAT(value.error().message, Contains("the reply is not JSON"));
  }
  CHECK_THAT(JsonValue::parse("<html>hello", "the reply").error().message, Contains("<html>hello"));
}

TEST_CASE("a description that is no JSON is the user's own, and does not come right by itself") {
  const auto value = JsonValue::parse("[1", "device.json", ErrorKind::input, "Give another.");
  REQUIRE_FALSE(value.has_value());
  CHECK(value.error().kind == ErrorKind::input);
  CHECK(value.error().hint == "Give another.");
  CHECK_FALSE(value.error().retryable);
  const JsonValue document = JsonValue::parse("[1]", "device.json", ErrorKind::input, "Give another.").value();
  CHECK(document["a"].error().kind == ErrorKind::input);
  CHECK(document["a"].error().hint == "Give another.");
}

TEST_CASE("a mark of the byte order before a document is passed over") {
  CHECK(parsed("\xef\xbb\xbf[7]").elements().value()[0].count().value() == 7);
}

TEST_CASE("numbers are the nearest doubles, and members come in the order of the document") {
  CHECK(parsed("0.3").number().value() == 0.3);
  CHECK(parsed("2.2250738585072011e-308").number().value() == 2.2250738585072011e-308);
  CHECK(parsed("0.5").number(0, 1).value() == 0.5);
  CHECK(parsed("1.5").number(0, 1).error().message ==
        "the reply: the document is 1.5, a number from 0 to 1 was expected.");
  CHECK_THAT(parsed("8").count(7).error().message, Contains("is 8, a whole number from 0 to 7"));
  std::string names;
  for (const auto& [name, value] : parsed(R"({"b": 1, "a": 2, "c": 3})").members().value()) names += name;
  CHECK(names == "bac");
}

TEST_CASE("lists of lists are told from lists") {
  CHECK(parsed("[[1], 2]").holds_lists());
  for (const char* text : {"[]", "[1, [2]]", "{\"a\": []}", "\"x\""}) CHECK_FALSE(parsed(text).holds_lists());
}

TEST_CASE("a document that is nested without end is refused and not walked down") {
  for (const std::string& step : {std::string("["), std::string("{\"error\":")}) {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) text += step;
    CHECK_FALSE(JsonValue::parse(text, "the reply").has_value());
  }
  std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  CHECK_FALSE(JsonValue::parse(deep, "the reply").has_value());
  // Brackets in texts are not depth, and lists beside each other are not deep.
  const auto is_read = [](const std::string& text) { return JsonValue::parse(text, "r").has_value(); };
  CHECK(is_read("[\"" + std::string(1000, '[') + R"(\"\\\")" + std::string(1000, '{') + "\"]"));
  std::string lists = "[[]";
  for (int i = 0; i < 999; ++i) lists += ",[]";
  CHECK(is_read(lists + "]"));
  CHECK(JsonValue::parse(std::string(50, '[').append(50, ']'), "the reply").has_value());
}

TEST_CASE("no part of a secret is in an error, also where the text is cut") {
  const Secret secret("abcdefghijklmnopqrstuvwxyz");
  for (std::size_t place = 170; place < 200; ++place) {
    const std::string text = std::string(place, '-') + std::string(secret.reveal());
    CHECK_THAT(JsonValue::parse(text, "the reply").error().message, !Contains("abcd"));
    CHECK_THAT(parsed("\"" + text + "\"").count().error().message, !Contains("abcd"));
  }
}
