#include "skip_without_simd_level.hpp"

#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace bornite {
namespace {

/// Sets BORNITE_SIMD while it lives.
class SimdVariable {
 public:
  explicit SimdVariable(const char* value) {
    if (const char* const before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~SimdVariable() { set(before_ ? before_->c_str() : nullptr); }
  SimdVariable(const SimdVariable&) = delete;
  SimdVariable& operator=(const SimdVariable&) = delete;

 private:
  static constexpr const char* name = "BORNITE_SIMD";
  static void set(const char* value) {
    if (value != nullptr)
      setenv(name, value, 1);
    else
      unsetenv(name);
  }
  std::optional<std::string> before_;
};

/// The distribution of a circuit under an instruction set; empty where the processor lacks it.
std::vector<double> distribution(const char* instruction_set, Precision precision) {
  const SimdVariable variable(instruction_set);
  const Circuit circuit = make_ansatz(AnsatzKind::ring, 9, 2);
  const auto q = StatevectorBackend(precision).probabilities(circuit, test::random_theta(circuit, 3));
  if (!q) {
    CHECK(q.error().kind == ErrorKind::unsupported);
    CHECK_THAT(q.error().message, Catch::Contains("this processor lacks"));
    return {};
  }
  return {q->probabilities().begin(), q->probabilities().end()};
}

}  // namespace

TEST_CASE("each instruction set gives the same distribution, or the processor is said to lack it") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    const std::vector<double> expected = distribution("baseline", precision);
    REQUIRE(expected.size() == 512);
    for (const char* const name : {"avx2", "avx512", ""}) {
      const std::vector<double> q = distribution(name, precision);
      for (std::size_t x = 0; x != q.size(); ++x)
        CHECK(std::abs(q[x] - expected[x]) < test::tolerance(precision, 1e-15, 1e-7));
    }
    CHECK_FALSE(distribution("", precision).empty());
  }
}

TEST_CASE("an instruction set of another name is refused, with the names there are") {
  const SimdVariable variable("avx1024");
  StatevectorBackend backend;
  const auto q = backend.probabilities(Circuit(1), {});
  REQUIRE_FALSE(q.has_value());
  CHECK(q.error().kind == ErrorKind::configuration);
  CHECK_THAT(describe(q.error()), Catch::Contains("BORNITE_SIMD is \"avx1024\"") && Catch::Contains("baseline"));
  CHECK_FALSE(backend.amplitudes(Circuit(1), {}).has_value());
}

}  // namespace bornite
