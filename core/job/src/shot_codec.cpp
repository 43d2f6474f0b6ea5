#include "bornite/job/shot_codec.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace bornite {
namespace {

// Layout: the four bytes of `magic`, the length of what follows as eight bytes, little end first, then compressed with
// zlib: bits, rows; for each row: shots, distinct strings, the strings in ascending order, their counts. A string of at
// most 64 bits is its difference to the one before, a longer one its ceil(bits/8) bytes, little end first. All numbers
// of the compressed part are unsigned LEB128. Journals of old have bytes for every string, under another magic.
constexpr std::string_view magic = "BSH2";
constexpr std::string_view magic_of_old = "BSH1";
constexpr std::size_t head_size = 12;
constexpr std::size_t word_bits = 64;

std::size_t bytes_for_bits(std::size_t bits) { return (bits + 7) / 8; }

class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>((value & 0x7f) | 0x80);
    bytes_ += static_cast<char>(value);
  }
  void string(BitstringView string) {
    std::size_t left = bytes_for_bits(string.size());
    for (const std::uint64_t word : string.words()) {
      std::array<char, 8> bytes{};
      for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>(word >> (8 * i));
      bytes_.append(bytes.data(), std::min(left, bytes.size()));
      left -= std::min(left, bytes.size());
    }
  }
  void row(const ShotRow& row) {
    number(row.shots());
    number(row.size());
    if (row.bits() <= word_bits) {
      std::uint64_t before = 0;
      for (const std::uint64_t word : row.strings().words()) number(word - std::exchange(before, word));
    } else {
      for (std::size_t i = 0; i < row.size(); ++i) string(row.strings()[i]);
    }
    for (const std::uint64_t count : row.counts()) number(count);
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what Writer wrote; past the end, or at nonsense, everything is zero and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const unsigned byte = next();
      if (shift == 63 && byte > 1) ok_ = false;
      value |= std::uint64_t{byte & 0x7f} << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  void string(std::size_t bits, std::vector<std::uint64_t>& words) {
    const std::size_t first = words.size();
    words.resize(first + words_for_bits(bits));
    for (std::size_t i = 0; i < bytes_for_bits(bits); ++i)
      words[first + i / 8] |= std::uint64_t{next()} << (8 * (i % 8));
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - place_; }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  unsigned next() {
    if (place_ == bytes_.size()) {
      ok_ = false;
      return 0;
    }
    return static_cast<unsigned char>(bytes_[place_++]);
  }

  std::string_view bytes_;
  std::size_t place_ = 0;
  bool ok_ = true;
};

constexpr int fastest = 1;

/// In zlib's format (RFC 1950).
std::string compressed(const std::string& plain) {
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(fastest), &libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  std::string packed(libdeflate_zlib_compress_bound(compressor.get(), plain.size()), '\0');
  packed.resize(libdeflate_zlib_compress(compressor.get(), plain.data(), plain.size(), packed.data(), packed.size()));
  return packed;
}

std::optional<std::string> uncompressed(std::string_view packed, std::uint64_t size) {
  if (size / 1100 > packed.size()) return {};  // more than zlib can pack; a damaged length must not take memory
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor(
      libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  if (!decompressor) throw std::bad_alloc();
  std::string plain(size, '\0');
  if (libdeflate_zlib_decompress(decompressor.get(), packed.data(), packed.size(), plain.data(), plain.size(),
                                 nullptr) != LIBDEFLATE_SUCCESS)
    return {};
  return plain;
}

Error damaged() {
  return {ErrorKind::input, "The stored outcomes of a job are damaged.",
          "Fetch them from the provider again, if it still has them."};
}

Result<ShotRow> read_row(Reader& reader, std::size_t bits, bool differences) {
  const std::uint64_t shots = reader.number();
  const std::uint64_t distinct = reader.number();
  if (distinct > reader.left()) return damaged();  // each count takes a byte at least
  std::vector<std::uint64_t> words;
  words.reserve(distinct * words_for_bits(bits));
  for (std::uint64_t i = 0; i < distinct && reader.ok(); ++i) {
    if (differences)
      words.push_back((i == 0 ? 0 : words.back()) + reader.number());
    else
      reader.string(bits, words);
  }
  std::vector<std::uint64_t> counts;
  counts.reserve(distinct);
  for (std::uint64_t i = 0; i < distinct; ++i) counts.push_back(reader.number());
  if (!reader.ok()) return damaged();
  try {
    return ShotRow::create(BitstringList(bits, std::move(words)), std::move(counts), shots);
  } catch (const std::invalid_argument&) {  // bits past the end of a string
    return damaged();
  }
}

}  // namespace

std::string encode_shots(const ShotTable& table) {
  Writer writer;
  writer.number(table.rows() == 0 ? 0 : table[0].bits());
  writer.number(table.rows());
  for (std::size_t r = 0; r < table.rows(); ++r) writer.row(table[r]);
  std::string bytes(magic);
  for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(writer.bytes().size() >> (8 * i));
  return bytes + compressed(writer.bytes());
}

Result<ShotTable> decode_shots(std::string_view bytes) {
  const bool old = bytes.starts_with(magic_of_old);
  if (bytes.size() < head_size || !(old || bytes.starts_with(magic))) return damaged();
  std::uint64_t size = 0;
  for (unsigned i = 0; i < 8; ++i)
    size |= std::uint64_t{static_cast<unsigned char>(bytes[magic.size() + i])} << (8 * i);
  const std::optional<std::string> plain = uncompressed(bytes.substr(head_size), size);
  if (!plain) return damaged();
  Reader reader(*plain);
  const std::uint64_t bits = reader.number();
  const std::uint64_t count = reader.number();
  if (!reader.ok() || count > reader.left()) return damaged();
  std::vector<ShotRow> rows;
  for (std::uint64_t r = 0; r < count; ++r) {
    BORNITE_TRY(ShotRow row, read_row(reader, bits, !old && bits <= word_bits));
    rows.push_back(std::move(row));
  }
  if (reader.left() != 0) return damaged();
  return ShotTable::create(std::move(rows));
}

}  // namespace bornite
