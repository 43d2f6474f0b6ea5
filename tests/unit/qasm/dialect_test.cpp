#include "bornite/qasm/dialect.hpp"

#include "catch.hpp"

using namespace bornite;

TEST_CASE("every built-in dialect is read, and has the gates of its provider") {
  REQUIRE(builtin_dialects() == std::vector<std::string_view>{"standard", "ibm", "ionq", "braket", "qbraid"});
  for (const std::string_view name : builtin_dialects()) {
    const auto dialect = builtin_dialect(name);
    REQUIRE(dialect);
    CHECK(dialect->name == name);
    CHECK(dialect->gates.contains("rz"));
    for (const auto& [operation, definition] : dialect->definitions) CHECK(dialect->gates.contains(operation));
  }
  CHECK(builtin_dialect("braket")->gates.at("cx") == "cnot");
  CHECK(builtin_dialect("ibm")->qubits == QubitStyle::physical);
  CHECK(builtin_dialect("braket")->qubits == QubitStyle::virtual_register);
  CHECK(builtin_dialect("braket")->native_qubits == QubitStyle::physical);
}

TEST_CASE("an unknown dialect is refused with the known ones") {
  const auto refused = builtin_dialect("quil");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("quil") != std::string::npos);
  CHECK(refused.error().hint.find("standard, ibm, ionq, braket, qbraid") != std::string::npos);
}

TEST_CASE("a capability file describes a dialect, and its mistakes are named") {
  Config config =
      Config::parse("[qasm]\nqubits = \"physical\"\n[qasm.gates]\nrz = \"RZ\"\ncx = \"CNOT\"\n", "own.toml").value();
  const Dialect dialect = read_dialect(config, "own").value();
  REQUIRE(config.refuse_unread());
  CHECK(dialect.qubits == QubitStyle::physical);
  CHECK(dialect.native_qubits == QubitStyle::physical);
  CHECK(dialect.gates == decltype(dialect.gates){{"cx", "CNOT"}, {"rz", "RZ"}});
  CHECK(dialect.input_type.empty());

  Config wrong = Config::parse("[qasm]\nmeasurement = \"all\"\n", "own.toml").value();
  CHECK(read_dialect(wrong, "own").error().message.find("own.toml:2") != std::string::npos);
  Config unknown = Config::parse("[qasm.gates]\ncnot = \"cx\"\n", "own.toml").value();
  REQUIRE(read_dialect(unknown, "own"));
  CHECK(unknown.refuse_unread().error().message.find("qasm.gates.cnot") != std::string::npos);
}
