#pragma once
// Eight numbers side by side, which the compiler maps to whatever vector registers there are. Everything here must be
// inlined into functions that are compiled for several instruction sets (see bornite/util/simd.hpp); vectors are passed
// by reference because their passing by value differs between instruction sets.

#include <cstddef>
#include <type_traits>

namespace bornite {

using Lanes __attribute__((vector_size(64))) = double;
using UnalignedLanes __attribute__((vector_size(64), aligned(8), may_alias)) = double;

inline constexpr std::size_t lanes = 8;

__attribute__((always_inline)) inline void load(Lanes& v, const double* x) {
  v = *reinterpret_cast<const UnalignedLanes*>(x);
}
__attribute__((always_inline)) inline void load(double& v, const double* x) { v = *x; }

__attribute__((always_inline)) inline void store(double* x, const Lanes& v) {
  *reinterpret_cast<UnalignedLanes*>(x) = v;
}
__attribute__((always_inline)) inline void store(double* x, const double& v) { *x = v; }

/// Calls body(std::type_identity<T>{}, i) for i = 0, 8, ... with T = Lanes, then for each index left with T = double.
template <typename Body>
__attribute__((always_inline)) inline void for_lanes(std::size_t size, const Body& body) {
  std::size_t i = 0;
  for (; i + lanes <= size; i += lanes) body(std::type_identity<Lanes>{}, i);
  for (; i < size; ++i) body(std::type_identity<double>{}, i);
}

/// A sum in eight parts.
class LaneSum {
 public:
  __attribute__((always_inline)) void add(const Lanes& terms) { parts_ += terms; }
  __attribute__((always_inline)) void add(const double& term) { rest_ += term; }
  [[nodiscard]] __attribute__((always_inline)) double total() const {
    return (((parts_[0] + parts_[4]) + (parts_[1] + parts_[5])) + ((parts_[2] + parts_[6]) + (parts_[3] + parts_[7]))) +
           rest_;
  }

 private:
  Lanes parts_{};
  double rest_ = 0;
};

}  // namespace bornite
