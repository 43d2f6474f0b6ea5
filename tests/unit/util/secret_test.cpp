#include "bornite/util/secret.hpp"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bornite;

namespace {

std::filesystem::path token_file(const TemporaryDirectory& folder, const std::string& contents, mode_t mode) {
  const auto path = folder.path() / "token";
  std::ofstream(path) << contents;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
  return path;
}

TEST_CASE("a secret prints as stars and reveals itself on request only") {
  const Secret secret("hunter-22");
  std::ostringstream text;
  text << secret;
  CHECK(text.str() == "***");
  CHECK(secret.reveal() == "hunter-22");
}

TEST_CASE("living secrets are taken out of texts, dead ones are forgotten") {
  {
    const Secret secret("abc/def+1");
    const Secret copy = secret;  // NOLINT: the copy is the point
    CHECK(scrubbed("key abc/def+1, again abc/def+1.") == "key ***, again ***.");
    CHECK(scrubbed("apikey=abc%2Fdef%2B1&x=1") == "apikey=***&x=1");
    CHECK(scrubbed(R"({"key":"abc\/def+1"})") == R"({"key":"***"})");
  }
  CHECK(scrubbed("abc/def+1") == "abc/def+1");
}

TEST_CASE("a secret stays hidden while one of its copies lives, also after moves") {
  auto first = std::make_unique<Secret>("moved-secret");
  Secret second = *first;
  first.reset();
  CHECK(scrubbed("moved-secret") == "***");
  Secret third = std::move(second);
  CHECK(scrubbed("moved-secret") == "***");
  third = Secret("another-one");
  CHECK(scrubbed("moved-secret another-one") == "moved-secret ***");
}

TEST_CASE("of secrets that begin alike the whole longer one is hidden") {
  const Secret shorter("token");
  const Secret longer("token-extended");
  CHECK(scrubbed("token-extended token") == "*** ***");
}

TEST_CASE("very short secrets do not garble texts") {
  const Secret secret("a");
  CHECK(scrubbed("a cat") == "a cat");
}

TEST_CASE("a private file gives its first line without the spaces around it") {
  const TemporaryDirectory folder;
  CHECK(read_secret_file(token_file(folder, "  my-token \r\nsecond line\n", 0600)).value().reveal() == "my-token");
}

TEST_CASE("a token file that others may read, or that is empty, is refused without its contents") {
  const TemporaryDirectory folder;
  for (const mode_t mode : {0640, 0604, 0660, 0644}) {
    const auto refused = read_secret_file(token_file(folder, "my-token\n", mode));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::authentication);
    CHECK_THAT(describe(refused.error()), Catch::Contains("chmod 600") && !Catch::Contains("my-token"));
  }
  CHECK_FALSE(read_secret_file(token_file(folder, "\nsecond\n", 0600)).has_value());
  CHECK_FALSE(read_secret_file(folder.path() / "none").has_value());
}

}  // namespace
