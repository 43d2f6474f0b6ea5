#include "bornite/rest/shot_readers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace bornite;
using Catch::Contains;

namespace {

JsonValue json(const nlohmann::json& value) { return JsonValue::parse(value.dump(), "the reply").value(); }

using Counts = std::map<std::string, std::uint64_t>;

Counts counts_of(const ShotRow& row) {
  Counts counts;
  for (std::size_t i = 0; i < row.size(); ++i) counts[row.strings()[i].to_text()] = row.counts()[i];
  return counts;
}

std::string random_bits(std::mt19937& random, std::size_t bits) {
  std::string text;
  for (std::size_t i = 0; i < bits; ++i) text += (random() & 1) != 0 ? '1' : '0';
  return text;
}

/// The number whose bit i is text[i], in decimal digits: doubled digit by digit, as on paper.
std::string decimal(const std::string& text) {
  std::string digits = "0";  // little end first
  for (auto bit = text.rbegin(); bit != text.rend(); ++bit) {
    int carry = *bit - '0';
    for (char& digit : digits) {
      const int doubled = 2 * (digit - '0') + carry;
      digit = static_cast<char>('0' + doubled % 10);
      carry = doubled / 10;
    }
    if (carry > 0) digits += static_cast<char>('0' + carry);
  }
  return {digits.rbegin(), digits.rend()};
}

/// The same number in hexadecimal digits, without zeros before it.
std::string hexadecimal(const std::string& text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    unsigned value = 0;
    for (std::size_t bit = 0; bit < 4 && i + bit < text.size(); ++bit)
      value |= static_cast<unsigned>(text[i + bit] - '0') << bit;
    digits.insert(digits.begin(), "0123456789abcdef"[value]);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return std::string("0x").append(digits);
}

std::string reversed(std::string text) {
  std::ranges::reverse(text);
  return text;
}

const std::vector<std::size_t> widths{1, 2, 5, 32, 63, 64, 65, 127, 128, 156, 300};

}  // namespace

TEST_CASE("decimal keys of any length are the bitstrings that long division gives") {
  std::mt19937 random(1);
  for (const std::size_t bits : widths) {
    CAPTURE(bits);
    for (int repeat = 0; repeat < 20; ++repeat) {
      const std::string text = random_bits(random, bits);
      const ShotRow row = read_decimal_probabilities(json({{decimal(text), 1.0}}), bits, 7).value();
      REQUIRE(row.size() == 1);
      CHECK(row.strings()[0] == Bitstring::from_text(text)->view());
      CHECK(row.shots() == 7);
    }
  }
}

TEST_CASE("hexadecimal samples are not padded and of any length") {
  std::mt19937 random(2);
  for (const std::size_t bits : widths) {
    CAPTURE(bits);
    Counts expected;
    nlohmann::json samples = nlohmann::json::array();
    for (int shot = 0; shot < 40; ++shot) {
      std::string text = random_bits(random, bits);
      if (shot % 3 == 0) std::fill(text.begin() + static_cast<std::ptrdiff_t>(bits / 2), text.end(), '0');
      ++expected[text];
      samples.push_back(hexadecimal(text));
    }
    CHECK(counts_of(read_hex_samples(json(samples), bits, 40).value()) == expected);
  }
  CHECK(counts_of(read_hex_samples(json({"0x0A", "0Xa", "0x000a"}), 4, 3).value()) == Counts{{"0101", 3}});
}

TEST_CASE("counts are read from either end") {
  std::mt19937 random(3);
  for (const std::size_t bits : widths) {
    Counts left;
    Counts right;
    std::uint64_t shots = 0;
    for (int outcome = 0; outcome < 10; ++outcome) {
      const std::string text = random_bits(random, bits);
      if (left.contains(text)) continue;
      left[text] = 1 + random() % 100;
      right[reversed(text)] = left[text];
      shots += left[text];
    }
    CHECK(counts_of(read_counts(json(left), bits, shots, BitOrder::first_left).value()) == left);
    CHECK(counts_of(read_counts(json(right), bits, shots, BitOrder::first_right).value()) == left);
  }
}

TEST_CASE("probabilities become whole counts that sum to the shots and are nearest") {
  std::mt19937 random(4);
  for (int repeat = 0; repeat < 50; ++repeat) {
    const std::uint64_t shots = 1 + random() % 5000;
    std::vector<double> weights;
    for (int i = 0; i < 16; ++i) weights.push_back(random() % 4 == 0 ? 0.0 : static_cast<double>(random() % 1000));
    weights[0] += 1;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    nlohmann::json by_number;
    nlohmann::json by_text;
    for (std::size_t i = 0; i < 16; ++i) {
      by_number[std::to_string(i)] = weights[i] / sum;
      by_text[Bitstring::from_index(4, i).to_text()] = weights[i] / sum;
    }
    const ShotRow row = read_decimal_probabilities(json(by_number), 4, shots).value();
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double share = weights[row.strings()[i].index()] / sum * static_cast<double>(shots);
      CHECK(std::abs(static_cast<double>(row.counts()[i]) - share) < 1);
      total += row.counts()[i];
    }
    CHECK(total == shots);
    CHECK(counts_of(read_probabilities(json(by_text), 4, shots, BitOrder::first_left).value()) == counts_of(row));
  }
}

TEST_CASE("lists of bits are put in the order of the columns") {
  std::mt19937 random(5);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const std::size_t bits = 1 + random() % 70;
    std::vector<std::size_t> columns(bits);
    std::iota(columns.begin(), columns.end(), 0);
    std::ranges::shuffle(columns, random);
    Counts expected;
    nlohmann::json measurements = nlohmann::json::array();
    for (int shot = 0; shot < 30; ++shot) {
      const std::string text = random_bits(random, bits);
      ++expected[text];
      nlohmann::json row(bits, 0);
      for (std::size_t i = 0; i < bits; ++i) row[columns[i]] = text[i] - '0';
      measurements.push_back(row);
    }
    CHECK(counts_of(read_bit_lists(json(measurements), columns, 30).value()) == expected);
  }
}

TEST_CASE("the same outcome in two spellings is one outcome") {
  CHECK(counts_of(read_decimal_probabilities(json({{"3", 0.5}, {"03", 0.5}}), 2, 10).value()) == Counts{{"11", 10}});
}

TEST_CASE("outcomes that cannot be are refused with the field and the value") {
  using Read = std::function<Result<ShotRow>(const JsonValue&)>;
  const Read counts = [](const JsonValue& value) { return read_counts(value, 2, 10, BitOrder::first_left); };
  const Read hex = [](const JsonValue& value) { return read_hex_samples(value, 2, 2); };
  const Read decimals = [](const JsonValue& value) { return read_decimal_probabilities(value, 2, 10); };
  const Read texts = [](const JsonValue& value) { return read_probabilities(value, 2, 10, BitOrder::first_left); };
  const std::vector<std::size_t> columns{0, 1};
  const Read lists = [&](const JsonValue& value) { return read_bit_lists(value, columns, 2); };
  struct Case {
    Read read;
    std::string reply;
    std::vector<std::string> words;
  };
  const std::vector<Case> cases{
      {counts, R"({"011": 10})", {"'x'", "'011'", "2 bits"}},
      {counts, R"({"0": 10})", {"'x'", "'0'", "2 bits"}},
      {counts, R"({"02": 10})", {"'x'", "'02'"}},
      {counts, R"({"01": 9})", {"'x'", "9", "10"}},
      {counts, R"({"01": 6, "10": 5})", {"'x'", "11", "10"}},
      {counts, R"({"01": -10})", {"'x.01'", "-10"}},
      {counts, R"({"01": 9.5, "11": 0.5})", {"'x.01'", "9.5"}},
      {counts, R"({"01": "10"})", {"'x.01'", "\"10\""}},
      {counts, R"({"01": null})", {"'x.01'", "null"}},
      {counts, R"(["01"])", {"'x'", "an object"}},
      {counts, R"({})", {"'x'", "0", "10"}},
      {counts, R"({"01": 9007199254740992, "10": 9007199254740992, "11": 9007199254740992})", {"'x'", "10"}},
      {counts, R"({"01": 18446744073709551615, "10": 11})", {"'x.01'", "18446744073709551615"}},
      {hex, R"(["0x0", "0x4"])", {"'x.1'", "'0x4'", "2 bits"}},
      {hex, R"(["0x0", "3"])", {"'x.1'", "'3'"}},
      {hex, R"(["0x", "0x0"])", {"'x.0'", "'0x'"}},
      {hex, R"(["0xg", "0x0"])", {"'x.0'", "'0xg'"}},
      {hex, R"(["0x-1", "0x0"])", {"'x.0'", "'0x-1'"}},
      {hex, R"([3, "0x0"])", {"'x.0'", "a text"}},
      {hex, R"(["0x0"])", {"'x'", "1", "2"}},
      {hex, R"("0x0")", {"'x'", "a list"}},
      {decimals, R"({"4": 1.0})", {"'x'", "'4'", "2 bits"}},
      {decimals, R"({"-1": 1.0})", {"'x'", "'-1'"}},
      {decimals, R"({"": 1.0})", {"'x'", "''"}},
      {decimals, R"({"0x1": 1.0})", {"'x'", "'0x1'"}},
      {decimals, R"({"99999999999999999999999999999999": 1.0})", {"'x'", "2 bits"}},
      {decimals, R"({"1": 0.9})", {"'x'", "0.9"}},
      {decimals, R"({"1": 1.5, "2": -0.5})", {"'x'", "-0.5"}},
      {decimals, R"({"1": "1.0"})", {"'x.1'", "a number"}},
      {decimals, R"({})", {"'x'", "0"}},
      {texts, R"({"001": 1.0})", {"'x'", "'001'"}},
      {texts, R"({"00": true})", {"'x.00'", "a number"}},
      {lists, R"([[0, 1]])", {"'x'", "1", "2"}},
      {lists, R"([[0, 1], [0]])", {"'x.1'", "1 bits", "2"}},
      {lists, R"([[0, 1], [0, 1, 1]])", {"'x.1'", "3 bits", "2"}},
      {lists, R"([[0, 2], [0, 1]])", {"'x.0.1'", "bit"}},
      {lists, R"([[0, 0.5], [0, 1]])", {"'x.0.1'", "0.5"}},
      {lists, R"([[0, "1"], [0, 1]])", {"'x.0.1'", "\"1\""}},
      {lists, R"([0, 1])", {"'x.0'", "a list"}},
  };
  for (const Case& wrong : cases) {
    CAPTURE(wrong.reply);
    const JsonValue reply = JsonValue::parse("{\"x\": " + wrong.reply + "}", "the reply").value();
    const auto row = wrong.read(reply["x"].value());
    REQUIRE_FALSE(row.has_value());
    CHECK(row.error().kind == ErrorKind::job);
    CHECK_THAT(row.error().message, Contains("the reply"));
    for (const std::string& word : wrong.words) CHECK_THAT(row.error().message, Contains(word));
  }
}
