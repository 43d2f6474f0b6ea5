#include "bornite/util/bitstring.hpp"

#include <rapidcheck/catch.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <unordered_set>

#include "catch.hpp"

using namespace bornite;

namespace {

Bitstring from(const std::vector<bool>& bits) {
  Bitstring string(bits.size());
  for (std::size_t i = 0; i < bits.size(); ++i) string.set(i, bits[i]);
  return string;
}

/// Two strings of one length up to 300 as plain vectors.
std::pair<std::vector<bool>, std::vector<bool>> two_strings() {
  const auto bits = *rc::gen::inRange<std::size_t>(0, 301);
  return {*rc::gen::container<std::vector<bool>>(bits, rc::gen::arbitrary<bool>()),
          *rc::gen::container<std::vector<bool>>(bits, rc::gen::arbitrary<bool>())};
}

}  // namespace

TEST_CASE("a bitstring of any length keeps each of its bits") {
  rc::prop("set, read and print agree", [] {
    const auto bits = two_strings().first;
    const Bitstring string = from(bits);
    RC_ASSERT(string.size() == bits.size());
    const std::string text = string.to_text();
    RC_ASSERT(text.size() == bits.size());
    for (std::size_t i = 0; i < bits.size(); ++i) {
      RC_ASSERT(string[i] == bits[i]);
      RC_ASSERT(text[i] == (bits[i] ? '1' : '0'));
    }
  });
  rc::prop("text read back is the same string", [] {
    const Bitstring string = from(two_strings().first);
    RC_ASSERT(Bitstring::from_text(string.to_text()).value().view() == string.view());
  });
  rc::prop("a bit set and cleared again leaves no trace", [] {
    const auto bits = two_strings().first;
    RC_PRE(!bits.empty());
    Bitstring string = from(bits);
    const auto bit = *rc::gen::inRange<std::size_t>(0, bits.size());
    string.set(bit, !bits[bit]);
    RC_ASSERT(hamming_distance(string, from(bits)) == 1U);
    string.set(bit, bits[bit]);
    RC_ASSERT(string.view() == from(bits).view());
  });
}

TEST_CASE("comparisons and distances of bitstrings are those of their bits") {
  rc::prop("equality", [] {
    const auto [a, b] = two_strings();
    RC_ASSERT((from(a).view() == from(b).view()) == (a == b));
    RC_ASSERT(from(a).view() == from(a).view());
  });
  rc::prop("order as numbers, bit 0 least", [] {
    const auto [a, b] = two_strings();
    const bool expected = std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    RC_ASSERT((from(a).view() < from(b).view()) == expected);
  });
  rc::prop("hamming distance", [] {
    const auto [a, b] = two_strings();
    std::size_t expected = 0;
    for (std::size_t i = 0; i < a.size(); ++i) expected += a[i] != b[i];
    RC_ASSERT(hamming_distance(from(a), from(b)) == expected);
  });
  rc::prop("equal strings have equal hashes", [] {
    const auto a = two_strings().first;
    RC_ASSERT(BitstringHash{}(from(a)) == BitstringHash{}(from(a)));
  });
}

TEST_CASE("shorter strings come first and strings of different lengths are never equal") {
  CHECK(Bitstring(3).view() < Bitstring(4).view());
  CHECK_FALSE(Bitstring(4).view() < Bitstring::from_index(3, 7).view());
  CHECK_FALSE(Bitstring(3).view() == Bitstring(4).view());
  CHECK(BitstringHash{}(Bitstring(3)) != BitstringHash{}(Bitstring(4)));
}

TEST_CASE("bit i of the index is bit i of the string") {
  CHECK(Bitstring::from_index(5, 0b00110).to_text() == "01100");
  CHECK(Bitstring::from_index(64, 0x8000000000000001U).to_text() == "1" + std::string(62, '0') + "1");
  CHECK(Bitstring::from_index(0, 0).to_text().empty());
  rc::prop("index and from_index are inverse", [] {
    const auto bits = *rc::gen::inRange<std::size_t>(0, 65);
    const auto word = *rc::gen::arbitrary<std::uint64_t>();
    const std::uint64_t index = bits == 64 ? word : word & ((std::uint64_t{1} << bits) - 1);
    RC_ASSERT(Bitstring::from_index(bits, index).index() == index);
  });
}

TEST_CASE("indices and bits that do not exist are refused") {
  CHECK_THROWS_AS(Bitstring::from_index(3, 8), std::out_of_range);
  CHECK_THROWS_AS(Bitstring::from_index(0, 1), std::out_of_range);
  CHECK_THROWS_AS(Bitstring(65).index(), std::length_error);
  CHECK(Bitstring::from_index(65, ~std::uint64_t{0}).to_text() == std::string(64, '1') + "0");
  Bitstring string(3);
  CHECK_THROWS_AS(string.set(3, true), std::out_of_range);
  CHECK_THROWS_AS(string.set(64, true), std::out_of_range);
  CHECK(string.view() == Bitstring(3).view());
  CHECK_THROWS_AS(hamming_distance(Bitstring(3), Bitstring(100)), std::invalid_argument);
}

TEST_CASE("text with another character is refused with the character and its place") {
  const auto result = Bitstring::from_text("01x1");
  REQUIRE(result.has_error());
  CHECK(result.error().kind == ErrorKind::input);
  CHECK_THAT(result.error().message,
             Catch::Contains("\"01x1\"") && Catch::Contains("'x'") && Catch::Contains("position 2"));
  CHECK(Bitstring::from_text(" 01").has_error());
}

TEST_CASE("a list gives back its strings in order") {
  rc::prop("strings of one length", [] {
    const auto bits = *rc::gen::inRange<std::size_t>(0, 200);
    const auto strings = *rc::gen::container<std::vector<std::vector<bool>>>(
        rc::gen::container<std::vector<bool>>(bits, rc::gen::arbitrary<bool>()));
    BitstringList list(bits);
    list.reserve(strings.size());
    for (const auto& string : strings) list.push_back(from(string));
    RC_ASSERT(list.size() == strings.size());
    RC_ASSERT(list.empty() == strings.empty());
    RC_ASSERT(list.words().size() == strings.size() * words_for_bits(bits));
    for (std::size_t i = 0; i < strings.size(); ++i) RC_ASSERT(list[i] == from(strings[i]).view());
  });
}

TEST_CASE("a list refuses a string of another length") {
  BitstringList list(5);
  CHECK_THROWS_AS(list.push_back(Bitstring(6)), std::invalid_argument);
  CHECK(list.empty());
}

TEST_CASE("a copied view is a string of its own") {
  BitstringList list(70);
  list.push_back(Bitstring::from_index(70, 9));
  Bitstring copy(list[0]);
  copy.set(69, true);
  CHECK_FALSE(list[0][69]);
  CHECK(copy[69]);
}

TEST_CASE("hashes tell strings apart and serve hash sets that are asked with views") {
  std::set<std::size_t> hashes;
  for (std::uint64_t i = 0; i < 4096; ++i) hashes.insert(BitstringHash{}(Bitstring::from_index(12, i)));
  for (std::size_t bit = 0; bit < 256; ++bit) {
    Bitstring string(256);
    string.set(bit, true);
    hashes.insert(BitstringHash{}(string));
  }
  CHECK(hashes.size() == 4096 + 256);
  std::unordered_set<Bitstring, BitstringHash, BitstringEqual> set;
  set.insert(Bitstring::from_index(9, 300));
  const Bitstring same = Bitstring::from_index(9, 300);
  CHECK(set.contains(same.view()));
  CHECK_FALSE(set.contains(Bitstring::from_index(9, 301).view()));
}

TEST_CASE("a list takes over whole strings and refuses words that are none") {
  const bornite::BitstringList list(65, {7, 1, 9, 0});
  REQUIRE(list.size() == 2);
  CHECK(list[0].words()[1] == 1);
  CHECK(list[1].words()[0] == 9);
  CHECK(bornite::BitstringList(64, {~std::uint64_t{0}})[0][63]);
  CHECK(bornite::BitstringList(3, {}).empty());
  CHECK_THROWS_AS(bornite::BitstringList(65, {1, 1, 1}), std::invalid_argument);
  CHECK_THROWS_AS(bornite::BitstringList(65, {1, 2}), std::invalid_argument);
  CHECK_THROWS_AS(bornite::BitstringList(3, {1, 8}), std::invalid_argument);
  CHECK_THROWS_AS(bornite::BitstringList(0, {1}), std::invalid_argument);
}
