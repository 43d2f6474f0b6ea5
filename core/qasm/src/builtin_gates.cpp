#include "builtin_gates.hpp"

#include <array>
#include <numbers>

namespace bornite::qasm {
namespace {

using Angles = std::span<const AngleSum>;
using Qubits = std::span<const Qubit>;
using enum GateKind;

constexpr double pi = std::numbers::pi;

/// Gates that a circuit has itself: so many controls, then the targets.
template <GateKind kind, std::size_t controls>
void direct(GateList& gates, Angles angles, Qubits qubits) {
  std::vector<Qubit> first, rest;
  if constexpr (controls > 0) first.assign(qubits.begin(), qubits.begin() + controls);
  rest.assign(qubits.begin() + controls, qubits.end());
  if (angles.empty())
    gates.add(kind, std::move(rest), std::move(first));
  else
    gates.add_angle(kind, std::move(rest), std::move(first), angles[0]);
}

void cx(GateList& gates, Qubit control, Qubit target) { gates.add(x, {target}, {control}); }

void identity(GateList&, Angles, Qubits) {}

/// [[cos t/2, -e^{il} sin t/2], [e^{ip} sin t/2, e^{i(p+l)} cos t/2]]
void u(GateList& gates, Angles t, Qubits q) {
  gates.rotate(phase, q[0], t[2]);
  gates.rotate(ry, q[0], t[0]);
  gates.rotate(phase, q[0], t[1]);
}
/// The same, times e^{it/2}.
void universal(GateList& gates, Angles t, Qubits q) {
  if (t[0].is_constant() && t[0].offset() == 0) return gates.rotate(phase, q[0], t[1] + t[2]);
  gates.rotate(rz, q[0], t[2]);
  gates.rotate(ry, q[0], t[0]);
  gates.rotate(rz, q[0], t[1]);
  gates.global_phase(0.5 * (t[0] + t[1] + t[2]));
}
/// The one of determinant 1, which is also OpenQASM 2's U.
void u3(GateList& gates, Angles t, Qubits q) {
  gates.rotate(rz, q[0], t[2]);
  gates.rotate(ry, q[0], t[0]);
  gates.rotate(rz, q[0], t[1]);
}
void u2(GateList& gates, Angles t, Qubits q) { u3(gates, std::array{AngleSum(pi / 2), t[0], t[1]}, q); }
void cu3(GateList& gates, Angles t, Qubits q) {
  gates.rotate(phase, q[1], t[2], {q[0]});
  gates.rotate(ry, q[1], t[0], {q[0]});
  gates.rotate(phase, q[1], t[1], {q[0]});
}
void cu(GateList& gates, Angles t, Qubits q) {
  gates.rotate(phase, q[0], t[3]);
  cu3(gates, t, q);
}

void rzz(GateList& gates, Angles t, Qubits q) {
  cx(gates, q[0], q[1]);
  gates.add_angle(rz, {q[1]}, {}, t[0]);
  cx(gates, q[0], q[1]);
}
void rxx(GateList& gates, Angles t, Qubits q) {
  for (const Qubit each : q) gates.add(h, each);
  rzz(gates, t, q);
  for (const Qubit each : q) gates.add(h, each);
}
void ryy(GateList& gates, Angles t, Qubits q) {
  for (const Qubit each : q) gates.add(sdg, each);
  rxx(gates, t, q);
  for (const Qubit each : q) gates.add(s, each);
}
void rzx(GateList& gates, Angles t, Qubits q) {
  gates.add(h, q[1]);
  rzz(gates, t, q);
  gates.add(h, q[1]);
}
/// exp(i t (XX + YY) / 4)
void xy(GateList& gates, Angles t, Qubits q) {
  const std::array half{-0.5 * t[0]};
  rxx(gates, half, q);
  ryy(gates, half, q);
}
/// swap, times e^{it} on 01 and 10.
void pswap(GateList& gates, Angles t, Qubits q) {
  for (const Qubit each : q) gates.add_angle(phase, {each}, {}, t[0]);
  gates.add_angle(phase, {q[1]}, {q[0]}, -2 * t[0]);
  gates.add(swap, {q[0], q[1]}, {});
}
void iswap(GateList& gates, Angles, Qubits q) {
  for (const Qubit each : q) gates.add(s, each);
  gates.add(z, {q[1]}, {q[0]});
  gates.add(swap, {q[0], q[1]}, {});
}
/// (X on the first - Y on the first, X on the second) / sqrt(2)
void ecr(GateList& gates, Angles, Qubits q) {
  gates.add(s, q[0]);
  gates.add(sx, q[1]);
  cx(gates, q[0], q[1]);
  gates.add(x, q[0]);
  gates.global_phase(-pi / 4);
}
void dcx(GateList& gates, Angles, Qubits q) {
  cx(gates, q[0], q[1]);
  cx(gates, q[1], q[0]);
}

/// A phase on the one state that has these bits.
template <bool first, bool second>
void phase_on(GateList& gates, Angles t, Qubits q) {
  const auto flip = [&] {
    if (!first) gates.add(x, q[0]);
    if (!second) gates.add(x, q[1]);
  };
  flip();
  gates.add_angle(phase, {q[1]}, {q[0]}, t[0]);
  flip();
}

void gpi(GateList& gates, Angles t, Qubits q) {
  gates.rotate(rz, q[0], -t[0]);
  gates.add(x, q[0]);
  gates.rotate(rz, q[0], t[0]);
}
void prx(GateList& gates, Angles t, Qubits q) {
  gates.rotate(rz, q[0], -t[1]);
  gates.add_angle(rx, {q[0]}, {}, t[0]);
  gates.rotate(rz, q[0], t[1]);
}
void gpi2(GateList& gates, Angles t, Qubits q) { prx(gates, std::array{AngleSum(pi / 2), t[0]}, q); }
void ms(GateList& gates, Angles t, Qubits q) {
  for (std::size_t i = 0; i < 2; ++i) gates.rotate(rz, q[i], -t[i]);
  rxx(gates, t.subspan(2), q);
  for (std::size_t i = 0; i < 2; ++i) gates.rotate(rz, q[i], t[i]);
}

/// The Toffoli gate but for phases.
void rccx(GateList& gates, Angles, Qubits q) {
  gates.add(h, q[2]);
  gates.add(t, q[2]);
  cx(gates, q[1], q[2]);
  gates.add(tdg, q[2]);
  cx(gates, q[0], q[2]);
  gates.add(t, q[2]);
  cx(gates, q[1], q[2]);
  gates.add(tdg, q[2]);
  gates.add(h, q[2]);
}
/// The same with three controls.
void rc3x(GateList& gates, Angles, Qubits q) {
  const Qubit target = q[3];
  const auto end = [&] {
    gates.add(h, target);
    gates.add(t, target);
    cx(gates, q[2], target);
    gates.add(tdg, target);
    gates.add(h, target);
  };
  end();
  for (int repeat = 0; repeat < 2; ++repeat) {
    cx(gates, q[0], target);
    gates.add(t, target);
    cx(gates, q[1], target);
    gates.add(tdg, target);
  }
  end();
}

constexpr std::array gates_known{
    BuiltinGate{"U", 3, 1, universal, false},
    // stdgates.inc
    BuiltinGate{"p", 1, 1, direct<phase, 0>, true},
    BuiltinGate{"x", 0, 1, direct<x, 0>, true},
    BuiltinGate{"y", 0, 1, direct<y, 0>, true},
    BuiltinGate{"z", 0, 1, direct<z, 0>, true},
    BuiltinGate{"h", 0, 1, direct<h, 0>, true},
    BuiltinGate{"s", 0, 1, direct<s, 0>, true},
    BuiltinGate{"sdg", 0, 1, direct<sdg, 0>, true},
    BuiltinGate{"t", 0, 1, direct<t, 0>, true},
    BuiltinGate{"tdg", 0, 1, direct<tdg, 0>, true},
    BuiltinGate{"sx", 0, 1, direct<sx, 0>, true},
    BuiltinGate{"rx", 1, 1, direct<rx, 0>, true},
    BuiltinGate{"ry", 1, 1, direct<ry, 0>, true},
    BuiltinGate{"rz", 1, 1, direct<rz, 0>, true},
    BuiltinGate{"cx", 0, 2, direct<x, 1>, true},
    BuiltinGate{"cy", 0, 2, direct<y, 1>, true},
    BuiltinGate{"cz", 0, 2, direct<z, 1>, true},
    BuiltinGate{"cp", 1, 2, direct<phase, 1>, true},
    BuiltinGate{"crx", 1, 2, direct<rx, 1>, true},
    BuiltinGate{"cry", 1, 2, direct<ry, 1>, true},
    BuiltinGate{"crz", 1, 2, direct<rz, 1>, true},
    BuiltinGate{"ch", 0, 2, direct<h, 1>, true},
    BuiltinGate{"swap", 0, 2, direct<swap, 0>, true},
    BuiltinGate{"ccx", 0, 3, direct<x, 2>, true},
    BuiltinGate{"cswap", 0, 3, direct<swap, 1>, true},
    BuiltinGate{"cu", 4, 2, cu, true},
    BuiltinGate{"CX", 0, 2, direct<x, 1>, true},
    BuiltinGate{"phase", 1, 1, direct<phase, 0>, true},
    BuiltinGate{"cphase", 1, 2, direct<phase, 1>, true},
    BuiltinGate{"id", 0, 1, identity, true},
    BuiltinGate{"u1", 1, 1, direct<phase, 0>, true},
    BuiltinGate{"u2", 2, 1, u2, true},
    BuiltinGate{"u3", 3, 1, u3, true},
    // qelib1.inc beyond these
    BuiltinGate{"u", 3, 1, u, false},
    BuiltinGate{"u0", 1, 1, identity, false},
    BuiltinGate{"sxdg", 0, 1, direct<sxdg, 0>, false},
    BuiltinGate{"cu1", 1, 2, direct<phase, 1>, false},
    BuiltinGate{"cu3", 3, 2, cu3, false},
    BuiltinGate{"csx", 0, 2, direct<sx, 1>, false},
    BuiltinGate{"rxx", 1, 2, rxx, false},
    BuiltinGate{"rzz", 1, 2, rzz, false},
    BuiltinGate{"rccx", 0, 3, rccx, false},
    BuiltinGate{"rc3x", 0, 4, rc3x, false},
    BuiltinGate{"c3x", 0, 4, direct<x, 3>, false},
    BuiltinGate{"c3sqrtx", 0, 4, direct<sx, 3>, false},
    BuiltinGate{"c4x", 0, 5, direct<x, 4>, false},
    // Qiskit's and IBM's
    BuiltinGate{"ryy", 1, 2, ryy, false},
    BuiltinGate{"rzx", 1, 2, rzx, false},
    BuiltinGate{"ecr", 0, 2, ecr, false},
    BuiltinGate{"iswap", 0, 2, iswap, false},
    BuiltinGate{"dcx", 0, 2, dcx, false},
    BuiltinGate{"ccz", 0, 3, direct<z, 2>, false},
    BuiltinGate{"cs", 0, 2, direct<s, 1>, false},
    BuiltinGate{"csdg", 0, 2, direct<sdg, 1>, false},
    BuiltinGate{"r", 2, 1, prx, false},
    // Braket's
    BuiltinGate{"i", 0, 1, identity, false},
    BuiltinGate{"si", 0, 1, direct<sdg, 0>, false},
    BuiltinGate{"ti", 0, 1, direct<tdg, 0>, false},
    BuiltinGate{"v", 0, 1, direct<sx, 0>, false},
    BuiltinGate{"vi", 0, 1, direct<sxdg, 0>, false},
    BuiltinGate{"cv", 0, 2, direct<sx, 1>, false},
    BuiltinGate{"cnot", 0, 2, direct<x, 1>, false},
    BuiltinGate{"ccnot", 0, 3, direct<x, 2>, false},
    BuiltinGate{"phaseshift", 1, 1, direct<phase, 0>, false},
    BuiltinGate{"cphaseshift", 1, 2, direct<phase, 1>, false},
    BuiltinGate{"cphaseshift00", 1, 2, phase_on<false, false>, false},
    BuiltinGate{"cphaseshift01", 1, 2, phase_on<false, true>, false},
    BuiltinGate{"cphaseshift10", 1, 2, phase_on<true, false>, false},
    BuiltinGate{"pswap", 1, 2, pswap, false},
    BuiltinGate{"xy", 1, 2, xy, false},
    BuiltinGate{"xx", 1, 2, rxx, false},
    BuiltinGate{"yy", 1, 2, ryy, false},
    BuiltinGate{"zz", 1, 2, rzz, false},
    BuiltinGate{"prx", 2, 1, prx, false},
    BuiltinGate{"gpi", 1, 1, gpi, false},
    BuiltinGate{"gpi2", 1, 1, gpi2, false},
    BuiltinGate{"ms", 3, 2, ms, false},
};

}  // namespace

std::span<const BuiltinGate> builtin_gates() { return gates_known; }

}  // namespace bornite::qasm
