#pragma once
// Circuits over the gates that devices carry out themselves.

#include "bornite/circuit/angle_sum.hpp"
#include "bornite/circuit/circuit.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bornite {

/// With P(a) = Rz(a) P Rz(-a) for the axis at angle a from X on the equator:
///   x, sx; rx, ry, rz (t)      as in GateKind
///   prx (t, a)                 exp(-i t X(a)/2)          IQM, Braket
///   gpi (a), gpi2 (a)          X(a); exp(-i pi X(a)/4)   IonQ
///   cz, cx                     the first qubit controls
///   ecr                        (IX - XY)/sqrt(2), the first qubit is the one that X acts on alone: IBM
///   rzz, rxx (t)               exp(-i t ZZ/2), exp(-i t XX/2)
///   ms (a, b, t)               exp(-i t X(a) (x) X(b) / 2), Moelmer and Soerensen's: IonQ
/// Angles are in radians, also where a provider counts in turns.
enum class NativeKind : std::uint8_t { x, sx, rx, ry, rz, prx, gpi, gpi2, cz, cx, ecr, rzz, rxx, ms };

inline constexpr std::array native_kinds{NativeKind::x,   NativeKind::sx,  NativeKind::rx,  NativeKind::ry,
                                         NativeKind::rz,  NativeKind::prx, NativeKind::gpi, NativeKind::gpi2,
                                         NativeKind::cz,  NativeKind::cx,  NativeKind::ecr, NativeKind::rzz,
                                         NativeKind::rxx, NativeKind::ms};

[[nodiscard]] std::string_view to_string(NativeKind kind);
/// None for a name that to_string() does not give.
[[nodiscard]] std::optional<NativeKind> parse_native_kind(std::string_view name);
[[nodiscard]] std::size_t qubit_count(NativeKind kind);
[[nodiscard]] std::size_t angle_count(NativeKind kind);

struct NativeGate {
  NativeKind kind;
  std::array<Qubit, 2> qubits{};     ///< the first qubit_count(kind) of them
  std::array<AngleSum, 3> angles{};  ///< the first angle_count(kind) of them

  friend bool operator==(const NativeGate&, const NativeGate&) = default;
};

/// Gates on the qubits of a device, all of which start in |0>, and which of them are measured.
struct NativeCircuit {
  std::size_t qubits = 0;  ///< of the device
  std::vector<NativeGate> gates{};
  /// Bit i of an outcome is read from this qubit; each qubit at most once.
  std::vector<Qubit> measured{};

  /// One more than the highest parameter in use.
  [[nodiscard]] std::size_t parameters() const;
  friend bool operator==(const NativeCircuit&, const NativeCircuit&) = default;
};

/// The same gates written with those of Circuit, exactly but for a global phase.
[[nodiscard]] std::vector<Gate> expand(const NativeGate& gate);
[[nodiscard]] Circuit expand(const NativeCircuit& circuit);

}  // namespace bornite
