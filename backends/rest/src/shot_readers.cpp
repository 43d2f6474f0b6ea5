#include "bornite/rest/shot_readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace bornite {
namespace {

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

std::optional<unsigned> digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return {};
}

/// The digits as a bitstring; none if one is wrong, there is none, or the number takes more bits.
std::optional<Bitstring> parse_number(std::string_view digits, unsigned base, std::size_t bits) {
  if (digits.empty()) return {};
  BigNumber number(bits);
  for (const char c : digits) {
    const auto digit = digit_value(c);
    if (!digit || *digit >= base || !number.append(base, *digit)) return {};
  }
  return Bitstring(number.view());
}

std::optional<Bitstring> parse_bits(std::string text, std::size_t bits, BitOrder order) {
  if (order == BitOrder::first_right) std::ranges::reverse(text);
  auto string = Bitstring::from_text(text);
  if (!string || string->size() != bits) return {};
  return *std::move(string);
}

Error wrong_string(const JsonValue& place, std::string_view text, std::size_t bits) {
  return place.error(fmt::format("names the outcome '{}', which is not one of {} bits", text, bits));
}

Result<ShotRow> make_row(const JsonValue& place, BitstringList strings, std::vector<std::uint64_t> counts,
                         std::uint64_t shots) {
  auto row = ShotRow::create(std::move(strings), std::move(counts), shots);
  if (!row) return place.error(fmt::format("cannot be the outcomes: {}", row.error().message));
  return row;
}

/// The strings that name the members of an object. A distribution may have a million, so no JsonValue for each.
template <typename Parse>
Result<BitstringList> read_names(const JsonValue& object, std::size_t bits, const Parse& parse) {
  if (!object.is_object()) return object.members().error();
  BitstringList strings(bits);
  strings.reserve(object.value().size());
  for (const auto& [text, value] : object.value().items()) {
    const std::optional<Bitstring> string = parse(text);
    if (!string) return wrong_string(object, text, bits);
    strings.push_back(*string);
  }
  return strings;
}

template <typename Parse>
Result<ShotRow> read_named_probabilities(const JsonValue& probabilities, std::size_t bits, std::uint64_t shots,
                                         const std::optional<StreamKey>& stream, const Parse& parse) {
  BORNITE_TRY(BitstringList strings, read_names(probabilities, bits, parse));
  std::vector<double> numbers;
  numbers.reserve(strings.size());
  for (const auto& [text, value] : probabilities.value().items()) {
    if (!value.is_number()) return probabilities[text].value().number().error();
    numbers.push_back(value.template get<double>());
  }
  auto counts = stream ? draw_counts(numbers, shots, *stream) : counts_from_probabilities(numbers, shots);
  if (!counts) return probabilities.error(fmt::format("cannot be a distribution: {}", counts.error().message));
  return make_row(probabilities, std::move(strings), *std::move(counts), shots);
}

}  // namespace

Result<ShotRow> read_counts(const JsonValue& counts, std::size_t bits, std::uint64_t shots, BitOrder order) {
  BORNITE_TRY(BitstringList strings,
              read_names(counts, bits, [&](const std::string& text) { return parse_bits(text, bits, order); }));
  BORNITE_TRY(const auto members, counts.members());
  std::vector<std::uint64_t> numbers;
  for (const auto& [text, value] : members) {
    BORNITE_TRY(const std::uint64_t count, value.count());
    numbers.push_back(count);
  }
  return make_row(counts, std::move(strings), std::move(numbers), shots);
}

Result<ShotRow> read_probabilities(const JsonValue& probabilities, std::size_t bits, std::uint64_t shots,
                                   BitOrder order, const std::optional<StreamKey>& stream) {
  return read_named_probabilities(probabilities, bits, shots, stream,
                                  [&](const std::string& text) { return parse_bits(text, bits, order); });
}

Result<ShotRow> read_decimal_probabilities(const JsonValue& probabilities, std::size_t bits, std::uint64_t shots,
                                           const std::optional<StreamKey>& stream) {
  return read_named_probabilities(probabilities, bits, shots, stream,
                                  [&](const std::string& text) { return parse_number(text, 10, bits); });
}

namespace {

/// Appends the words of a number such as 0x1f; false if it is none of so many bits.
bool append_hex(std::string_view text, std::size_t bits, std::vector<std::uint64_t>& words) {
  if (!text.starts_with("0x") && !text.starts_with("0X")) return false;
  const std::string_view digits = text.substr(2);
  if (bits <= 64) {  // by far the most: a step of a training has hundreds of thousands
    std::uint64_t word = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), word, 16);
    if (code != std::errc() || end != digits.data() + digits.size()) return false;
    if (bits < 64 && word >> bits != 0) return false;
    words.push_back(word);
    return true;
  }
  const auto string = parse_number(digits, 16, bits);
  if (string) words.insert(words.end(), string->view().words().begin(), string->view().words().end());
  return string.has_value();
}

}  // namespace

Result<ShotRow> read_hex_samples(const JsonValue& samples, std::size_t bits, std::uint64_t shots) {
  if (!samples.is_array()) return samples.elements().error();
  std::vector<std::uint64_t> words;
  words.reserve(samples.value().size() * words_for_bits(bits));
  for (std::size_t i = 0; i < samples.value().size(); ++i) {
    const nlohmann::json& element = samples.value()[i];
    if (!element.is_string()) return samples.elements().value()[i].text().error();
    const std::string& text = element.get_ref<const std::string&>();
    if (!append_hex(text, bits, words)) return wrong_string(samples.elements().value()[i], text, bits);
  }
  BitstringList strings(bits, std::move(words));
  std::vector<std::uint64_t> ones(strings.size(), 1);
  return make_row(samples, std::move(strings), std::move(ones), shots);
}

Result<ShotRow> read_bit_lists(const JsonValue& measurements, std::span<const std::size_t> columns,
                               std::uint64_t shots) {
  BORNITE_TRY(const auto rows, measurements.elements());
  BitstringList strings(columns.size());
  strings.reserve(rows.size());
  for (const JsonValue& row : rows) {
    BORNITE_TRY(const auto bits, row.elements());
    if (bits.size() != columns.size())
      return row.error(fmt::format("has {} bits, {} were expected", bits.size(), columns.size()));
    Bitstring string(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      BORNITE_TRY(const std::uint64_t bit, bits.at(columns[i]).count());
      if (bit > 1) return bits[columns[i]].error("is not a bit");
      string.set(i, bit == 1);
    }
    strings.push_back(string);
  }
  std::vector<std::uint64_t> ones(strings.size(), 1);
  return make_row(measurements, std::move(strings), std::move(ones), shots);
}

}  // namespace bornite
