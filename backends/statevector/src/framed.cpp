#include "framed.hpp"

#include <algorithm>
#include <bit>

namespace bornite::statevector {
namespace {

bool odd(BitSum x) { return std::popcount(x) % 2 != 0; }

bool any_flipped(const std::vector<BitSum>& sums, BitSum direction) {
  return std::ranges::any_of(sums, [&](BitSum sum) { return odd(sum & direction); });
}

/// The sum in terms of the new x.
void replace_in_sum(BitSum& sum, BitSum from, BitSum to) {
  if ((sum & to) != 0) sum ^= from;
}

}  // namespace

bool FramedPrimitive::commutes_with(const FramedPrimitive& other) const {
  if (any_flipped(controls, other.direction) || any_flipped(other.controls, direction)) return false;
  const bool here = odd(sign & other.direction);
  const bool there = odd(other.sign & direction);
  // Two signs that both change cancel, as X Z and Z X do, but only where both act on all states.
  return here == there && (!here || (controls.empty() && other.controls.empty()));
}

void FramedPrimitive::add_bit(BitSum from, BitSum to) {
  if ((direction & from) != 0) direction ^= to;
  replace_in_sum(sign, from, to);
  for (BitSum& control : controls) replace_in_sum(control, from, to);
}

void FramedCircuit::add_bit(BitSum from, BitSum to) {
  for (FramedPrimitive& primitive : primitives) primitive.add_bit(from, to);
  for (BitSum& output : outputs) replace_in_sum(output, from, to);
}

FramedCircuit make_framed(const std::vector<Primitive>& primitives, std::size_t qubits) {
  std::vector<BitSum> rows(qubits);        // of F
  std::vector<BitSum> directions(qubits);  // columns of its inverse
  for (std::size_t j = 0; j != qubits; ++j) rows[j] = directions[j] = qubit_set(j);
  FramedCircuit result;
  for (const Primitive& primitive : primitives) {
    const Qubit target = primitive.target;
    if (primitive.kind == Primitive::Kind::flip && std::popcount(primitive.ones) < 2) {
      if (primitive.ones == 0) {
        rows[target] ^= constant_one;
      } else {
        const auto control = static_cast<std::size_t>(std::countr_zero(primitive.ones));
        rows[target] ^= rows[control];
        directions[control] ^= directions[target];
      }
      continue;
    }
    FramedPrimitive framed{primitive.kind, target, 0, 0, {}, primitive.angle};
    if (primitive.kind != Primitive::Kind::phase) framed.direction = directions[target];
    if (primitive.kind == Primitive::Kind::rotation) framed.sign = rows[target];
    for (QubitSet rest = primitive.ones; rest != 0; rest &= rest - 1)
      framed.controls.push_back(rows[static_cast<std::size_t>(std::countr_zero(rest))]);
    result.primitives.push_back(std::move(framed));
  }
  result.outputs = std::move(rows);
  return result;
}

}  // namespace bornite::statevector
