#pragma once
// A circuit without its X and CX: they only rename, over bits, what the other primitives act on.
//
// If the amplitudes' numbers x and the circuit's bits y are related by y = F x, F affine over bits, then a rotation of
// bit t mixes x and x ^ d with d = F^-1 e_t, with the sign that the parity of x over row t of F gives, and a control is
// the parity over its row. So X and CX become a change of F, and what commutes is not blocked by them.

#include "primitive.hpp"

#include <optional>
#include <vector>

namespace bornite::statevector {

/// The parity of the bits of x in the set; with `constant_one` in it, 1 more. Or a direction: the bits that are
/// flipped.
using BitSum = std::uint64_t;

/// A bit that is always 1; circuits have fewer qubits.
inline constexpr BitSum constant_one = BitSum{1} << 63;

/// A primitive in terms of x.
struct FramedPrimitive {
  Primitive::Kind kind;
  Qubit target;                  ///< of the circuit
  BitSum direction;              ///< which bits of x it flips; none for a phase
  BitSum sign;                   ///< a rotation: the parity that stands for the target's value; otherwise 0
  std::vector<BitSum> controls;  ///< parities that must be 1; with `sign`, they are independent
  Angle angle;

  [[nodiscard]] bool commutes_with(const FramedPrimitive& other) const;
  /// To be called when bit `to` of x is replaced by its sum with bit `from`.
  void add_bit(BitSum from, BitSum to);
};

struct FramedCircuit {
  std::vector<FramedPrimitive> primitives;
  std::vector<BitSum> outputs;  ///< bit j of the final state, as a sum over x

  /// Replaces bit `to` of x by its sum with bit `from`. Each is a set of one; `from` may be constant_one.
  void add_bit(BitSum from, BitSum to);
};

[[nodiscard]] FramedCircuit make_framed(const std::vector<Primitive>& primitives, std::size_t qubits);

}  // namespace bornite::statevector
