#pragma once
// How a simulator keeps its amplitudes.

#include <string_view>

namespace bornite {

enum class Precision {
  complex128,  ///< two doubles each
  complex64,   ///< two floats each: half the memory, about half the time, seven digits
};

[[nodiscard]] constexpr std::string_view to_string(Precision precision) {
  return precision == Precision::complex128 ? "complex128" : "complex64";
}

}  // namespace bornite
