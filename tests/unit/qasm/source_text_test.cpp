#include "bornite/qasm/source_text.hpp"

#include "catch.hpp"

using namespace bornite;

namespace {

std::string told(std::string_view text, std::size_t offset, std::size_t length) {
  return SourceText("f.qasm", text).locate(offset, length, {ErrorKind::input, "Wrong."}).message;
}

}  // namespace

TEST_CASE("a place in a text is told with its line and carets under it") {
  CHECK(told("qubit q;\nfoo q;\n", 9, 3) == "f.qasm:2:1: Wrong.\n  foo q;\n  ^^^");
  CHECK(told("a bc", 2, 1) == "f.qasm:1:3: Wrong.\n  a bc\n    ^");
  CHECK(told("a\r\nbc\r\n", 4, 5) == "f.qasm:2:2: Wrong.\n  bc\n   ^");
  CHECK(told("end", 3, 0) == "f.qasm:1:4: Wrong.\n  end\n     ^");
  CHECK(told("", 0, 1) == "f.qasm:1:1: Wrong.\n  \n  ^");
}

TEST_CASE("columns count characters, and what cannot be printed is replaced") {
  CHECK(told("rz(θ) φ;", 7, 2) == "f.qasm:1:7: Wrong.\n  rz(θ) φ;\n        ^");
  CHECK(told("\tx\x01y", 3, 1) == "f.qasm:1:4: Wrong.\n   x?y\n     ^");
}

TEST_CASE("of a long line only the surroundings are shown") {
  const std::string text(1000, 'a');
  CHECK(told(text, 500, 400) == "f.qasm:1:501: Wrong.\n  ..." + std::string(120, 'a') + "...\n  " +
                                    std::string(63, ' ') + std::string(60, '^'));
}
