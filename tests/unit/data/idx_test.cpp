#include "bornite/data/idx.hpp"

#include "catch.hpp"
#include "files.hpp"
#include "idx_bytes.hpp"

#include <limits>

using namespace bornite;
using namespace bornite_test;
using namespace std::string_literals;
using Numbers = std::vector<double>;

namespace {

Result<Dataset> load(std::string_view images, std::string_view labels) {
  const TemporaryFolder folder;
  return load_idx(folder.write("images", images), folder.write("labels", labels));
}

const std::string two_labels = idx_bytes({2}, "\x07\x03");
const std::string two_images = idx_bytes({2, 1, 3}, "\x00\x01\x02\xfd\xfe\xff"s);

}  // namespace

TEST_CASE("images of unsigned bytes keep their values, height and width") {
  const Dataset data = load(two_images, two_labels).value();
  CHECK(data.features == 3);
  CHECK(data.height == 1);
  CHECK(data.width == 3);
  CHECK(data.inputs == Numbers{0, 1, 2, 253, 254, 255});
  CHECK(data.targets == Numbers{7, 3});
}

TEST_CASE("gzip is recognised by its contents, also in several parts") {
  const Dataset plain = load(two_images, two_labels).value();
  const std::string parts = gzip(two_images.substr(0, 9)) + gzip(two_images.substr(9));
  for (const std::string& images : {gzip(two_images), parts}) {
    const Dataset data = load(images, gzip(two_labels)).value();
    CHECK(data.inputs == plain.inputs);
    CHECK(data.targets == plain.targets);
  }
}

TEST_CASE("a large gzip file is read whole") {
  std::string pixels(300'000, '\0');
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<char>(i * i % 251);
  const Dataset data = load(gzip(idx_bytes({2, 300, 500}, pixels)), two_labels).value();
  CHECK(data.inputs.size() == pixels.size());
  CHECK(data.inputs[299'999] == static_cast<double>(299'999ULL * 299'999ULL % 251));
}

TEST_CASE("data of other dimensions are flattened and are no images") {
  const Dataset vectors = load(idx_bytes({2, 3}, "abcdef"), two_labels).value();
  CHECK(vectors.features == 3);
  CHECK(vectors.height == 0);
  CHECK(load(idx_bytes({2}, "ab"), two_labels).value().features == 1);
  const Dataset colours = load(idx_bytes({2, 1, 1, 3}, "abcdef"), two_labels).value();
  CHECK(colours.features == 3);
  CHECK(colours.width == 0);
  CHECK(colours.inputs[5] == 'f');
}

TEST_CASE("every element type of the format is read") {
  const auto values = [](unsigned type, const std::string& elements) {
    return load(idx_header(type, {2, 1}) + elements, two_labels).value().inputs;
  };
  CHECK(values(0x09, "\xff\x7f") == Numbers{-1, 127});
  CHECK(values(0x0B, big_endian(0x8000, 2) + big_endian(258, 2)) == Numbers{-32768, 258});
  CHECK(values(0x0C, big_endian(0xfffffffe, 4) + big_endian(16909060, 4)) == Numbers{-2, 16909060});
  CHECK(values(0x0D, big_endian(std::bit_cast<std::uint32_t>(-1.5F), 4) + big_endian(0, 4)) == Numbers{-1.5, 0});
  CHECK(values(0x0E, big_endian(std::bit_cast<std::uint64_t>(0.1), 8) + big_endian(0, 8)) == Numbers{0.1, 0});
}

TEST_CASE("NaN and infinity in IDX files are refused with file, row and feature") {
  const std::string nan = big_endian(std::bit_cast<std::uint32_t>(std::numeric_limits<float>::quiet_NaN()), 4);
  const std::string infinity = big_endian(std::bit_cast<std::uint32_t>(-std::numeric_limits<float>::infinity()), 4);
  const std::string one = big_endian(std::bit_cast<std::uint32_t>(1.0F), 4);
  require_refusal(load(idx_header(0x0D, {2, 2}) + one + one + nan + one, two_labels),
                  "images: feature 0 of row 1 (both counted from 0) is nan");
  require_refusal(load(two_images, idx_header(0x0D, {2}) + one + infinity),
                  "labels: the target of row 1 (counted from 0) is -inf");
}

TEST_CASE("files of another kind are refused as IDX files by their first bytes") {
  require_refusal(load("\x89PNG and more", two_labels), "images is not an IDX file: it starts with the bytes 89 50 4e");
  require_refusal(load(idx_header(0x0A, {2}) + "ab", two_labels), "images is not an IDX file");
  require_refusal(load(idx_header(0x08, {}), two_labels), "images is not an IDX file");
  require_refusal(load("", two_labels), "images is too short");
  require_refusal(load(two_images, gzip("text")), "labels is not an IDX file");
  require_refusal(load_idx("/nowhere/images", "/nowhere/labels"), "Cannot open /nowhere/images");
}

TEST_CASE("truncated and longer files are refused with both sizes, plain and gzip") {
  const std::string shorter = two_images.substr(0, two_images.size() - 1);
  require_refusal(load(shorter, two_labels),
                  "images is truncated: its shape 2 x 1 x 3 needs 6 bytes of data and there are 5");
  require_refusal(load(gzip(shorter), two_labels), "needs 6 bytes of data and there are 5");
  require_refusal(load(two_images + "x", two_labels), "images goes on after its 6 bytes of data");
  require_refusal(load(gzip(two_images + "x"), two_labels), "images goes on after its 6 bytes of data");
  require_refusal(load(two_images.substr(0, 10), two_labels), "its header is incomplete");
  require_refusal(load(gzip(two_images.substr(0, 10)), two_labels), "its header is incomplete");
}

TEST_CASE("different numbers of images and labels are refused with both") {
  require_refusal(load(two_images, idx_bytes({3}, "abc")), "images has 2 images but", "labels has 3 labels");
  require_refusal(load(two_images, two_images), "labels has the shape 2 x 1 x 3; labels have one dimension");
}

TEST_CASE("empty data are refused") {
  require_refusal(load(idx_bytes({0, 28, 28}, ""), two_labels), "images is empty: its shape is 0 x 28 x 28");
  require_refusal(load(idx_bytes({2, 0}, ""), two_labels), "images is empty");
}

TEST_CASE("announced sizes beyond the data take no memory") {
  const std::vector<std::uint32_t> vast{0xffffffff, 0xffffffff};
  require_refusal(load(idx_bytes(vast, "ab"), two_labels), "images announces the impossible shape");
  require_refusal(load(idx_bytes({0xffffffff, 0x3fffffff}, "ab"), two_labels), "images is truncated");
  require_refusal(load(gzip(idx_bytes({0xffffffff, 0x3fffffff}, "ab")), two_labels), "images is truncated");
  require_refusal(load(idx_bytes({0xffffffff, 0xffffffff, 0xffffffff, 0}, "ab"), two_labels), "images is empty");
}

TEST_CASE("a gzip bomb is unpacked no further than its header announces") {
  std::string bomb = gzip(two_images + std::string(64 << 20, '\0'));
  REQUIRE(bomb.size() < 100'000);
  // The checksum is at the far end: had everything been unpacked, its damage would be the complaint.
  bomb[bomb.size() - 5] = static_cast<char>(bomb[bomb.size() - 5] ^ 1);
  require_refusal(load(bomb, two_labels), "images goes on after its 6 bytes of data");
}

TEST_CASE("damaged gzip data are refused") {
  const std::string packed = gzip(two_images);
  require_refusal(load(packed.substr(0, packed.size() - 3), two_labels), "images is damaged", "end too early");
  std::string wrong_checksum = packed;
  wrong_checksum[packed.size() - 6] = static_cast<char>(wrong_checksum[packed.size() - 6] ^ 1);
  require_refusal(load(wrong_checksum, two_labels), "images is damaged", "incorrect data check");
  require_refusal(load(packed + "rest", two_labels), "images is damaged", "other data follow");
}
