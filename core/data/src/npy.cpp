#include "bornite/data/npy.hpp"

#include "bornite/data/check.hpp"
#include "bornite/util/file.hpp"
#include "npy_header.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace bornite {
namespace {

struct NpyArray {
  std::vector<std::size_t> shape;
  std::vector<double> values;  // row-major
};

// In Fortran order the first index runs fastest; seen with the dimensions reversed, that is a transposition.
std::vector<double> row_major(const std::vector<double>& values, const std::vector<std::size_t>& shape) {
  std::vector<double> ordered(values.size());
  std::vector<std::size_t> index(shape.size(), 0);
  for (double& target : ordered) {
    std::size_t offset = 0;
    for (std::size_t d = shape.size(); d-- > 0;) offset = offset * shape[d] + index[d];
    target = values[offset];
    for (std::size_t d = shape.size(); d-- > 0;) {
      if (++index[d] < shape[d]) break;
      index[d] = 0;
    }
  }
  return ordered;
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

Result<NpyArray> read_array(const std::string& name) {
  BORNITE_TRY(const std::string file, read_file(name));
  BORNITE_TRY(NpyHeader header, parse_npy_header(file, name));
  const auto needed = shape_bytes(header.shape, header.type.bytes);
  const std::string_view data = std::string_view(file).substr(header.data_offset);
  if (!needed || *needed != data.size())
    return Error{
        ErrorKind::input,
        fmt::format("{} {}: its shape {} needs {} bytes of data and there are {}.", name,
                    needed && *needed < data.size() ? "goes on after its data" : "is truncated",
                    shape_text(header.shape), needed ? std::to_string(*needed) : "impossibly many", data.size()),
        "Copy or save the file again."};
  if (*needed == 0)
    return Error{ErrorKind::input, fmt::format("{} is empty: its shape is {}.", name, shape_text(header.shape)),
                 "Give a file with examples."};
  std::vector<double> values = decode_elements(data, header.type);
  if (header.fortran_order && header.shape.size() > 1) values = row_major(values, header.shape);
  return NpyArray{std::move(header.shape), std::move(values)};
}

Error wrong_shape(const std::string& name, const NpyArray& array, std::string_view expected) {
  return {ErrorKind::input, fmt::format("{} has the shape {}.", name, shape_text(array.shape)), std::string(expected)};
}

}  // namespace

Result<Dataset> load_npy(const std::filesystem::path& inputs, const std::filesystem::path& targets) {
  BORNITE_TRY(NpyArray x, read_array(inputs.string()));
  BORNITE_TRY(NpyArray y, read_array(targets.string()));
  if (x.shape.size() != 2 && x.shape.size() != 3)
    return wrong_shape(inputs.string(), x, "Save inputs as (rows, features) or (rows, height, width).");
  if (y.shape.size() != 1)
    return wrong_shape(targets.string(), y, "Save targets as (rows,), for example with ravel().");
  if (x.shape[0] != y.shape[0])
    return Error{
        ErrorKind::input,
        fmt::format("{} has {} rows but {} has {} targets.", inputs.string(), x.shape[0], targets.string(), y.shape[0]),
        "Give the two files of the same data."};
  Dataset data{.features = x.values.size() / x.shape[0], .inputs = std::move(x.values), .targets = std::move(y.values)};
  if (x.shape.size() == 3) {
    data.height = x.shape[1];
    data.width = x.shape[2];
  }
  BORNITE_CHECK(check_finite(data, inputs.string(), targets.string()));
  return data;
}

}  // namespace bornite
