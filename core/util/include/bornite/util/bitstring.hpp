#pragma once
// Measured bitstrings of any length, packed in 64-bit words. Bit i is qubit i; text prints qubit 0 first.

#include "bornite/util/error.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// Words that a string of so many bits takes; at least one.
[[nodiscard]] constexpr std::size_t words_for_bits(std::size_t bits) { return bits == 0 ? 1 : (bits + 63) / 64; }

/// A bitstring that somebody else owns. Bits past size() in the last word are zero.
class BitstringView {
 public:
  BitstringView(std::size_t bits, const std::uint64_t* words) : bits_(bits), words_(words) {}

  [[nodiscard]] std::size_t size() const { return bits_; }
  [[nodiscard]] bool operator[](std::size_t bit) const { return (words_[bit / 64] >> (bit % 64)) & 1U; }
  [[nodiscard]] std::span<const std::uint64_t> words() const { return {words_, words_for_bits(bits_)}; }

  /// The string as the number whose bit i is bit i of the string. Needs size() <= 64; throws std::length_error.
  [[nodiscard]] std::uint64_t index() const;

  /// One character '0' or '1' per bit, bit 0 first.
  [[nodiscard]] std::string to_text() const;

  friend bool operator==(BitstringView a, BitstringView b);
  /// Orders by length, then as numbers.
  friend bool operator<(BitstringView a, BitstringView b);

 private:
  std::size_t bits_;
  const std::uint64_t* words_;
};

/// Number of places where two strings of one length differ. Throws std::invalid_argument if the lengths differ.
[[nodiscard]] std::size_t hamming_distance(BitstringView a, BitstringView b);

/// A bitstring that owns its words.
class Bitstring {
 public:
  Bitstring() : Bitstring(0) {}
  /// All zeros.
  explicit Bitstring(std::size_t bits) : bits_(bits), words_(words_for_bits(bits)) {}
  explicit Bitstring(BitstringView view);

  /// Bit i of the string is bit i of `index`. Throws std::out_of_range if the index has higher bits set.
  static Bitstring from_index(std::size_t bits, std::uint64_t index);
  /// Reads what to_text() prints; refuses other characters.
  static Result<Bitstring> from_text(std::string_view text);

  [[nodiscard]] operator BitstringView() const { return {bits_, words_.data()}; }
  [[nodiscard]] BitstringView view() const { return *this; }
  [[nodiscard]] std::size_t size() const { return bits_; }
  [[nodiscard]] bool operator[](std::size_t bit) const { return view()[bit]; }
  [[nodiscard]] std::uint64_t index() const { return view().index(); }
  [[nodiscard]] std::string to_text() const { return view().to_text(); }
  /// Throws std::out_of_range if there is no such bit.
  void set(std::size_t bit, bool value);

 private:
  std::size_t bits_;
  std::vector<std::uint64_t> words_;
};

/// Many bitstrings of one length in one block of memory.
class BitstringList {
 public:
  explicit BitstringList(std::size_t bits = 0) : bits_(bits) {}
  /// Takes over words_for_bits(bits) words per string, string after string. Throws std::invalid_argument if they are no
  /// whole number of strings or have bits set past the end of one.
  BitstringList(std::size_t bits, std::vector<std::uint64_t> words);

  [[nodiscard]] std::size_t bits() const { return bits_; }
  [[nodiscard]] std::size_t size() const { return words_.size() / words_for_bits(bits_); }
  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] BitstringView operator[](std::size_t i) const {
    return {bits_, words_.data() + i * words_for_bits(bits_)};
  }
  /// size() * words_for_bits(bits()) words, string after string.
  [[nodiscard]] std::span<const std::uint64_t> words() const { return words_; }
  void reserve(std::size_t strings) { words_.reserve(strings * words_for_bits(bits_)); }
  /// Throws std::invalid_argument if the length differs. The string must not be one of this list.
  void push_back(BitstringView string);

 private:
  std::size_t bits_;
  std::vector<std::uint64_t> words_;
};

/// For hash maps keyed by strings; mixes every word.
struct BitstringHash {
  using is_transparent = void;
  [[nodiscard]] std::size_t operator()(BitstringView string) const;
};
struct BitstringEqual {
  using is_transparent = void;
  [[nodiscard]] bool operator()(BitstringView a, BitstringView b) const { return a == b; }
};

}  // namespace bornite
