#pragma once
// Small targets with every set of native gates.

#include <string>
#include <vector>

#include "bornite/compile/target_file.hpp"

namespace bornite::test {

struct GateSet {
  const char* name;
  const char* gates;
};

inline constexpr GateSet gate_sets[] = {
    {"rz, sx, x, cz", "[gates.rz]\n[gates.sx]\nerror = 0.001\n[gates.x]\nerror = 0.001\n[gates.cz]\nerror = 0.01"},
    {"rz, sx, cx", "[gates.rz]\n[gates.sx]\nerror = 0.001\n[gates.cx]\nerror = 0.01"},
    {"rz, sx, x, ecr", "[gates.rz]\n[gates.sx]\nerror = 0.001\n[gates.x]\nerror = 0.001\n[gates.ecr]\nerror = 0.01"},
    {"rz, sx, x, rx, cz, rzz",
     "[gates.rz]\n[gates.sx]\n[gates.x]\n[gates.rx]\n[gates.cz]\nerror = 0.01\n[gates.rzz]\nerror = 0.008\n"
     "angles = [[0, 1.5707963267948966]]"},
    {"prx, cz", "[gates.prx]\nerror = 0.001\n[gates.cz]\nerror = 0.01"},
    {"gpi, gpi2, ms",
     "[gates.gpi]\n[gates.gpi2]\n[gates.ms]\nerror = 0.01\n"
     "angles = [[-inf, inf], [-inf, inf], [0, 1.5707963267948966]]"},
    {"gpi, gpi2, rzz",
     "[gates.gpi]\n[gates.gpi2]\n[gates.rzz]\nerror = 0.01\n"
     "angles = [[-1.5707963267948966, 1.5707963267948966]]"},
    {"gpi2, rzz", "[gates.gpi2]\n[gates.rzz]\nerror = 0.01"},
    {"rz, ry, rx, rxx", "[gates.rz]\n[gates.ry]\n[gates.rx]\n[gates.rxx]\nerror = 0.01"},
    {"rx, rz, cz", "[gates.rx]\n[gates.rz]\n[gates.cz]"},
    {"ry, rz, cx", "[gates.ry]\n[gates.rz]\n[gates.cx]"},
    {"prx, rxx", "[gates.prx]\n[gates.rxx]\nangles = [[1.5707963267948966, 1.5707963267948966]]"},
};

inline Target small_target(const GateSet& set, std::size_t qubits, const std::string& couplings) {
  const std::string text = "name = \"small\"\nqubits = " + std::to_string(qubits) + "\n" + couplings +
                           "\none_given_zero = 0.01\n" + set.gates;
  return read_toml_target({text, set.name}).value();
}

}  // namespace bornite::test
