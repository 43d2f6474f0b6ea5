#include "bornite/circuit/ansatz.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace bornite {
namespace {

void append_chain(Circuit& circuit, std::size_t first, std::size_t step) {
  for (std::size_t q = first; q + 1 < circuit.qubits(); q += step)
    circuit.cx(static_cast<Qubit>(q), static_cast<Qubit>(q + 1));
}

void append_entanglers(Circuit& circuit, AnsatzKind kind, std::size_t block) {
  const std::size_t n = circuit.qubits();
  switch (kind) {
    case AnsatzKind::product: break;
    case AnsatzKind::brickwork: append_chain(circuit, block % 2 == 0 ? 1 : 0, 2); break;
    case AnsatzKind::linear: append_chain(circuit, 0, 1); break;
    case AnsatzKind::ring:
      append_chain(circuit, 0, 1);
      if (n > 2) circuit.cx(static_cast<Qubit>(n - 1), 0);
      break;
    case AnsatzKind::all_to_all:
      for (Qubit i = 0; i < n; ++i)
        for (Qubit j = i + 1; j < n; ++j) circuit.cx(i, j);
      break;
  }
}

}  // namespace

std::string_view to_string(AnsatzKind kind) {
  switch (kind) {
    case AnsatzKind::product: return "product";
    case AnsatzKind::brickwork: return "brickwork";
    case AnsatzKind::linear: return "linear";
    case AnsatzKind::ring: return "ring";
    case AnsatzKind::all_to_all: return "all_to_all";
  }
  return "?";
}

Result<AnsatzKind> parse_ansatz(std::string_view name) {
  for (const AnsatzKind kind : ansatz_kinds)
    if (to_string(kind) == name) return kind;
  return Error{ErrorKind::configuration, fmt::format("There is no ansatz named \"{}\".", name),
               "Choose product, brickwork, linear, ring or all_to_all."};
}

Circuit make_ansatz(AnsatzKind kind, std::size_t qubits, std::size_t depth) {
  if (depth == 0) throw std::invalid_argument("an ansatz has at least one block");
  Circuit circuit(qubits);
  std::size_t parameter = 0;
  for (std::size_t block = 0; block < depth; ++block) {
    append_entanglers(circuit, kind, block);
    for (Qubit q = 0; q < qubits; ++q) circuit.ry(q, Angle::of(parameter++));
    for (Qubit q = 0; q < qubits; ++q) circuit.rz(q, Angle::of(parameter++));
  }
  return circuit;
}

}  // namespace bornite
