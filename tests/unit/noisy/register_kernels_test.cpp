#include "register_kernels.hpp"

#include "bornite/util/buffer.hpp"
#include "catch.hpp"
#include "dense.hpp"

namespace bornite {
namespace {

using noisy::Parts;

constexpr std::size_t qubits = 7;
constexpr std::size_t size = std::size_t{1} << qubits;

/// A random state, in parts and as a vector.
struct State {
  Buffer<double> numbers;
  Eigen::VectorXcd vector{size};

  explicit State(std::uint64_t seed) {
    RandomStream random({.seed = seed, .purpose = StreamPurpose::test});
    numbers.reserve(2 * size);
    for (std::size_t x = 0; x != size; ++x) {
      parts().real[x] = random.normal();
      parts().imaginary[x] = random.normal();
      vector(static_cast<Eigen::Index>(x)) = {parts().real[x], parts().imaginary[x]};
    }
  }
  [[nodiscard]] Parts parts() { return {numbers.data(), numbers.data() + size, size}; }
  [[nodiscard]] double distance(const Eigen::VectorXcd& other) {
    double most = 0;
    for (std::size_t x = 0; x != size; ++x)
      most = std::max(most, std::abs(std::complex<double>(parts().real[x], parts().imaginary[x]) -
                                     other(static_cast<Eigen::Index>(x))));
    return most;
  }
};

TEST_CASE("a matrix on any qubit of a register is what it is on all amplitudes") {
  for (const GateKind kind : {GateKind::ry, GateKind::rx, GateKind::rz, GateKind::t, GateKind::h, GateKind::sx})
    for (Qubit target = 0; target != qubits; ++target) {
      State state(target);
      const Gate gate{kind, {target}, {}, Angle::constant(0.7 + target)};
      noisy::rotate(state.parts(), noisy::qubit_set(target), matrix(kind, 0.7 + target));
      CHECK(state.distance(test::dense_matrix(gate, qubits, {}) * state.vector) < 1e-13);
    }
}

TEST_CASE("an exchange is X, and CX for any control and target") {
  for (Qubit target = 0; target != qubits; ++target)
    for (Qubit control = 0; control != qubits; ++control) {
      State state(target);
      const bool alone = control == target;
      noisy::exchange(state.parts(), alone ? 0 : noisy::qubit_set(control), noisy::qubit_set(target));
      const Gate gate{GateKind::x, {target}, alone ? std::vector<Qubit>{} : std::vector{control}, {}};
      CAPTURE(control, target);
      CHECK(state.distance(test::dense_matrix(gate, qubits, {}) * state.vector) == 0);
    }
}

TEST_CASE("squares are summed lane by lane") {
  State state(1);
  std::vector<double> sums(size / noisy::lanes);
  noisy::sum_squares(state.parts(), sums.data());
  for (std::size_t v = 0; v != sums.size(); ++v)
    CHECK(sums[v] ==
          Approx(state.vector.segment(static_cast<Eigen::Index>(v * noisy::lanes), noisy::lanes).squaredNorm())
              .epsilon(1e-14));
}

}  // namespace
}  // namespace bornite
