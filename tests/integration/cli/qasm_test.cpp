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
