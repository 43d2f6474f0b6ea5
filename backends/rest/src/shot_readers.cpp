#include "bornite/rest/shot_readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "bornite/util/json_element.hpp"

namespace bornite {
namespace {

namespace dom = simdjson::dom;

/// A whole number of any size, little end first.
class BigNumber {
 public:
  explicit BigNumber(std::size_t bits) : bits_(bits), words_(words_for_bits(bits)) {}

  /// value * base + digit; false if it takes more than the bits there are.
  bool append(unsigned base, unsigned digit) {
    std::uint64_t carry = digit;
    for (std::uint64_t& word : words_) {
      const std::uint64_t low = (word & 0xffffffffU) * base + carry;
      const std::uint64_t high = (word >> 32) * base + (low >> 32);
      word = (high << 32) | (low & 0xffffffffU);
      carry = high >> 32;
    }
    const std::size_t used = bits_ % 64;
    return carry == 0 && (used == 0 || words_.back() >> used == 0);
  }

  [[nodiscard]] BitstringView view() const { return {bits_, words_.data()}; }

 private:
  std::size_t bits_;
  std::vector<std::uint64_t> words_;
};

constexpr unsigned not_hex = 0x80;

/// The value of each character as a hexadecimal digit, or not_hex.
constexpr std::array<std::uint8_t, 256> hex_value = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(not_hex);
  for (unsigned digit = 0; digit < 16; ++digit) {
    values[static_cast<unsigned char>("0123456789abcdef"[digit])] = static_cast<std::uint8_t>(digit);
    values[static_cast<unsigned char>("0123456789ABCDEF"[digit])] = static_cast<std::uint8_t>(digit);
  }
  return values;
}();

/// The digits as a bitstring; none if one is wrong, there is none, or the number takes more bits.
std::optional<Bitstring> parse_number(std::string_view digits, unsigned base, std::size_t bits) {
  if (digits.empty()) return {};
  BigNumber number(bits);
  for (const char c : digits) {
    const unsigned digit = hex_value[static_cast<unsigned char>(c)];
    if (digit >= base || !number.append(base, digit)) return {};
  }
  return Bitstring(number.view());
}

std::optional<Bitstring> parse_bits(std::string_view digits, std::size_t bits, BitOrder order) {
  std::string text(digits);
  if (order == BitOrder::first_right) std::ranges::reverse(text);
  auto string = Bitstring::from_text(text);
  if (!string || string->size() != bits) return {};
  return *std::move(string);
}

Error wrong_string(const JsonValue& place, std::string_view text, std::size_t bits) {
  return place.error(fmt::format("names the outcome '{}', which is not one of {} bits", text, bits));
}

/// The row, or where the outcomes stand that cannot be one.
Result<ShotRow> possible(const JsonValue& place, Result<ShotRow> row) {
  if (!row) return place.error(fmt::format("cannot be the outcomes: {}", row.error().message));
  return row;
}

/// The members of an object in the order of their names, whatever the order in which a service lists them: shots that
/// are drawn from them must not depend on it. A distribution may have a million, so no JsonValue for each.
Result<std::vector<dom::key_value_pair>> sorted_members(const JsonValue& object) {
  dom::object members;
  if (json_element(object).get(members) != simdjson::SUCCESS) return object.members().error();
  std::vector<dom::key_value_pair> sorted(members.begin(), members.end());
  std::ranges::sort(sorted, {}, &dom::key_value_pair::key);
  return sorted;
}

template <typename Parse>
Result<BitstringList> read_names(const JsonValue& object, std::span<const dom::key_value_pair> members,
                                 std::size_t bits, const Parse& parse) {
  BitstringList strings(bits);
  strings.reserve(members.size());
  for (const dom::key_value_pair& member : members) {
    const std::optional<Bitstring> string = parse(member.key);
    if (!string) return wrong_string(object, member.key, bits);
    strings.push_back(*string);
  }
  return strings;
}

template <typename Parse>
Result<ShotRow> read_named_probabilities(const JsonValue& probabilities, std::size_t bits, std::uint64_t shots,
                                         const std::optional<StreamKey>& stream, const Parse& parse) {
  BORNITE_TRY(const auto members, sorted_members(probabilities));
  BORNITE_TRY(BitstringList strings, read_names(probabilities, members, bits, parse));
  std::vector<double> numbers(members.size());
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members[i].value.get(numbers[i]) != simdjson::SUCCESS)
      return json_inside(probabilities, members[i]).number().error();
  auto counts = stream ? draw_counts(numbers, shots, *stream) : counts_from_probabilities(numbers, shots);
  if (!counts) return probabilities.error(fmt::format("cannot be a distribution: {}", counts.error().message));
  return possible(probabilities, ShotRow::create(std::move(strings), *std::move(counts), shots));
}

}  // namespace

Result<ShotRow> read_counts(const JsonValue& counts, std::size_t bits, std::uint64_t shots, BitOrder order) {
  BORNITE_TRY(const auto named, sorted_members(counts));
  BORNITE_TRY(BitstringList strings,
              read_names(counts, named, bits, [&](std::string_view text) { return parse_bits(text, bits, order); }));
  std::vector<std::uint64_t> numbers;
  for (const dom::key_value_pair& member : named) {
    BORNITE_TRY(const std::uint64_t count, json_inside(counts, member).count());
    numbers.push_back(count);
  }
  return possible(counts, ShotRow::create(std::move(strings), std::move(numbers), shots));
}

Result<ShotRow> read_probabilities(const JsonValue& probabilities, std::size_t bits, std::uint64_t shots,
                                   BitOrder order, const std::optional<StreamKey>& stream) {
  return read_named_probabilities(probabilities, bits, shots, stream,
                                  [&](std::string_view text) { return parse_bits(text, bits, order); });
}

Result<ShotRow> read_decimal_probabilities(const JsonValue& probabilities, std::size_t bits, std::uint64_t shots,
                                           const std::optional<StreamKey>& stream) {
  return read_named_probabilities(probabilities, bits, shots, stream,
                                  [&](std::string_view text) { return parse_number(text, 10, bits); });
}

namespace {

/// Appends the words of a number such as 0x1f; false if it is none of so many bits.
bool append_hex(std::string_view text, std::size_t bits, std::vector<std::uint64_t>& words) {
  if (!text.starts_with("0x") && !text.starts_with("0X")) return false;
  const std::string_view digits = text.substr(2);
  if (bits <= 64 && digits.size() <= 16) {  // by far the most: a step of a training has hundreds of thousands
    std::uint64_t word = 0;
    unsigned wrong = digits.empty() ? not_hex : 0;
    for (const char c : digits) {
      const unsigned value = hex_value[static_cast<unsigned char>(c)];
      word = word << 4 | (value & 0xf);
      wrong |= value & not_hex;
    }
    if (wrong != 0 || (bits < 64 && word >> bits != 0)) return false;
    words.push_back(word);
    return true;
  }
  const auto string = parse_number(digits, 16, bits);
  if (string) words.insert(words.end(), string->view().words().begin(), string->view().words().end());
  return string.has_value();
}

}  // namespace

Result<ShotRow> read_hex_samples(const JsonValue& samples, std::size_t bits, std::uint64_t shots) {
  dom::array list;
  if (json_element(samples).get(list) != simdjson::SUCCESS) return samples.elements().error();
  std::vector<std::uint64_t> words;
  words.reserve(list.size() * words_for_bits(bits));
  std::size_t sample = 0;
  for (const dom::element element : list) {
    std::string_view text;
    if (element.get(text) != simdjson::SUCCESS) return samples.elements().value()[sample].text().error();
    if (!append_hex(text, bits, words)) return wrong_string(samples.elements().value()[sample], text, bits);
    ++sample;
  }
  return possible(samples, ShotRow::create(BitstringList(bits, std::move(words)), shots));
}

namespace {

/// The bit of an outcome that each column holds.
std::vector<std::size_t> inverse_of(std::span<const std::size_t> columns) {
  std::vector<std::size_t> bits(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) bits.at(columns[i]) = i;
  return bits;
}

/// False if it is no list of as many zeros and ones.
bool read_bits(const dom::element& row, std::span<const std::size_t> bits, Bitstring& string) {
  dom::array list;
  if (row.get(list) != simdjson::SUCCESS || list.size() != bits.size()) return false;
  std::size_t column = 0;
  for (const dom::element element : list) {
    double bit = 2;  // also where whole numbers are written with a point
    if (element.get(bit) != simdjson::SUCCESS || (bit != 0 && bit != 1)) return false;
    string.set(bits[column++], bit == 1);
  }
  return true;
}

/// What is wrong with a row that read_bits() refuses.
Error wrong_bits(const JsonValue& row, std::span<const std::size_t> columns) {
  const auto bits = row.elements();
  if (!bits) return bits.error();
  if (bits->size() != columns.size())
    return row.error(fmt::format("has {} bits, {} were expected", bits->size(), columns.size()));
  for (const std::size_t column : columns) {
    const auto bit = (*bits)[column].count();
    if (!bit) return bit.error();
    if (*bit > 1) return (*bits)[column].error("is not a bit");
  }
  return row.error("is no list of bits");
}

}  // namespace

Result<ShotRow> read_bit_lists(const JsonValue& measurements, std::span<const std::size_t> columns,
                               std::uint64_t shots) {
  dom::array rows;
  if (json_element(measurements).get(rows) != simdjson::SUCCESS) return measurements.elements().error();
  BitstringList strings(columns.size());
  strings.reserve(rows.size());
  Bitstring string(columns.size());
  const std::vector<std::size_t> bits = inverse_of(columns);
  for (const dom::element row : rows) {
    if (!read_bits(row, bits, string)) return wrong_bits(measurements.elements().value()[strings.size()], columns);
    strings.push_back(string);
  }
  return possible(measurements, ShotRow::create(std::move(strings), shots));
}

}  // namespace bornite
