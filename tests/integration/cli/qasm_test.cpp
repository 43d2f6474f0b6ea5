// Circuits on their way to other programs.

#include <algorithm>

#include "program.hpp"

using namespace bornite::test;

TEST_CASE("a problem's circuit is exported with inputs, and with the numbers of each row of angles") {
  const Program program;
  program.write("costs.txt", cost_lines(2));
  program.write("angles.txt", "0.25 0.5 1 2\n-1 3 4 5\n");
  const std::vector<std::string> common{"export", "--problem", "table:costs.txt", "--depth", "1", "--ansatz", "linear"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), common.begin(), common.end());
    return more;
  };
  const Outcome inputs = program.run(with({}));
  CHECK(inputs.exit_code == 0);
  CHECK(inputs.out.find("OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] theta_0;\n") == 0);
  CHECK(inputs.out.find("cx q[0], q[1];\nry(theta_0) q[0];\nry(theta_1) q[1];\nrz(theta_2) q[0];\n") !=
        std::string::npos);

  const Json bound = program.run_json(with({"--theta", "angles.txt", "--dialect", "braket"}));
  REQUIRE(bound["programs"].size() == 2);
  CHECK(bound["qubits"] == 2);
  const auto text = bound["programs"][1].get<std::string>();
  CHECK(text.find("cnot q[0], q[1];\nry(-1.0) q[0];\nry(3.0) q[1];\nrz(4.0) q[0];\n") != std::string::npos);
  const Outcome rows = program.run(with({"--theta", "angles.txt"}));
  CHECK(rows.out.find("// row 0\nOPENQASM") == 0);
  CHECK(rows.out.find("\n// row 1\nOPENQASM") != std::string::npos);

  const Outcome refused = program.run(with({"--dialect", "ionq"}));
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("--theta") != std::string::npos);
  CHECK(program.run(with({"--dialect", "quil"})).err.find("standard, ibm, ionq") != std::string::npos);
  CHECK(program.run(with({"--dialect", "ibm", "--theta", "angles.txt"})).err.find("Compile") != std::string::npos);
}

TEST_CASE("a circuit is compiled to a device's gates, verified and printed with its figures") {
  const Program program;
  program.write("device.toml",
                "name = \"five\"\nqubits = 5\ncouplings = [[0, 1], [1, 2], [2, 3], [3, 4]]\none_given_zero = 0.01\n"
                "[gates.rz]\n[gates.sx]\nerror = 0.001\nduration = 3e-8\n[gates.cz]\nerror = 0.01\nduration = 1e-7\n");
  program.write("angles.txt", "1 2 3 4 5 6 7 8 9 10 11 12\n");
  const std::vector<std::string> common{"compile", "--qubits", "3",        "--ansatz",   "ring",
                                        "--depth", "2",        "--target", "device.toml"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), common.begin(), common.end());
    return more;
  };
  const Json document = program.run_json(with({}));
  CHECK(document["target"] == "five");
  CHECK(document["parameters"] == 12);
  CHECK(document["before"]["gates"]["cx"] == 6);
  CHECK_FALSE(document["after"]["gates"].contains("cx"));
  CHECK(document["swaps"] > 0);
  CHECK(document["success_probability"] > 0.8);
  CHECK(document["success_probability"] < 1);
  CHECK(document["verification"] == "equal distributions");
  CHECK(document["final_layout"].size() == 3);
  CHECK_FALSE(document.contains("programs"));
  CHECK(program.run_json(with({"--keep-state"}))["verification"] == "equal states");

  const Outcome table = program.run(with({}));
  CHECK(table.exit_code == 0);
  for (const char* text : {"3 qubits on five, of 5", "two-qubit depth", "estimated success", "the same probabilities"})
    CHECK(table.out.find(text) != std::string::npos);

  const Outcome text = program.run(with({"--dialect", "ibm"}));
  CHECK(text.out.find("OPENQASM 3.0;") == 0);
  CHECK(text.out.find("cz $") != std::string::npos);
  CHECK(text.out.find("\n// verified: ") != std::string::npos);
  CHECK(program.run(with({"--dialect", "ibm", "--theta", "angles.txt"})).out.find("input") == std::string::npos);

  program.write("bell.qasm",
                "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[3] q;\nbit[2] c;\nh q[0];\ncx q[0], q[2];\n"
                "c[0] = measure q[2];\nc[1] = measure q[0];\n");
  const Json bell = program.run_json({"compile", "bell.qasm", "--target", "device.toml", "--dialect", "ibm"});
  CHECK(bell["after"]["gates"]["cz"] == 1);
  CHECK(bell["measured"][0] == bell["final_layout"][1]);
  const auto end = [&](std::size_t bit, std::size_t qubit) {
    return "c[" + std::to_string(bit) + "] = measure $" + std::to_string(bell["final_layout"][qubit].get<int>()) + ";";
  };
  const auto bell_text = bell["programs"][0].get<std::string>();
  CHECK(bell_text.find(end(0, 1)) != std::string::npos);
  CHECK(bell_text.find(end(1, 0)) != std::string::npos);
  CHECK(bell_text.find("c[2]") == std::string::npos);
  CHECK(program.run({"compile", "--target", "device.toml"}).exit_code == 2);
  program.write("one.qasm", "OPENQASM 3.0;\nqubit[3] q;\nU(1, 2, 3) q[1];\n");
  CHECK(program.run_json({"compile", "one.qasm", "--target", "device.toml"})["measured"].size() == 3);

  CHECK(program.run({"compile", "--qubits", "3", "--target", "none.json"}).err.find("none.json") != std::string::npos);
  const Outcome many = program.run({"compile", "--qubits", "6", "--target", "device.toml"});
  CHECK(many.exit_code == 1);
  CHECK(many.err.find("five has 5") != std::string::npos);
}

TEST_CASE("a compiled program says what its inputs stand for") {
  const Program program;
  program.write("device.toml", "qubits = 2\n[gates.rz]\n[gates.sx]\n[gates.cz]\n");
  program.write("two.qasm",
                "OPENQASM 3.0;\ninput float b;\ninput float a;\ninput float unused;\nqubit[2] q;\n"
                "ry(b) q[0];\ncx q[0], q[1];\nry(2*a+0.25) q[1];\nrz(a) q[0];\n");
  program.write("angles.txt", "0.1 0.2 0.3\n");
  const auto compile = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"compile", "two.qasm", "--target", "device.toml"});
    return more;
  };
  const Json ibm = program.run_json(compile({"--dialect", "ibm"}));
  CHECK(ibm["parameters"] == 3);
  REQUIRE(ibm["inputs"].size() == 2);
  for (const Json& input : ibm["inputs"]) {
    REQUIRE(input["terms"].size() == 1);
    const bool is_a = input["terms"][0]["parameter"] == "a";
    CHECK(is_a != (input["terms"][0]["parameter"] == "b"));
    CHECK(std::abs(input["terms"][0]["scale"].get<double>()) == (is_a ? 2 : 1));
    // At the given angles the input is the number that stands there.
    const double value = input["offset"].get<double>() + input["terms"][0]["scale"].get<double>() * (is_a ? 0.2 : 0.1);
    const std::string bound = program.run(compile({"--dialect", "ibm", "--theta", "angles.txt"})).out;
    CHECK(bound.find("rz(" + Json(value).dump() + ")") != std::string::npos);
    CHECK(ibm["programs"][0].get<std::string>().find("rz(" + input["name"].get<std::string>() + ")") !=
          std::string::npos);
  }
  CHECK(program.run(compile({})).out.find("estimated success: unknown") != std::string::npos);
  const Json standard = program.run_json(compile({"--dialect", "standard"}));
  CHECK(standard["inputs"][0] == Json::parse(R"({"name": "theta_0", "offset": 0.0, "terms":
        [{"parameter": "b", "scale": 1.0}]})"));
  const std::string text = program.run(compile({"--dialect", "standard"})).out;
  CHECK(
      text.find("// inputs of the program, in the parameters of the circuit:\n//   theta_0 = b\n//   theta_1 = a\n") !=
      std::string::npos);
  const std::string ansatz =
      program.run({"compile", "--qubits", "1", "--depth", "1", "--target", "device.toml", "--dialect", "ibm"}).out;
  CHECK(ansatz.find("//   theta_0 = angle[0] - 3.14159") != std::string::npos);
}

TEST_CASE("a program is sampled with its classical bits in order, its idle qubits left out") {
  const Program program;
  program.write("bell.qasm",
                "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nbit[3] c;\nx $40;\nh $99;\ncx $99, $7;\n"
                "c[0] = measure $7;\nc[1] = measure $40;\nc[2] = measure $99;\n");
  const Json counts = program.run_json({"sample", "bell.qasm", "--shots", "1000", "--seed", "3"})["rows"][0]["counts"];
  REQUIRE(counts.size() == 2);
  CHECK(counts["010"].get<int>() + counts["111"].get<int>() == 1000);
  CHECK(std::abs(counts["010"].get<int>() - 500) < 80);  // five standard deviations

  program.write("input.qasm",
                "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] a;\nqubit[2] q;\nrx(2*a) q[1];\n");
  CHECK(program.run({"sample", "input.qasm"}).err.find("1 input (a)") != std::string::npos);
  program.write("a.txt", "0\n1.5707963267948966\n");
  const Json rows = program.run_json({"sample", "input.qasm", "--theta", "a.txt", "--shots", "10"})["rows"];
  CHECK(rows[0]["counts"] == Json{{"00", 10}});  // nothing is measured: all that is declared
  CHECK(rows[1]["counts"] == Json{{"01", 10}});

  program.write("unused.qasm",
                "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float a;\ninput float b;\nrx(2*a) $7;\nx $4;\n");
  program.write("ab.txt", "1.5707963267948966 5\n0 6\n");
  const Json used = program.run_json({"sample", "unused.qasm", "--theta", "ab.txt", "--shots", "10"})["rows"];
  CHECK(used[0]["counts"] == Json{{"11", 10}});
  CHECK(used[1]["counts"] == Json{{"10", 10}});
  CHECK(program.run({"sample", "unused.qasm", "--theta", "a.txt"}).err.find("2 parameters") != std::string::npos);

  program.write("loop.qasm", "OPENQASM 3.0;\nqubit q;\nwhile (true) { U(0, 0, 0) q; }\n");
  const Outcome refused = program.run({"sample", "loop.qasm"});
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("loop.qasm:3:1") != std::string::npos);
  CHECK(refused.err.find("while") != std::string::npos);
  CHECK(program.run({"sample"}).exit_code == 2);
  CHECK(program.run({"sample", "bell.qasm", "--qubits", "3"}).exit_code == 2);
}
