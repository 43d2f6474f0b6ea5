// Vectors as wide as the registers, loops over arrays with them, and sums. Vectors are passed by reference, because how
// they are passed by value differs between instruction sets.

#include <cstddef>
#include <cstring>
#include <utility>

namespace bornite {
namespace {

constexpr std::size_t width = BORNITE_WIDTH;
constexpr unsigned lane_axes = width == 8 ? 3 : width == 4 ? 2 : 1;

using Vector = double __attribute__((vector_size(8 * BORNITE_WIDTH)));
using IndexVector = unsigned long long __attribute__((vector_size(8 * BORNITE_WIDTH)));

/// Reads a vector, or one number, from anywhere in memory.
template <typename V>
BORNITE_INLINE void load(V& v, const double* x) {
  std::memcpy(&v, x, sizeof v);
}
template <typename V>
BORNITE_INLINE void store(double* x, const V& v) {
  std::memcpy(x, &v, sizeof v);
}

/// Additions that do not wait for each other.
constexpr std::size_t chains = 4;

/// What a loop works on: `chain` says which of the additions in flight takes it.
template <typename Type, std::size_t number>
struct Part {
  using T = Type;
  static constexpr std::size_t chain = number;
};

/// Calls body(Part<Vector, chain>{}, i) for vector after vector, then body(Part<double, 0>{}, i) for each number left.
template <typename Body, std::size_t... chain>
BORNITE_INLINE void for_parts(std::size_t size, const Body& body, std::index_sequence<chain...>) {
  std::size_t i = 0;
  for (; i + chains * width <= size; i += chains * width) (body(Part<Vector, chain>{}, i + chain * width), ...);
  for (; i + width <= size; i += width) body(Part<Vector, 0>{}, i);
  for (; i < size; ++i) body(Part<double, 0>{}, i);
}
template <typename Body>
BORNITE_INLINE void for_vectors(std::size_t size, const Body& body) {
  for_parts(size, body, std::make_index_sequence<chains>{});
}

/// A sum in parts.
class VectorSum {
 public:
  template <std::size_t chain>
  BORNITE_INLINE void add(const Vector& terms) {
    parts_[chain] += terms;
  }
  template <std::size_t>
  BORNITE_INLINE void add(const double& term) {
    rest_ += term;
  }
  [[nodiscard]] BORNITE_INLINE double total() const {
    const Vector sums = (parts_[0] + parts_[1]) + (parts_[2] + parts_[3]);
    double total = 0;
    for (std::size_t lane = 0; lane != width; ++lane) total += sums[lane];
    return total + rest_;
  }

 private:
  Vector parts_[chains]{};
  double rest_ = 0;
};

}  // namespace
}  // namespace bornite
