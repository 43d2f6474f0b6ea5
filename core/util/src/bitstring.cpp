#include "bornite/util/bitstring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

namespace bornite {

std::uint64_t BitstringView::index() const {
  if (bits_ > 64) throw std::length_error(fmt::format("a string of {} bits has no 64-bit index", bits_));
  return words_[0];
}

std::string BitstringView::to_text() const {
  std::string text(bits_, '0');
  for (std::size_t i = 0; i < bits_; ++i) text[i] = (*this)[i] ? '1' : '0';
  return text;
}

bool operator==(BitstringView a, BitstringView b) {
  return a.bits_ == b.bits_ && std::ranges::equal(a.words(), b.words());
}

bool operator<(BitstringView a, BitstringView b) {
  if (a.bits_ != b.bits_) return a.bits_ < b.bits_;
  const auto x = a.words();
  const auto y = b.words();
  return std::lexicographical_compare(x.rbegin(), x.rend(), y.rbegin(), y.rend());
}

std::size_t hamming_distance(BitstringView a, BitstringView b) {
  if (a.size() != b.size())
    throw std::invalid_argument(fmt::format("strings of {} and {} bits have no distance", a.size(), b.size()));
  const auto x = a.words();
  const auto y = b.words();
  std::size_t distance = 0;
  for (std::size_t w = 0; w < x.size(); ++w) distance += static_cast<std::size_t>(std::popcount(x[w] ^ y[w]));
  return distance;
}

Bitstring::Bitstring(BitstringView view) : bits_(view.size()), words_(view.words().begin(), view.words().end()) {}

Bitstring Bitstring::from_index(std::size_t bits, std::uint64_t index) {
  if (bits < 64 && (index >> bits) != 0)
    throw std::out_of_range(fmt::format("index {} needs more than {} bits", index, bits));
  Bitstring string(bits);
  string.words_[0] = index;
  return string;
}

Result<Bitstring> Bitstring::from_text(std::string_view text) {
  Bitstring string(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '0' && text[i] != '1')
      return Error{ErrorKind::input,
                   fmt::format("The bitstring \"{}\" has the character '{}' at position {}.", text, text[i], i),
                   "Write one 0 or 1 per qubit, qubit 0 first."};
    string.set(i, text[i] == '1');
  }
  return string;
}

void Bitstring::set(std::size_t bit, bool value) {
  if (bit >= bits_) throw std::out_of_range(fmt::format("bit {} of a string of {} bits", bit, bits_));
  const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
  std::uint64_t& word = words_[bit / 64];
  word = value ? (word | mask) : (word & ~mask);
}

BitstringList::BitstringList(std::size_t bits, std::vector<std::uint64_t> words)
    : bits_(bits), words_(std::move(words)) {
  const std::size_t stride = words_for_bits(bits);
  if (words_.size() % stride != 0)
    throw std::invalid_argument(fmt::format("{} words for strings of {} bits", words_.size(), bits));
  if (bits != 0 && bits % 64 == 0) return;
  for (std::size_t i = stride - 1; i < words_.size(); i += stride)
    if (words_[i] >> (bits % 64) != 0)
      throw std::invalid_argument(fmt::format("string {} of {} bits has bits past its end", i / stride, bits));
}

void BitstringList::push_back(BitstringView string) {
  if (string.size() != bits_)
    throw std::invalid_argument(fmt::format("a string of {} bits in a list of {}-bit strings", string.size(), bits_));
  words_.insert(words_.end(), string.words().begin(), string.words().end());
}

std::size_t BitstringHash::operator()(BitstringView string) const {
  std::uint64_t hash = 0x9e3779b97f4a7c15U ^ string.size();
  for (const std::uint64_t word : string.words()) {  // the finaliser of splitmix64, word by word
    hash ^= word;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebU;
    hash ^= hash >> 31;
  }
  return static_cast<std::size_t>(hash);
}

}  // namespace bornite
