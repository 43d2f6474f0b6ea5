#include "bornite/data/npy.hpp"

#include "catch.hpp"
#include "files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

using namespace bornite;
using namespace bornite_test;
using Numbers = std::vector<double>;

namespace {

const std::filesystem::path fixtures = std::filesystem::path(BORNITE_FIXTURES) / "data";
const Numbers matrix{1, -2, 3, 0.5, 6, -7.25};

Result<Dataset> load_fixtures(const std::string& inputs, const std::string& targets = "targets-i8.npy") {
  return load_npy(fixtures / inputs, fixtures / targets);
}

std::string npy_bytes(std::string_view element, std::string_view shape, std::string_view data,
                      std::string_view order = "False") {
  const std::string text =
      fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}\n", element, order, shape);
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(text.size()) + '\0' + text + std::string(data);
}

template <typename T>
std::string raw(std::vector<T> values, bool reversed = false) {
  std::string bytes;
  for (const T value : values) {
    std::string element(sizeof(T), '\0');
    std::memcpy(element.data(), &value, sizeof(T));
    if (reversed) std::reverse(element.begin(), element.end());
    bytes += element;
  }
  return bytes;
}

Result<Dataset> load(std::string_view inputs, std::string_view targets) {
  const TemporaryFolder folder;
  return load_npy(folder.write("x.npy", inputs), folder.write("y.npy", targets));
}

const std::string two_targets = npy_bytes("|u1", "(2,)", std::string("\1\0", 2));

template <typename T>
void check_type(const std::string& name) {
  const std::vector<T> values{std::numeric_limits<T>::lowest(), T{3}, T{0}, std::numeric_limits<T>::max()};
  const Numbers expected(values.begin(), values.end());
  CHECK(load(npy_bytes("<" + name, "(2, 2)", raw(values)), two_targets).value().inputs == expected);
  CHECK(load(npy_bytes(">" + name, "(2, 2)", raw(values, true)), two_targets).value().inputs == expected);
}

}  // namespace

TEST_CASE("a matrix saved by NumPy is read row by row") {
  const Dataset data = load_fixtures("matrix-f8.npy").value();
  CHECK(data.features == 3);
  CHECK(data.height == 0);
  CHECK(data.inputs == matrix);
  CHECK(data.targets == Numbers{1, 0});
}

TEST_CASE("byte order, Fortran order and format version do not change the numbers") {
  CHECK(load_fixtures("matrix-big-endian-f4-fortran-v2.npy").value().inputs == matrix);
  for (const std::string targets : {"targets-big-endian-u4.npy", "targets-b1.npy"})
    CHECK(load_fixtures("matrix-f8.npy", targets).value().targets == Numbers{1, 0});
}

TEST_CASE("an array of three dimensions is a list of images") {
  for (const std::string name : {"images-u1.npy", "images-i2-fortran-v3.npy"}) {
    const Dataset data = load_fixtures(name).value();
    CHECK(data.features == 6);
    CHECK(data.height == 2);
    CHECK(data.width == 3);
    CHECK(data.inputs == Numbers{0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220});
  }
}

TEST_CASE("every type of number is read in both byte orders") {
  check_type<std::int8_t>("i1");
  check_type<std::int16_t>("i2");
  check_type<std::int32_t>("i4");
  check_type<std::int64_t>("i8");
  check_type<std::uint8_t>("u1");
  check_type<std::uint16_t>("u2");
  check_type<std::uint32_t>("u4");
  check_type<std::uint64_t>("u8");
  check_type<float>("f4");
  check_type<double>("f8");
}

TEST_CASE("headers are read however they are laid out") {
  const std::string text = R"({"shape":(2L,1L,),"fortran_order":True,"descr":"|u1"})";
  const std::string file = std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(text.size()) + '\0' + text + "ab";
  CHECK(load(file, two_targets).value().inputs == Numbers{'a', 'b'});
}

TEST_CASE("NaN and infinity in NPY files are refused with file, row and feature") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  require_refusal(load(npy_bytes("<f8", "(2, 2)", raw<double>({1, 2, 3, nan})), two_targets),
                  "x.npy: feature 1 of row 1 (both counted from 0) is nan");
  require_refusal(load(npy_bytes("<f8", "(2, 2)", raw<double>({1, 2, nan, 4}), "True"), two_targets),
                  "x.npy: feature 1 of row 0 (both counted from 0) is nan");
  require_refusal(load(npy_bytes("<f4", "(2, 1)", raw<float>({1, 2})),
                       npy_bytes("<f4", "(2,)", raw<float>({std::numeric_limits<float>::infinity(), 0}))),
                  "y.npy: the target of row 0 (counted from 0) is inf");
}

TEST_CASE("elements that are no real numbers are refused by type") {
  require_refusal(load_fixtures("objects.npy"), "objects.npy holds Python objects", "astype(float)");
  require_refusal(load_fixtures("records.npy"), "records.npy holds records with named fields");
  require_refusal(load_fixtures("complex.npy"), "complex.npy holds elements of the type \"<c16\"");
  require_refusal(load(npy_bytes("<f2", "(2, 1)", "abcd"), two_targets), "holds elements of the type \"<f2\"");
  require_refusal(load(npy_bytes("|i4", "(2, 1)", "abcdabcd"), two_targets), "holds elements of the type \"|i4\"");
}

TEST_CASE("shapes that are no data set are refused") {
  require_refusal(load_fixtures("targets-i8.npy"), "targets-i8.npy has the shape (2,)", "(rows, features)");
  require_refusal(load_fixtures("matrix-f8.npy", "matrix-f8.npy"), "has the shape (2, 3)", "(rows,)");
  require_refusal(load_fixtures("matrix-f8.npy", "targets-three.npy"), "has 2 rows but", "has 3 targets");
  require_refusal(load_fixtures("scalar.npy"), "scalar.npy has the shape ()");
  require_refusal(load_fixtures("no-rows.npy"), "no-rows.npy is empty: its shape is (0, 3)");
}

TEST_CASE("truncated, longer and absurdly large arrays are refused") {
  require_refusal(load(npy_bytes("<f8", "(2, 1)", "short"), two_targets),
                  "x.npy is truncated: its shape (2, 1) needs 16 bytes of data and there are 5");
  require_refusal(load(npy_bytes("|u1", "(2, 1)", "abc"), two_targets), "x.npy goes on after its data");
  require_refusal(load(npy_bytes("<f8", "(4294967296, 4294967296)", "ab"), two_targets), "impossibly many bytes");
  require_refusal(load(npy_bytes("<f8", "(99999999999999999999, 1)", "ab"), two_targets), "header that cannot be read");
  require_refusal(load(npy_bytes("|u1", "(2, 1)", "ab").substr(0, 30), two_targets), "its header is incomplete");
}

TEST_CASE("files of another kind are refused as NPY files") {
  require_refusal(load_fixtures("archive.npz"), "archive.npz is not an NPY file", "NPZ archive");
  require_refusal(load("", two_targets), "x.npy is not an NPY file");
  require_refusal(load(std::string("\x93NUMPY\x04\x00\x00\x00", 10), two_targets), "x.npy has the NPY version 4");
  require_refusal(load(npy_bytes("<f8", "[2, 1]", "ab"), two_targets), "header that cannot be read");
  require_refusal(load(npy_bytes("<f8", "(2, 1)", "ab", "maybe"), two_targets), "header that cannot be read");
  require_refusal(load_npy("/nowhere/x.npy", "/nowhere/y.npy"), "Cannot open /nowhere/x.npy");
}
