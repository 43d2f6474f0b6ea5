#include "program_outline.hpp"

#include "catch.hpp"

namespace bornite::emulator {
namespace {

TEST_CASE("an outline has names, arguments and operands of every statement outside of definitions") {
  const ProgramOutline program = outline(R"(OPENQASM 3.0; // x $9;
#pragma braket verbatim
box { /* h q; */ rzz(f(1, 2), pi / 2) q[0] , $1; }
gate rzz(t) a, b { cx a, b; }
c[0] = measure $0; bit[2] d = measure q; measured q;
if)");
  std::string names;
  for (const Statement& statement : program.statements) names += statement.name + ' ';
  CHECK(names == "OPENQASM box rzz measure measure measured if ");
  CHECK(program.statements[2].arguments == std::vector<std::string>{"f(1, 2)", "pi / 2"});
  CHECK(program.statements[2].operands == std::vector<std::string>{"q[0]", "$1"});
  CHECK(program.definitions == std::set<std::string, std::less<>>{"rzz"});
}

TEST_CASE("an outline of nonsense is some outline") {
  for (const char* text : {"", ";", "gate", "gate x", "gate x {", "(((", "x(", ")", "/*", "#", "//", "{}}{"})
    CHECK(outline(text).definitions.size() <= 1);
}

}  // namespace
}  // namespace bornite::emulator
