#include "bornite/data/idx.hpp"

#include "bornite/data/check.hpp"
#include "bornite/util/file.hpp"
#include "element_type.hpp"
#include "gzip.hpp"
#include "idx_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <utility>

namespace bornite {
namespace {

constexpr std::string_view expected_hint = "Give an IDX file, plain or gzip, such as MNIST's train-images-idx3-ubyte.";

struct IdxHeader {
  ElementType type;
  std::vector<std::size_t> shape;
  std::size_t header_bytes;
  std::size_t data_bytes;
};

struct IdxArray {
  std::vector<std::size_t> shape;
  std::vector<double> values;
};

unsigned byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

std::optional<ElementType> element_type(unsigned code) {
  using Kind = ElementType::Kind;
  switch (code) {
    case 0x08: return ElementType{Kind::unsigned_integer, 1, true};
    case 0x09: return ElementType{Kind::signed_integer, 1, true};
    case 0x0B: return ElementType{Kind::signed_integer, 2, true};
    case 0x0C: return ElementType{Kind::signed_integer, 4, true};
    case 0x0D: return ElementType{Kind::floating, 4, true};
    case 0x0E: return ElementType{Kind::floating, 8, true};
    default: return std::nullopt;
  }
}

std::size_t read_dimension(std::string_view bytes, std::size_t offset) {
  return static_cast<std::size_t>(byte_at(bytes, offset)) << 24 | byte_at(bytes, offset + 1) << 16 |
         byte_at(bytes, offset + 2) << 8 | byte_at(bytes, offset + 3);
}

// The first four bytes: two zeros, the element type and the number of dimensions.
constexpr std::size_t magic_bytes = 4;

Result<std::size_t> header_bytes(std::string_view bytes, const std::string& name) {
  if (bytes.size() < magic_bytes)
    return Error{ErrorKind::input, fmt::format("{} is too short for an IDX file.", name), std::string(expected_hint)};
  if (bytes[0] != 0 || bytes[1] != 0 || !element_type(byte_at(bytes, 2)) || bytes[3] == 0)
    return Error{ErrorKind::input,
                 fmt::format("{} is not an IDX file: it starts with the bytes {:02x} {:02x} {:02x} {:02x}.", name,
                             byte_at(bytes, 0), byte_at(bytes, 1), byte_at(bytes, 2), byte_at(bytes, 3)),
                 std::string(expected_hint)};
  return magic_bytes + 4 * byte_at(bytes, 3);
}

Result<IdxHeader> parse_header(std::string_view bytes, const std::string& name) {
  BORNITE_TRY(const std::size_t size, header_bytes(bytes, name));
  if (bytes.size() < size)
    return Error{ErrorKind::input, fmt::format("{} is truncated: its header is incomplete.", name),
                 "Fetch the file again."};
  IdxHeader header{*element_type(byte_at(bytes, 2)), {}, size, 0};
  for (std::size_t offset = magic_bytes; offset < size; offset += 4)
    header.shape.push_back(read_dimension(bytes, offset));
  const auto data = shape_bytes(header.shape, header.type.bytes);
  if (!data || *data > bytes.max_size() - size)
    return Error{ErrorKind::input,
                 fmt::format("{} announces the impossible shape {}.", name, fmt::join(header.shape, " x ")),
                 "Fetch the file again."};
  if (*data == 0)
    return Error{ErrorKind::input, fmt::format("{} is empty: its shape is {}.", name, fmt::join(header.shape, " x ")),
                 "Give a file with examples."};
  header.data_bytes = *data;
  return header;
}

Result<IdxArray> decode(std::string_view bytes, const std::string& name) {
  BORNITE_TRY(IdxHeader header, parse_header(bytes, name));
  const std::string_view data = bytes.substr(header.header_bytes);
  if (data.size() < header.data_bytes)
    return Error{ErrorKind::input,
                 fmt::format("{} is truncated: its shape {} needs {} bytes of data and there are {}.", name,
                             fmt::join(header.shape, " x "), header.data_bytes, data.size()),
                 "Fetch the file again."};
  if (data.size() > header.data_bytes)
    return Error{ErrorKind::input,
                 fmt::format("{} goes on after its {} bytes of data (shape {}).", name, header.data_bytes,
                             fmt::join(header.shape, " x ")),
                 "Fetch the file again."};
  std::vector<double> values = decode_elements(data, header.type);
  return IdxArray{std::move(header.shape), std::move(values)};
}

Result<IdxArray> read_array(const IdxSource& source) {
  if (!is_gzip(source.bytes)) return decode(source.bytes, source.name);
  GzipReader reader(source.bytes, source.name);
  std::string unpacked;
  BORNITE_CHECK(reader.read_until(unpacked, magic_bytes));
  BORNITE_TRY(const std::size_t header_size, header_bytes(unpacked, source.name));
  BORNITE_CHECK(reader.read_until(unpacked, header_size));
  BORNITE_TRY(const IdxHeader header, parse_header(unpacked, source.name));
  // One byte more than announced tells a longer file, and is as far as a hostile one is unpacked.
  BORNITE_CHECK(reader.read_until(unpacked, header.header_bytes + header.data_bytes + 1));
  return decode(unpacked, source.name);
}

}  // namespace

Result<Dataset> read_idx(const IdxSource& images, const IdxSource& labels) {
  BORNITE_TRY(IdxArray inputs, read_array(images));
  BORNITE_TRY(IdxArray targets, read_array(labels));
  if (targets.shape.size() != 1)
    return Error{
        ErrorKind::input,
        fmt::format("{} has the shape {}; labels have one dimension.", labels.name, fmt::join(targets.shape, " x ")),
        "Give the file of the labels, such as MNIST's train-labels-idx1-ubyte."};
  if (targets.shape[0] != inputs.shape[0])
    return Error{ErrorKind::input,
                 fmt::format("{} has {} images but {} has {} labels.", images.name, inputs.shape[0], labels.name,
                             targets.shape[0]),
                 "Give the two files of the same part of the data."};
  Dataset data{.features = inputs.values.size() / inputs.shape[0],
               .inputs = std::move(inputs.values),
               .targets = std::move(targets.values)};
  if (inputs.shape.size() == 3) {
    data.height = inputs.shape[1];
    data.width = inputs.shape[2];
  }
  BORNITE_CHECK(check_finite(data, images.name, labels.name));
  return data;
}

Result<Dataset> load_idx(const std::filesystem::path& images, const std::filesystem::path& labels) {
  BORNITE_TRY(const std::string image_bytes, read_file(images));
  BORNITE_TRY(const std::string label_bytes, read_file(labels));
  return read_idx({images.string(), image_bytes}, {labels.string(), label_bytes});
}

}  // namespace bornite
