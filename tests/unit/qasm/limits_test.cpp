// Programs that ask for too much are refused, soon.

#include <fmt/format.h>

#include <ctime>

#include "reading.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

void check_resource(const std::string& text, std::string_view message, const QasmLimits& limits = {}) {
  CAPTURE(text.substr(0, 200));
  const Result<QasmProgram> read = read_qasm(text, "f", limits);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::resource);
  CHECK(read.error().message.find(message) != std::string::npos);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

constexpr QasmLimits small{.gates = 1000, .work = 100'000};

}  // namespace

TEST_CASE("sizes are limited") {
  check_resource("qubit[1000000000] q;", "must be between 1 and 1000000");
  check_resource("bit[1000000000] c;", "must be between 1 and 1000000");
  check_resource("qubit[600000] q; qubit[600000] r;", "at most 1000000 qubits");
  check_resource("bit[600000] q; bit[600000] r;", "at most 1000000 classical bits");
  check_resource("x $1000000;", "at most 1000000 qubits");
  check_resource("x $99999999999999999999999999;", "at most 1000000 qubits");
  check_resource("qubit q;", "has 8 bytes", {.bytes = 5});
}

TEST_CASE("nesting is limited") {
  for (const std::string_view open : {"(", "-", "!", "2**", "sin(", "int(", "1+("})
    check_resource("const float x = " + repeated(open, 100'000), "nested more than 200 deep");
}

TEST_CASE("blocks, branches and chains of gates are limited") {
  for (const std::string_view open :
       {"{", "if (true) ", "if (false) {} else ", "for int i in [0:0] ", "box {", "if (false) if (true) "})
    check_resource(repeated(open, 100'000), "nested more than 200 deep");
  std::string chain = "gate g0 a { x a; }";
  for (int i = 1; i < 1000; ++i) chain += fmt::format(" gate g{} a {{ g{} a; }}", i, i - 1);
  check_resource(chain + " qubit q; g999 q;", "nested more than 200 deep");
  check_resource("qubit q; " + repeated("inv @ ", 1000) + "x q;", "more than 200 modifiers");
}

TEST_CASE("gates are limited however they are multiplied") {
  check_resource("qubit[100] q; for int i in [0:100] x q;", "more than 1000 gates", small);
  check_resource("qubit q; for int i in [0:1000] x q;", "more than 1000 gates", small);
  check_resource("gate g a { x a; y a; } qubit q; pow(501) @ g q;", "more than 1000 gates", small);
  check_resource("gate g a { x a; y a; } qubit q; pow(1e9) @ pow(1e9) @ pow(1e9) @ g q;", "more than 1000 gates",
                 small);
  check_resource("gate g a { x a; y a; } qubit q; pow(1e10) @ g q;", "power is too high", small);
  std::string doubling = "gate g0 a { x a; }";
  for (int i = 1; i < 60; ++i) doubling += fmt::format(" gate g{0} a {{ g{1} a; g{1} a; }}", i, i - 1);
  check_resource(doubling + " qubit q; g59 q;", "more than 1000 gates", {.gates = 1000});
}

TEST_CASE("work that makes no gates is limited too") {
  const std::string message = "takes more than 100000 steps";
  check_resource("for int i in [0:9223372036854775806] { }", message, small);
  check_resource("for int i in [-9223372036854775807:9223372036854775806] ;", message, small);
  check_resource("for int i in [0:1000] for int j in [0:1000] { }", message, small);
  check_resource("for int i in [0:1000] { /*" + repeated("-", 1000) + "*/ }", message, small);
  check_resource("qubit[1000] q; for int i in [0:1000] id q;", message, small);
  check_resource("qubit[1000] q; for int i in [0:1000] { let a = q ++ q; }", message, small);
  std::string doubling = "gate g0 a { }";
  for (int i = 1; i < 60; ++i) doubling += fmt::format(" gate g{0} a {{ g{1} a; g{1} a; }}", i, i - 1);
  check_resource(doubling + " qubit q; g59 q;", message, small);
}

TEST_CASE("sums of many inputs are work") {
  const std::string message = "takes more than 100000 steps";
  std::string inputs, sum = "0.0";
  for (int i = 0; i < 600; ++i) inputs += fmt::format("input float a{};", i), sum += fmt::format(" + a{}", i);
  check_resource(inputs + "qubit q; gate g(t) a { } float s = " + sum + ";", message, small);
  const QasmLimits one_sum{.work = 300'000};
  CHECK(read_qasm(inputs + "qubit q; gate g(t) a { } float s = " + sum + "; g(s) q;", "f", one_sum));
  for (const std::string_view use : {"g(s) q;", "s += a1;", "const float t = s;"})
    check_resource(
        inputs + "qubit q; gate g(t) a { } float s = " + sum + ";" + fmt::format("for int i in [0:1000] {{ {} }}", use),
        "takes more than 300000 steps", one_sum);
}

TEST_CASE("what names many qubits is not copied wherever it is used") {
  const std::string text =
      "qubit[500000] q; qubit[500000] r; let a = q ++ r;" + repeated("x a[999999]; barrier a;", 40'000);
  const std::clock_t begin = std::clock();
  REQUIRE(read_qasm(text, "f"));
  CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 2);  // copying takes 5 s
}

TEST_CASE("names and numbers are limited in length") {
  CHECK(refusal("qubit " + std::string(2000, 'a') + ";").find("longer than 1,024 bytes") != std::string::npos);
  CHECK(refusal("const int n = " + std::string(2000, '1') + ";").find("longer than 1,024 characters") !=
        std::string::npos);
  CHECK(refusal("const float n = 0." + std::string(1000, '1') + ";").find("no qubits") != std::string::npos);
}
