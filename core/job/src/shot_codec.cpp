#include "bornite/job/shot_codec.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <vector>

namespace bornite {
namespace {

// Layout: the four bytes of `magic`, the length of what follows as eight bytes, little end first, then compressed with
// zlib: bits, rows; for each row: shots, distinct strings, their bytes (ceil(bits/8) each, little end first), their
// counts. All numbers of the compressed part are unsigned LEB128.
constexpr std::string_view magic = "BSH1";
constexpr std::size_t head_size = 12;

std::size_t bytes_for_bits(std::size_t bits) { return (bits + 7) / 8; }

class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>((value & 0x7f) | 0x80);
    bytes_ += static_cast<char>(value);
  }
  void string(BitstringView string) {
    const std::size_t size = bytes_for_bits(string.size());
    for (std::size_t i = 0; i < size; ++i) bytes_ += static_cast<char>(string.words()[i / 8] >> (8 * (i % 8)));
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

std::string compressed(const std::string& plain) {
  uLongf size = compressBound(plain.size());
  std::string packed(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
                plain.size(), Z_BEST_SPEED) != Z_OK)
    throw std::runtime_error("zlib could not compress shots");
  packed.resize(size);
  return packed;
}

std::optional<std::string> uncompressed(std::string_view packed, std::uint64_t size) {
  if (size / 1100 > packed.size()) return {};  // more than zlib can pack; a damaged length must not take memory
  std::string plain(size, '\0');
  uLongf written = size;
  if (uncompress(reinterpret_cast<Bytef*>(plain.data()), &written, reinterpret_cast<const Bytef*>(packed.data()),
                 packed.size()) != Z_OK ||
      written != size)
    return {};
  return plain;
}

Error damaged() {
  return {ErrorKind::input, "The stored outcomes of a job are damaged.",
          "Fetch them from the provider again, if it still has them."};
}

Result<ShotRow> read_row(Reader& reader, std::size_t bits) {
  const std::uint64_t shots = reader.number();
  const std::uint64_t distinct = reader.number();
  if (distinct > reader.left()) return damaged();  // each count takes a byte at least
  std::vector<std::uint64_t> words;
  words.reserve(distinct * words_for_bits(bits));
  for (std::uint64_t i = 0; i < distinct && reader.ok(); ++i) reader.string(bits, words);
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
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const ShotRow& row = table[r];
    writer.number(row.shots());
    writer.number(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) writer.string(row.strings()[i]);
    for (const std::uint64_t count : row.counts()) writer.number(count);
  }
  std::string bytes(magic);
  for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(writer.bytes().size() >> (8 * i));
  return bytes + compressed(writer.bytes());
}

Result<ShotTable> decode_shots(std::string_view bytes) {
  if (bytes.size() < head_size || bytes.substr(0, magic.size()) != magic) return damaged();
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
    BORNITE_TRY(ShotRow row, read_row(reader, bits));
    rows.push_back(std::move(row));
  }
  if (reader.left() != 0) return damaged();
  return ShotTable::create(std::move(rows));
}

}  // namespace bornite
