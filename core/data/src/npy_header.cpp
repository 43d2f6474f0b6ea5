#include "npy_header.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace bornite {
namespace {

/// Reads the few Python literals that NumPy writes. Every function returns nothing where the text is another.
class LiteralReader {
 public:
  explicit LiteralReader(std::string_view text) : text_(text) {}

  bool accept(std::string_view token) {
    skip_blanks();
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    return true;
  }

  std::optional<std::string_view> string() {
    skip_blanks();
    if (text_.empty() || (text_[0] != '\'' && text_[0] != '"')) return std::nullopt;
    const std::size_t end = text_.find(text_[0], 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view value = text_.substr(1, end - 1);
    text_.remove_prefix(end + 1);
    return value;
  }

  std::optional<bool> boolean() {
    if (accept("True")) return true;
    if (accept("False")) return false;
    return std::nullopt;
  }

  std::optional<std::vector<std::size_t>> tuple() {
    if (!accept("(")) return std::nullopt;
    std::vector<std::size_t> values;
    while (!accept(")")) {
      skip_blanks();
      std::size_t value = 0;
      const auto [end, problem] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
      if (problem != std::errc{}) return std::nullopt;
      text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
      accept("L");  // Python 2 wrote long integers so
      values.push_back(value);
      if (accept(")")) break;
      if (!accept(",")) return std::nullopt;
    }
    return values;
  }

  bool only_blanks_left() {
    skip_blanks();
    return text_.empty();
  }

 private:
  void skip_blanks() {
    while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\n')) text_.remove_prefix(1);
  }

  std::string_view text_;
};

struct Dictionary {
  std::optional<std::string_view> element;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::size_t>> shape;
};

Error bad_header(const std::string& name, std::string_view text) {
  constexpr std::size_t longest = 100;
  std::string shown(text.substr(0, longest));
  for (char& c : shown)
    if (c < ' ' || c > '~') c = '?';
  return {ErrorKind::input, fmt::format("{} has an NPY header that cannot be read: {}", name, shown),
          "Save the array again with numpy.save."};
}

Result<Dictionary> parse_dictionary(std::string_view text, const std::string& name) {
  LiteralReader reader(text);
  Dictionary dictionary;
  if (!reader.accept("{")) return bad_header(name, text);
  while (!reader.accept("}")) {
    const auto key = reader.string();
    if (!key || !reader.accept(":")) return bad_header(name, text);
    if (*key == "descr" && reader.accept("["))
      return Error{ErrorKind::unsupported, fmt::format("{} holds records with named fields.", name),
                   "Save a plain array of numbers."};
    if (*key == "descr") dictionary.element = reader.string();
    if (*key == "fortran_order") dictionary.fortran_order = reader.boolean();
    if (*key == "shape") dictionary.shape = reader.tuple();
    if (reader.accept(",")) continue;
    if (!reader.accept("}")) return bad_header(name, text);
    break;
  }
  if (!dictionary.element || !dictionary.fortran_order || !dictionary.shape || !reader.only_blanks_left())
    return bad_header(name, text);
  return dictionary;
}

std::optional<ElementType::Kind> element_kind(char letter, std::size_t bytes) {
  using Kind = ElementType::Kind;
  if (letter == 'b' && bytes == 1) return Kind::unsigned_integer;
  if (letter == 'f' && (bytes == 4 || bytes == 8)) return Kind::floating;
  const bool integer_size = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
  if (letter == 'i' && integer_size) return Kind::signed_integer;
  if (letter == 'u' && integer_size) return Kind::unsigned_integer;
  return std::nullopt;
}

Result<ElementType> parse_element(std::string_view text, const std::string& name) {
  if (text.find('O') != std::string_view::npos)
    return Error{ErrorKind::unsupported, fmt::format("{} holds Python objects instead of numbers.", name),
                 "Save the array as numbers, for example with astype(float)."};
  if (text.size() == 3 && std::string_view("<>|").find(text[0]) != std::string_view::npos) {
    const auto bytes = static_cast<std::size_t>(text[2] - '0');
    const auto kind = element_kind(text[1], bytes);
    if (kind && (bytes == 1 || text[0] != '|')) return ElementType{*kind, bytes, text[0] == '>'};
  }
  return Error{ErrorKind::unsupported, fmt::format("{} holds elements of the type \"{}\".", name, text),
               "Save the array as f4, f8, i1 to i8, u1 to u8 or b1, for example with astype(float)."};
}

}  // namespace

Result<NpyHeader> parse_npy_header(std::string_view file, const std::string& name) {
  constexpr std::string_view magic = "\x93NUMPY";
  if (!file.starts_with(magic))
    return Error{ErrorKind::input, fmt::format("{} is not an NPY file.", name),
                 file.starts_with("PK") ? "It looks like an NPZ archive: save each array with numpy.save."
                                        : "Save the array with numpy.save."};
  const unsigned version = file.size() > 6 ? static_cast<unsigned char>(file[6]) : 0;
  if (version < 1 || version > 3)
    return Error{ErrorKind::unsupported, fmt::format("{} has the NPY version {}.", name, version),
                 "Versions 1, 2 and 3 can be read."};
  const std::size_t length_bytes = version == 1 ? 2 : 4;
  const std::size_t text_offset = 8 + length_bytes;
  std::size_t length = 0;
  if (file.size() >= text_offset)
    for (std::size_t i = length_bytes; i-- > 0;) length = length << 8 | static_cast<unsigned char>(file[8 + i]);
  if (file.size() < text_offset || file.size() - text_offset < length)
    return Error{ErrorKind::input, fmt::format("{} is truncated: its header is incomplete.", name),
                 "Copy the file again."};
  BORNITE_TRY(Dictionary dictionary, parse_dictionary(file.substr(text_offset, length), name));
  BORNITE_TRY(const ElementType type, parse_element(*dictionary.element, name));
  return NpyHeader{type, *dictionary.fortran_order, *std::move(dictionary.shape), text_offset + length};
}

}  // namespace bornite
