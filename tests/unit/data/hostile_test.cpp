#include "bornite/data/csv.hpp"
#include "bornite/data/idx.hpp"
#include "bornite/data/npy.hpp"
#include "bornite/util/random.hpp"
#include "catch.hpp"
#include "files.hpp"
#include "idx_bytes.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace bornite;
using namespace bornite_test;

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// One to four random bytes changed, removed or inserted, or the end cut off.
std::string damage(std::string bytes, RandomStream& random) {
  if (random() % 4 == 0) return bytes.substr(0, random() % (bytes.size() + 1));
  for (std::uint64_t changes = 1 + random() % 4; changes > 0 && !bytes.empty(); --changes) {
    const std::size_t place = random() % bytes.size();
    const char byte = static_cast<char>(random());
    switch (random() % 4) {
      case 0: bytes.erase(place, 1); break;
      case 1: bytes.insert(place, 1, byte); break;
      case 2: bytes[place] = byte; break;
      default: bytes[place] = static_cast<char>(bytes[place] ^ 1 << random() % 8);
    }
  }
  return bytes;
}

void check_outcome(const Result<Dataset>& result) {
  if (!result) {
    CHECK_FALSE(result.error().message.empty());
    return;
  }
  CHECK(result->rows() > 0);
  CHECK(result->inputs.size() == result->rows() * result->features);
  CHECK(std::all_of(result->inputs.begin(), result->inputs.end(), [](double x) { return std::isfinite(x); }));
  CHECK(std::all_of(result->targets.begin(), result->targets.end(), [](double y) { return std::isfinite(y); }));
}

using Load = std::function<Result<Dataset>(const std::filesystem::path&)>;

/// Damages a valid file again and again: each time there is an Error or a sound Dataset. Returns how many loaded.
int attack(const std::string& valid, std::uint32_t stream, const Load& load) {
  const TemporaryFolder folder;
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test, .block = stream});
  require_success(load(folder.write("attacked", valid)));
  int loaded = 0;
  for (int i = 0; i < 1500; ++i) {
    const Result<Dataset> result = load(folder.write("attacked", damage(valid, random)));
    check_outcome(result);
    if (result) ++loaded;
  }
  return loaded;
}

}  // namespace

TEST_CASE("damaged CSV files give an error or a data set") {
  const std::string valid = "# c\nx,\"y \"\"1\"\"\",z\n1,2,0\n\"3\",-4e5,1\r\n5,.25,1\n";
  const int loaded = attack(valid, 0, [](const auto& path) { return load_csv(path); });
  CHECK(loaded > 0);
  CHECK(loaded < 1500);
}

TEST_CASE("damaged IDX files give an error or a data set, plain and gzip") {
  const TemporaryFolder folder;
  const auto labels = folder.write("labels", idx_bytes({2}, "ab"));
  const Load load = [&](const auto& path) { return load_idx(path, labels); };
  const std::string plain = idx_header(0x0E, {2, 2, 2}) + std::string(64, '\x3f');
  CHECK(attack(plain, 1, load) > 0);
  CHECK(attack(gzip(plain), 2, load) < 1500);
}

TEST_CASE("damaged NPY files give an error or a data set") {
  const std::filesystem::path fixtures = std::filesystem::path(BORNITE_FIXTURES) / "data";
  const Load load = [&](const auto& path) { return load_npy(path, fixtures / "targets-i8.npy"); };
  std::uint32_t stream = 3;
  for (const std::string name : {"matrix-f8.npy", "images-i2-fortran-v3.npy", "matrix-big-endian-f4-fortran-v2.npy"})
    CHECK(attack(read(fixtures / name), stream++, load) > 0);
}
